import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./postgresql.ts";

describe("database/postgresql", () => {
  it.each([
    [
      "failed login",
      '2024-03-05 10:14:02.123 CET [812] a@b FATAL:  password authentication failed for user "bob"',
      { "user.name": "bob", "event.outcome": "failure", "log.level": "fatal" },
    ],
    [
      "peer in the prefix",
      "2024-03-05 10:14:02.123 CET [812] 192.0.2.1(51) bob@shop LOG:  x",
      { "source.ip": "192.0.2.1", "source.port": 51, "user.name": "bob" },
    ],
    [
      "CSV",
      '2024-03-05 10:14:02.123 CET,"bob","shop",9,"192.0.2.1:51",1,1,"x",2024-03-05 09:14:05 UTC,1/1,0,ERROR,42601,"syntax",,,,,,,,,"psql"',
      { "event.code": "42601", "source.port": 51, message: "syntax" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString()).toBe("2024-03-05T09:14:02.123Z");
  });
  it("joins the lines of a statement", () => {
    expect(
      collect("2024-03-05 10:14:02 UTC [1] STATEMENT:  select\n\t1\n2024-03-05 10:14:03 UTC [1] LOG:  x\n", [
        format,
      ]).events,
    ).toHaveLength(2);
  });
  it("rejects an impossible time and leaves other lines alone", () => {
    expect(collect("2024-13-05 10:14:02 UTC [1] LOG:  x", [format]).rejects[0]?.reason).toBe("no valid time");
    expect(collect("2024-03-05 10:14:02 no level", [format]).events).toHaveLength(0);
  });
});
