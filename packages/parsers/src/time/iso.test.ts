import { civilToMs } from "@firebreak/model/time";
import { expect, it } from "vitest";
import { readIso } from "./iso.ts";

const shown = (text: string) => {
  const read = readIso(text);
  const ms = read && civilToMs(read.civil);
  return ms === undefined
    ? undefined
    : `${new Date(ms).toISOString()} ${(read!.civil.nanos ?? 0) % 1e6} ${read!.zone?.zone}`;
};

it.each([
  ["full width", "2023-09-20T10:32:17", "2023-09-20T10:32:17.000Z 0 undefined"],
  ["zone Z", "2023-09-20T10:32:17Z", "2023-09-20T10:32:17.000Z 0 UTC"],
  ["small z", "2023-09-20T10:32:17z", "2023-09-20T10:32:17.000Z 0 UTC"],
  ["fraction and offset", "2023-09-20 10:32:17.123456789+05:30", "2023-09-20T10:32:17.123Z 456789 +05:30"],
  ["more than nanoseconds", "2023-09-20 10:32:17.1234567891234Z", "2023-09-20T10:32:17.123Z 456789 UTC"],
  ["comma, offset without colon", "2023/09/20 10:32:17,5-0400", "2023-09-20T10:32:17.500Z 0 -0400"],
  ["colon before the fraction", "2023-09-20 10:32:17:250", "2023-09-20T10:32:17.250Z 0 undefined"],
  ["hours alone", "2023-09-20 10:32:17+02", "2023-09-20T10:32:17.000Z 0 +02"],
  ["blank before the zone", "2023-09-20 10:32:17 +02:00", "2023-09-20T10:32:17.000Z 0 +02:00"],
  ["blank at the end", "2023-09-20 10:32:17 ", "2023-09-20T10:32:17.000Z 0 undefined"],
  ["abbreviation", "2023-09-20 10:32:17 CEST", "2023-09-20T10:32:17.000Z 0 +02:00"],
  ["no seconds, short numbers", "2023.9.2 7:05", "2023-09-02T07:05:00.000Z 0 undefined"],
  ["underscore", "2023-09-20_10:32:17", "2023-09-20T10:32:17.000Z 0 undefined"],
])("reads %s", (_, text, wanted) => expect(shown(text)).toBe(wanted));

it.each([
  ["", undefined],
  ["2023-09-20", undefined],
  ["2023-09-20T10:32:17.", undefined],
  ["2023-09-20T10:32:17+2", undefined],
  ["2023-09-20T10:32:17+02:0", undefined],
  ["2023-09-20T10:32:17 behind", undefined],
  ["1695205937", undefined],
  ["202a-09-20T10:32:17", undefined],
])("refuses %j", (text) => expect(readIso(text)).toBeUndefined());
