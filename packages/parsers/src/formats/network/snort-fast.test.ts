import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./snort-fast.ts";

const rest = "[**] [1:648:18] NOOP [**] [Priority: 1] {TCP} 198.51.100.9:80 -> 192.0.2.10:60884";
const at = (stamp: string) => {
  const { time } = collect(`${stamp} ${rest}`, [format]).events[0]!;
  return time && [new Date(time.ms).toISOString(), time.ns, time.yearSource];
};

describe("network/snort-fast", () => {
  it.each([
    ["Snort without year", "01/02-11:30:23.358639", ["2024-01-02T11:30:23.358Z", 639_000, "reference-date"]],
    ["Snort with year", "01/02/23-11:30:23.358639", ["2023-01-02T11:30:23.358Z", 639_000, undefined]],
    ["Suricata", "01/02/2023-11:30:23.358639", ["2023-01-02T11:30:23.358Z", 639_000, undefined]],
    ["year first", "23/01/02-11:30:23.358639", ["2023-01-02T11:30:23.358Z", 639_000, undefined]],
    ["impossible", "13/45-11:30:23.358639", undefined],
  ])("%s", (_, stamp, expected) => expect(at(stamp)).toEqual(expected));
  it.each(["", "01/02-11:30:23.358639 hello", rest])("does not claim %j", (line) =>
    expect(format.sniff(line)).toBe(0),
  );
});
