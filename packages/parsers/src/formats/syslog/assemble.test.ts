import { describe, expect, it } from "vitest";
import { formats } from "../../formats.generated.ts";
import { collect } from "../../testing/collect.ts";

/** A product's message whose own time states no zone, in an envelope. */
const inEnvelope = (stamp: string, own: string) =>
  `<134>1 ${stamp} gw1 PulseSecure: - - - ${own} - vpn1 - [198.51.100.9] anna(Users)[] - Login succeeded`;

describe("time of a message and of its envelope", () => {
  it.each([
    [
      "the same moment in another zone",
      "2024-03-05T10:12:15+01:00",
      "2024-03-05 10:12:13",
      "09:12:13",
      "+01:00",
    ],
    ["the same moment in UTC", "2024-03-05T10:12:15Z", "2024-03-05 10:12:13", "10:12:13", "+00:00"],
    ["a zone of a quarter of an hour", "2024-03-05T04:27:14Z", "2024-03-05 10:12:13", "04:27:13", "+05:45"],
    ["west of Greenwich", "2024-03-05T15:12:14Z", "2024-03-05 10:12:13", "15:12:13", "-05:00"],
    ["sent on later", "2024-03-05T10:12:15+01:00", "2024-03-05 07:55:13", "07:55:13", "UTC"],
    ["sent on days later", "2024-03-09T10:12:13Z", "2024-03-05 10:12:13", "10:12:13", "UTC"],
  ])("%s", (_, stamp, own, expected, zone) => {
    const time = collect(`${inEnvelope(stamp, own)}\n`, formats).events[0]!.time!;
    expect(new Date(time.ms).toISOString()).toBe(`2024-03-05T${expected}.000Z`);
    expect(time.zone).toBe(zone);
    expect(time.zoneSource).toBe(zone === "UTC" ? "assumed" : "inferred");
    expect(time.original).toBe(own);
  });
});
