import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./symantec-av.ts";

describe("endpoint/symantec-av", () => {
  it("reads the time from its octets", () => {
    const event = collect('3602050A0E02,5,1,2,PC,bob,W32.X,C:\\a\\b.exe,5,1,1,256,1,"text",0', [format])
      .events[0]!;
    expect(new Date(event.time!.ms).toISOString()).toBe("2024-03-05T10:14:02.000Z");
    expect(event.fields).toMatchObject({
      "event.kind": "alert",
      "rule.name": "W32.X",
      "file.name": "b.exe",
      "event.action": "quarantined",
      "user.name": "bob",
    });
  });
  it.each([
    ["impossible month", "36FF050A0E02,5,1,2,PC,bob,,"],
    ["cut", "3602050A0E02,5,1,2,PC"],
  ])("rejects: %s", (_name, line) => {
    expect(collect(line, [format]).rejects).toHaveLength(1);
  });
  it("leaves other lines alone", () => {
    expect(collect("abc,1,2,3,4,5,6,7,8", [format]).events).toHaveLength(0);
  });
});
