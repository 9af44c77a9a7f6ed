import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./bacula.ts";

describe("app/bacula", () => {
  checkFormat(format, [
    [
      "refused connection",
      "11-Nov 13:28 bacula-dir JobId 11: Fatal error: bsock.c:133 Unable to connect to Client: db1-fd on db1.example.org:9102. ERR=Connection refused",
      1,
      {
        "host.name": "bacula-dir",
        "destination.domain": "db1.example.org",
        "destination.port": 9102,
        "error.message": "Connection refused",
      },
    ],
    [
      "joined lines",
      "05-Mar-2024 10:14:02 bacula-dir JobId 12: ended\n  Job: x\n  Termination: OK",
      1,
      { "@time": "2024-03-05T10:14:02.000Z" },
    ],
    ["no such day", "31-Feb 10:00 bacula-sd JobId 1: never", 1, { "@time": null }],
    ["empty", "", 0, {}],
  ]);
});
