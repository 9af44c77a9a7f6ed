import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./oracle-audit.ts";

const file = `Audit file /u01/adump/orcl_ora_1.aud
Oracle Database 19c Enterprise Edition Release 19.0.0.0.0
Node name:      db01

Tue Mar  5 10:14:02 2024 +01:00
LENGTH : '160'
ACTION :[7] 'CONNECT'
DATABASE USER:[3] 'sys'
STATUS:[1] '0'

Tue Mar  5 10:14:09 2024 +01:00
ACTION :[14] 'drop user bob
'
DATABASE USER:[3] 'sys'
STATUS:[1] '0'
`;

describe("database/oracle-audit", () => {
  it("joins the lines of a record and passes over the head", () => {
    const read = collect(file, [format]);
    expect(read.rejects).toEqual([]);
    expect(read.events.map((event) => event.fields["event.action"])).toEqual(["login", "drop-user"]);
    expect(new Date(read.events[0]!.time!.ms).toISOString()).toBe("2024-03-05T09:14:02.000Z");
    expect(read.events[0]!.time!.zoneSource).toBe("in-record");
  });
  it("rejects a record without an action", () => {
    const read = collect("Audit file /x\nTue Mar  5 10:14:02 2024\nLENGTH : '1'\n", [format]);
    expect(read.rejects[0]?.reason).toBe("record without an action");
  });
});
