import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./mariadb-audit.ts";

describe("database/mariadb-audit", () => {
  checkFormat(format, [
    [
      "refused",
      "20240305 10:14:02,db1,root,203.0.113.9,8,0,FAILED_CONNECT,,,1045",
      1,
      { "user.name": "root", "event.outcome": "failure", "error.code": "1045" },
    ],
    [
      "Aurora",
      "1709633645123456,aurora-1,app,10.0.0.7,9,13,QUERY,shop,'select 1',0,,",
      1,
      { "@time": "2024-03-05T10:14:05.123Z", message: "select 1" },
    ],
    ["empty", "", 0, {}],
  ]);
});
