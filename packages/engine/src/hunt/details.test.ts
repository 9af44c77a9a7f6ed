import { describe, expect, it } from "vitest";
import { detailsOf } from "./details.ts";

const found = (channel: string, eventId: number, data: Record<string, string | string[]>) =>
  Object.fromEntries(detailsOf(channel, eventId, data).entries);

describe("details of an event", () => {
  it("are the table's, in its order, without those that say nothing", () => {
    const data = { IpAddress: "-", Extra: "x", TargetUserName: "ann", LogonType: "3", WorkstationName: "" };
    const { entries, keys } = detailsOf("Security", 4624, data);
    expect(entries).toEqual([
      ["LogonType", "3"],
      ["TargetUserName", "ann"],
    ]);
    expect([...keys]).toEqual(["LogonType", "TargetUserName"]);
  });

  it("are found under the names that other formats give them", () => {
    expect(found("System", 7045, { "winlog.event_data.ServiceName": "svc" })).toEqual({ ServiceName: "svc" });
    expect(
      found("Microsoft-Windows-TerminalServices-LocalSessionManager/Operational", 21, {
        "winlog.user_data.User": "CORP\\ann",
      }),
    ).toEqual({ User: "CORP\\ann" });
  });

  it.each([
    ["Security", 1],
    ["No such channel", 4624],
    ["constructor", 4624],
    ["Security", Number.NaN],
  ])("%s %s has none", (channel, id) => expect(found(channel, id, { TargetUserName: "ann" })).toEqual({}));
});
