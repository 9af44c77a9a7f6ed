import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./sshd.ts";

const failed = { "event.category": ["authentication"], "event.outcome": "failure" };

describe("linux/sshd", () =>
  checkPayload(payload, [
    [
      "accepted password",
      "Accepted password for alice from 192.0.2.7 port 50022 ssh2",
      {
        "event.action": "ssh_login",
        "event.outcome": "success",
        "event.type": ["start"],
        "user.name": "alice",
        "source.ip": "192.0.2.7",
        "source.port": 50022,
        "firebreak.raw.method": "password",
      },
    ],
    [
      "accepted key over IPv6",
      "Accepted publickey for bob from 2001:db8::7 port 4022 ssh2: ED25519 SHA256:q1w2",
      {
        "source.ip": "2001:db8::7",
        "firebreak.raw.key_type": "ED25519",
        "firebreak.raw.key_fingerprint": "SHA256:q1w2",
      },
    ],
    [
      "failed password",
      "Failed password for root from 198.51.100.9 port 2222 ssh2",
      {
        ...failed,
        "event.action": "ssh_login",
        "user.name": "root",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "failed for an unknown user",
      "Failed password for invalid user oracle from 198.51.100.9 port 2223 ssh2",
      {
        ...failed,
        "user.name": "oracle",
        "event.reason": "invalid user",
      },
    ],
    [
      "user name with a forged address",
      "Failed password for invalid user x from 203.0.113.1 port 1 from 198.51.100.9 port 2224 ssh2",
      {
        "user.name": "x from 203.0.113.1 port 1",
        "source.ip": "198.51.100.9",
        "source.port": 2224,
      },
    ],
    [
      "empty user",
      "Failed password for invalid user  from 198.51.100.9 port 2225 ssh2",
      { "user.name": null, "source.port": 2225 },
    ],
    [
      "invalid user",
      "Invalid user test from 198.51.100.9 port 40000",
      {
        ...failed,
        "event.action": "ssh-invalid-user",
        "user.name": "test",
        "source.port": 40000,
      },
    ],
    [
      "invalid user without name",
      "Invalid user  from 198.51.100.9 port 40001",
      { "user.name": null, "source.ip": "198.51.100.9" },
    ],
    [
      "not allowed",
      "User root from 198.51.100.9 not allowed because not listed in AllowUsers",
      {
        ...failed,
        "user.name": "root",
        "event.reason": "not allowed: not listed in AllowUsers",
      },
    ],
    [
      "closed before login",
      "Connection closed by authenticating user root 198.51.100.9 port 33 [preauth]",
      {
        "event.action": "connection-closed",
        "user.name": "root",
        "source.port": 33,
      },
    ],
    [
      "closed, old wording",
      "Connection closed by 198.51.100.9",
      { "source.ip": "198.51.100.9", "user.name": null },
    ],
    [
      "disconnect",
      "Received disconnect from 198.51.100.9 port 33:11: Bye Bye [preauth]",
      {
        "event.action": "disconnected",
        "event.code": "11",
        "event.reason": "Bye Bye",
        "source.port": 33,
      },
    ],
    [
      "disconnected user",
      "Disconnected from user alice 192.0.2.7 port 50022",
      { "user.name": "alice", "source.ip": "192.0.2.7" },
    ],
    [
      "too many",
      "error: maximum authentication attempts exceeded for root from 198.51.100.9 port 9 ssh2 [preauth]",
      { ...failed, "user.name": "root" },
    ],
    [
      "scan",
      "Did not receive identification string from 198.51.100.9 port 41234",
      { "event.action": "handshake-failed", "source.port": 41234 },
    ],
    [
      "listening",
      "Server listening on 0.0.0.0 port 22.",
      { "event.action": "service-started", "destination.port": 22 },
    ],
    [
      "host name instead of an address",
      "Failed password for root from gw.example port 22 ssh2",
      { "source.ip": null, "source.domain": "gw.example" },
    ],
    [
      "dropbear",
      "Bad password attempt for 'root' from 198.51.100.9:4242",
      { ...failed, "user.name": "root", "source.port": 4242 },
    ],
    ["unknown message", "Something new", {}],
    ["PAM's message", "pam_unix(sshd:auth): check pass; user unknown", undefined],
  ]));
