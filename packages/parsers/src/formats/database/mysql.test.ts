import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./mysql.ts";

describe("database/mysql", () => {
  it.each([
    [
      "8.0",
      "2024-03-05T09:14:02.835618Z 8 [Note] [MY-010926] [Server] Access denied for user 'root'@'192.0.2.1' (using password: YES)",
      { "user.name": "root", "source.ip": "192.0.2.1", "event.outcome": "failure" },
    ],
    [
      "MariaDB",
      "2024-03-05  9:14:02 8 [Warning] Access denied for user 'a'@'localhost' (using password: NO)",
      { "source.domain": "localhost" },
    ],
    ["5.5", "240305  9:14:02 [ERROR] x", { "log.level": "error", message: "x" }],
    [
      "general log",
      "2024-03-05T09:14:02.259438Z\t    9 Connect\troot@192.0.2.1 on  using TCP/IP",
      { "user.name": "root", "source.ip": "192.0.2.1", "event.outcome": "success" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString().slice(0, 19)).toBe("2024-03-05T09:14:02");
  });
  it("reads a slow query with its lines as one event", () => {
    const { events } = collect(
      "# Time: 2024-03-05T09:14:02Z\n# User@Host: a[a] @ h [192.0.2.1]\n# Query_time: 2.5 Rows_sent: 3\nSELECT 1;\n",
      [format],
    );
    expect(events).toHaveLength(1);
    expect(events[0]?.fields).toMatchObject({
      message: "SELECT 1;",
      "event.duration": 2.5e9,
      "source.ip": "192.0.2.1",
    });
  });
  it("leaves other lines alone", () => {
    expect(collect("2024-03-05 09:14:02 hello [x] y", [format]).events).toHaveLength(0);
  });
});
