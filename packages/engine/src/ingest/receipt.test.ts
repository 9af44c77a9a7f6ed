import type { ParsedEvent } from "@firebreak/model/event";
import type { EventTime } from "@firebreak/model/time";
import { describe, expect, it } from "vitest";
import { ReceiptBuilder } from "./receipt.ts";

const item = {
  id: "0123456789ab",
  path: "a.log",
  sha256: "0123456789ab",
  bytes: 100,
  file: "a.log",
  notes: ["from the archive"],
};
const time = (ms: number, more: Partial<EventTime> = {}): EventTime => ({
  ms,
  ns: 0,
  original: "x",
  zone: "UTC",
  zoneSource: "in-record",
  ...more,
});
const event = (offset: number, length: number, when?: EventTime): ParsedEvent => ({
  dataset: "test/one",
  fields: {},
  offset,
  length,
  ...(when && { time: when }),
});

function receiptOf(tell: (builder: ReceiptBuilder) => void) {
  const builder = new ReceiptBuilder(
    () => {},
    () => {},
  );
  tell(builder);
  return builder.finish(item, "test/one");
}

describe("ReceiptBuilder", () => {
  it("adds up every byte, and names those that the parser forgot", () => {
    const { accounted, records, rejected } = receiptOf((builder) => {
      builder.event(event(0, 30));
      builder.event({ ...event(30, 20), sub: 0 });
      builder.event({ ...event(30, 20), sub: 1 });
      builder.reject({ offset: 50, length: 10 }, "broken");
      builder.skip({ offset: 60, length: 15 }, "header");
      builder.skip({ offset: 75, length: 5 }, "header");
    });
    expect({ accounted, records, rejected }).toEqual({
      accounted: {
        records: 50,
        rejected: 10,
        skipped: { header: 20, "not accounted for by the parser": 20 },
      },
      records: 3,
      rejected: 1,
    });
  });

  it("counts the bytes of a record once, also when its members are not told one after the other", () => {
    const { accounted } = receiptOf((builder) => {
      builder.event({ ...event(0, 60), sub: 1 });
      builder.event(event(60, 40));
      builder.event(event(0, 60));
    });
    expect(accounted).toEqual({ records: 100, rejected: 0, skipped: {} });
  });

  it("shows the first twenty rejects and counts all", () => {
    const { rejects, rejected } = receiptOf((builder) => {
      for (let i = 0; i < 30; i++) builder.reject({ offset: i, length: 1, line: i + 1 }, "broken");
    });
    expect([rejects.length, rejected, rejects[19]]).toEqual([
      20,
      30,
      { offset: 19, length: 1, line: 20, reason: "broken" },
    ]);
  });

  it.each<[string, EventTime[], string | null, string | null, string | null, string[]]>([
    ["no time", [], null, null, null, []],
    ["one", [time(1000)], "1970-01-01T00:00:01Z", "1970-01-01T00:00:01Z", "in-record", []],
    [
      "order by nanoseconds",
      [time(1, { ns: 200 }), time(1, { ns: 100 })],
      "1970-01-01T00:00:00.0010001Z",
      "1970-01-01T00:00:00.0010002Z",
      "in-record",
      [],
    ],
    [
      "assumed zone",
      [time(0, { zoneSource: "assumed" })],
      "1970-01-01T00:00:00Z",
      "1970-01-01T00:00:00Z",
      "UTC (assumed)",
      ["times carry no zone and nobody stated one: read as UTC, which may be hours off"],
    ],
    [
      "a step back",
      [time(60_000), time(0)],
      "1970-01-01T00:00:00Z",
      "1970-01-01T00:01:00Z",
      "in-record",
      [
        "time runs backwards 1 times between neighbouring records",
        "the clock jumps back 1 time by a minute or more; the largest, 1 m, at byte 1",
      ],
    ],
    [
      "a year from elsewhere",
      [time(0, { yearSource: "neighbours" })],
      "1970-01-01T00:00:00Z",
      "1970-01-01T00:00:00Z",
      "in-record",
      ["1 time without a year: the year comes from the other evidence of this case"],
    ],
  ])("times: %s", (_, times, first, last, zone, notes) => {
    const receipt = receiptOf((builder) => {
      for (const [i, when] of times.entries()) builder.event(event(i, 1, when));
    });
    expect([receipt.first, receipt.last, receipt.zone, receipt.notes]).toEqual([
      first,
      last,
      zone,
      ["from the archive", ...notes],
    ]);
  });
});
