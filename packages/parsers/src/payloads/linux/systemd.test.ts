import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./systemd.ts";

describe("linux/systemd", () =>
  checkPayload(payload, [
    [
      "started",
      "Started nginx.service - A high performance web server.",
      { "event.action": "service-started", "service.name": "nginx.service" },
    ],
    [
      "started, old wording",
      "Started Session 3 of user alice.",
      { "event.category": ["session"], "user.name": "alice" },
    ],
    [
      "failed",
      "evil.service: Failed with result 'exit-code'.",
      { "event.action": "service-failed", "event.outcome": "failure", "event.reason": "exit-code" },
    ],
    [
      "stopped",
      "Stopped auditd.service - Security Auditing Service.",
      { "event.action": "service-stopped", "service.name": "auditd.service" },
    ],
    ["reload", "Reloading.", { "event.action": "daemon-reloaded" }],
    ["other", "Detected virtualization kvm.", {}],
  ]));
