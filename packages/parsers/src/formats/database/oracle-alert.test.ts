import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./oracle-alert.ts";

describe("database/oracle-alert", () => {
  it("reads both notations of time and joins the text", () => {
    const read = collect(
      [
        "2024-03-05T10:14:02.123456+01:00",
        "Starting ORACLE instance (normal) (OS id: 4711)",
        "LICENSE_MAX_SESSION = 0",
        "2024-03-05T10:15:02.000000+01:00",
        "Fatal NI connect error 12170.",
        "  Client address: (ADDRESS=(PROTOCOL=tcp)(HOST=203.0.113.9)(PORT=51544))",
        "TNS-12535: TNS:operation timed out",
        "Tue Mar 05 10:16:02 2024",
        "ALTER SYSTEM SET audit_trail='NONE' SCOPE=SPFILE;",
        "",
      ].join("\n"),
      [format],
    );
    expect(read.rejects).toEqual([]);
    expect(read.events.map((event) => event.fields["event.action"])).toEqual([
      "database-started",
      "connection-failed",
      "database-altered",
    ]);
    expect(read.events[0]?.time?.zoneSource).toBe("in-record");
    expect(read.events[2]?.time?.zoneSource).toBe("assumed");
    expect(read.events[1]?.fields).toMatchObject({
      "source.ip": "203.0.113.9",
      "source.port": 51544,
      "error.code": "TNS-12535",
    });
  });
  it("takes the zone of old stamps from its abbreviation", () => {
    const time = collect("Tue Mar 05 10:16:02 CET 2024\nStarting ORACLE instance (normal)\n", [format])
      .events[0]?.time;
    expect(time).toMatchObject({ ms: Date.UTC(2024, 2, 5, 9, 16, 2), zoneSource: "in-record" });
  });
  it("leaves files alone that have no saying of Oracle's", () => {
    expect(collect("Tue Mar 05 10:16:02 2024\nhello\n", [format]).events).toHaveLength(0);
  });
});
