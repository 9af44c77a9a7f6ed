import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./mcafee-access-protection.ts";

describe("endpoint/mcafee-access-protection", () => {
  const line = (date: string, verdict: string) =>
    `${date}\t2:42:26 PM\t${verdict} by Access Protection rule \tEX\\bob\tC:\\a.exe\tC:\\b.exe\tRule\tAction blocked : Terminate\n`;
  it("reads who did what to which file", () => {
    expect(collect(line("3/25/2024", "Blocked"), [format]).events[0]?.fields).toMatchObject({
      "user.name": "bob",
      "process.name": "a.exe",
      "file.path": "C:\\b.exe",
      "event.action": "blocked",
    });
    expect(collect(line("3/25/2024", "Would be blocked"), [format]).events[0]?.fields["event.action"]).toBe(
      "detected",
    );
  });
  it("proves the order of day and month from the head, or flags it", () => {
    const both = collect(line("3/4/2024", "Blocked") + line("3/25/2024", "Blocked"), [format]);
    expect(new Date(both.events[0]!.time!.ms).toISOString().slice(0, 10)).toBe("2024-03-04");
    expect(collect(line("3/4/2024", "Blocked"), [format]).events[0]?.time?.dayMonthAmbiguous).toBe(true);
  });
  it("rejects an impossible date and leaves other lines alone", () => {
    expect(collect(line("13/13/2024", "Blocked"), [format]).rejects).toHaveLength(1);
    expect(collect("a\tb\tc", [format]).events).toHaveLength(0);
  });
});
