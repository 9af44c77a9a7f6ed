import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./oracle-listener.ts";

describe("database/oracle-listener", () => {
  it.each([
    [
      "connection",
      "05-MAR-2024 10:14:02 * (CONNECT_DATA=(SID=X)(CID=(PROGRAM=p)(HOST=h)(USER=bob))) * (ADDRESS=(PROTOCOL=tcp)(HOST=192.0.2.1)(PORT=5)) * establish * X * 0",
      { "user.name": "bob", "source.ip": "192.0.2.1", "event.outcome": "success" },
    ],
    [
      "failure",
      "05-MAR-2024 10:14:02 * (CONNECT_DATA=(SID=X)) * (ADDRESS=(PROTOCOL=tcp)(HOST=h)(PORT=5)) * establish * X * 12505",
      { "event.code": "12505", "event.outcome": "failure" },
    ],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("leaves other lines alone", () => {
    expect(collect("05-MAR-2024 10:14:02 * cut", [format]).events).toHaveLength(0);
  });
});
