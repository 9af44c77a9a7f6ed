import fc from "fast-check";
import { expect, test } from "vitest";
import { formatFiletime, formatSystemTime, impossibleTime, splitFiletime, toInstant } from "./time.ts";

const halves = (value: bigint): [number, number] => [Number(value & 0xffff_ffffn), Number(value >> 32n)];

test.each([
  ["zero", 0n, "1601-01-01T00:00:00.0000000Z"],
  ["Unix epoch", 116_444_736_000_000_000n, "1970-01-01T00:00:00.0000000Z"],
  ["all seven digits", 133_594_528_891_234_567n, "2024-05-06T07:08:09.1234567Z"],
  ["leap day", 125_962_560_000_000_001n, "2000-02-29T00:00:00.0000001Z"],
  ["a year past 9999 keeps its last four digits", 0x7fff_ffff_ffff_ffffn, "0828-09-14T02:48:05.4775807Z"],
  ["past 2^63", 0xffff_ffff_ffff_ffffn, impossibleTime],
])("FILETIME: %s", (_name, value, text) => {
  expect(formatFiletime(...halves(value))).toBe(text);
});

test("agrees with Date over its whole range, and loses no tick", () => {
  const last = BigInt(Date.UTC(9999, 11, 31)) * 10_000n + 116_444_736_000_000_000n;
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: last }), (value) => {
      const date = new Date(Number(value / 10_000n) - 11_644_473_600_000);
      const ticks = String(value % 10_000n).padStart(4, "0");
      expect(formatFiletime(...halves(value))).toBe(`${date.toISOString().slice(0, -1)}${ticks}Z`);
      const instant = toInstant(splitFiletime(...halves(value), { seconds: 0, ticks: 0 }));
      expect(instant).toEqual({ ms: date.getTime(), ns: Number(value % 10_000n) * 100 });
    }),
  );
});

test.each([
  ["plain", [2024, 5, 1, 6, 7, 8, 9, 123], "2024-05-06T07:08:09.1230000Z"],
  ["leap day", [2024, 2, 0, 29, 0, 0, 0, 0], "2024-02-29T00:00:00.0000000Z"],
  ["no such day", [2023, 2, 0, 29, 0, 0, 0, 0], "1601-01-01T00:00:00.0000000Z"],
  ["unset", [0, 0, 0, 0, 0, 0, 0, 0], "1601-01-01T00:00:00.0000000Z"],
  ["hour 24", [2024, 5, 1, 6, 24, 0, 0, 0], "1601-01-01T00:00:00.0000000Z"],
])("SYSTEMTIME: %s", (_name, fields, text) => {
  expect(formatSystemTime(fields)).toBe(text);
});
