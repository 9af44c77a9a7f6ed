import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./cisco-esa.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a connection",
      "Info: New SMTP ICID 678 interface Data1 (198.51.100.3) address 192.0.2.9 reverse dns host mx.example.org verified yes",
      { "source.ip": "192.0.2.9", "destination.ip": "198.51.100.3", "source.domain": "mx.example.org" },
    ],
    [
      "a sender",
      "Info: MID 12345 ICID 678 From: <x@example.org>",
      { "email.local_id": "12345", "email.from.address": "x@example.org", "log.level": "info" },
    ],
    [
      "refused",
      "Info: ICID 678 REJECT SG BLOCKED_LIST match sbrs[-10.0:-3.0] SBRS -9.0 country Germany",
      { "event.action": "reject", "event.outcome": "failure", "rule.name": "BLOCKED_LIST" },
    ],
    [
      "a failed sign-in",
      "Info: An authentication attempt by the user admin from 10.0.0.9 failed using an SSH connection",
      { "user.name": "admin", "source.ip": "10.0.0.9", "event.outcome": "failure" },
    ],
    ["other", "Info: x", undefined],
  ]),
);
