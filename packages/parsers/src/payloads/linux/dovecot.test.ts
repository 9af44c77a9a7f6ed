import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./dovecot.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "login",
      "imap-login: Login: user=<bob>, method=PLAIN, rip=198.51.100.9, lip=192.0.2.5, mpid=99, TLS, session=<x>",
      {
        "event.outcome": "success",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "destination.ip": "192.0.2.5",
      },
    ],
    [
      "failed",
      "imap-login: Disconnected (auth failed, 1 attempts in 6 secs): user=<bob@example.org>, method=PLAIN, rip=198.51.100.9, lip=192.0.2.5, TLS",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob@example.org",
        "event.reason": "auth failed, 1 attempts in 6 secs",
      },
    ],
    [
      "worker",
      "auth-worker(24544): pam(bob,198.51.100.9): unknown user",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
      },
    ],
  ]),
);
