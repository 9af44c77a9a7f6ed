import { formatInstant } from "@firebreak/model/time";
import { describe, expect, it } from "vitest";
import { createTimeReader, type TimeSettings } from "../time/reader.ts";
import { provenOrder, readTimeValue } from "./time-value.ts";

const reference = (text: string, source: "file-time" | "neighbours" = "file-time") => ({
  reference: { ms: Date.parse(text), source },
});
const read = (
  text: string,
  settings: TimeSettings = {},
  order: "day-first" | "month-first" | "unknown" = "unknown",
) => {
  const time = readTimeValue(text, createTimeReader(settings), order);
  if (!time) return undefined;
  const flags = [time.zoneSource, time.yearSource, time.dst, time.dayMonthAmbiguous && "ambiguous"];
  return [formatInstant(time), ...flags.filter(Boolean)].join(" ");
};

describe("readTimeValue", () => {
  it.each([
    ["epoch seconds", "1709461353", "2024-03-03T10:22:33Z in-record"],
    ["epoch with a fraction", "1709461353.123456789", "2024-03-03T10:22:33.123456789Z in-record"],
    ["epoch nanoseconds", "1709461353123456789", "2024-03-03T10:22:33.123456789Z in-record"],
    [
      "nanoseconds with a zone",
      "2024-03-03T10:22:33.123456789+01:00",
      "2024-03-03T09:22:33.123456789Z in-record",
    ],
    ["hundred nanoseconds", "2024-03-03T10:22:33.1234567Z", "2024-03-03T10:22:33.1234567Z in-record"],
    ["leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z in-record"],
    ["leap second in another zone", "2017-01-01T08:59:60.5+09:00", "2017-01-01T00:00:00.500Z in-record"],
    ["noon on a 12-hour clock", "2024-03-03 12:00:01 PM", "2024-03-03T12:00:01Z assumed"],
    ["midnight on a 12-hour clock", "2024-03-03 12:00:01 AM", "2024-03-03T00:00:01Z assumed"],
    ["12-hour clock with points", "3/14/2024 1:02:03 p.m.", "2024-03-14T13:02:03Z assumed"],
    ["common log format", "10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z in-record"],
    ["mail date", "Tue, 3 Mar 2024 10:11:12 +0000", "2024-03-03T10:11:12Z in-record"],
    ["C time", "Sun Mar  3 10:11:12 2024", "2024-03-03T10:11:12Z assumed"],
    ["compact", "20240303T101112Z", "2024-03-03T10:11:12Z in-record"],
    [".NET", "/Date(1709461353123)/", "2024-03-03T10:22:33.123Z in-record"],
    ["German", "3. März 2024 10:11:12", "2024-03-03T10:11:12Z assumed"],
    ["German, short", "03-Dez-2024 10:11:12", "2024-12-03T10:11:12Z assumed"],
    ["French", "3 août 2024 10:11:12", "2024-08-03T10:11:12Z assumed"],
    ["Spanish", "3 de marzo de 2024 10:11:12", "2024-03-03T10:11:12Z assumed"],
    ["Portuguese", "3 de fevereiro de 2024 10:11:12", "2024-02-03T10:11:12Z assumed"],
    ["Italian", "3 giugno 2024 10:11:12", "2024-06-03T10:11:12Z assumed"],
    ["Dutch", "3 maart 2024 10:11:12", "2024-03-03T10:11:12Z assumed"],
    ["Polish", "3 września 2024 10:11:12", "2024-09-03T10:11:12Z assumed"],
    ["Russian", "3 октября 2024 10:11:12", "2024-10-03T10:11:12Z assumed"],
    ["Turkish", "3 Ağustos 2024 10:11:12", "2024-08-03T10:11:12Z assumed"],
    ["Japanese and Chinese", "2024年3月3日 10:11:12", "2024-03-03T10:11:12Z assumed"],
    ["Korean", "2024년 3월 3일 10:11:12", "2024-03-03T10:11:12Z assumed"],
    ["Swedish", "3 maj 2024 10:11:12", "2024-05-03T10:11:12Z assumed"],
    ["a number over 12 is the day", "31/01/2024 10:11:12", "2024-01-31T10:11:12Z assumed"],
    ["… in either place", "01/31/2024 10:11:12", "2024-01-31T10:11:12Z assumed"],
    ["both could be either: said", "03/04/2024 10:11:12", "2024-04-03T10:11:12Z assumed ambiguous"],
    ["points go with the day first", "03.04.2024 10:11:12", "2024-04-03T10:11:12Z assumed"],
    [
      "a 12-hour clock goes with the month first: said",
      "03/04/2024 1:11:12 PM",
      "2024-03-04T13:11:12Z assumed ambiguous",
    ],
  ])("%s", (_, text, wanted) => expect(read(text)).toBe(wanted));

  it.each([
    "",
    "x",
    "31/31/2024 10:11:12",
    "2024-02-30 10:11:12",
    "13:11:12",
    "3 Foo 2024 10:11:12",
    "0/0/2024 1:00:00",
    "9".repeat(64),
    "1 ".repeat(30),
  ])("refuses %j", (text) => expect(read(text)).toBeUndefined());

  it.each([
    ["fold: the earlier reading, and said", "2023-11-05 01:30:00", "2023-11-05T05:30:00Z case-setting fold"],
    ["before the fold", "2023-11-05 00:59:59", "2023-11-05T04:59:59Z case-setting"],
    ["after the fold", "2023-11-05 02:00:00", "2023-11-05T07:00:00Z case-setting"],
    ["gap: said", "2023-03-12 02:30:00", "2023-03-12T07:30:00Z case-setting gap"],
    ["an offset in the record settles it", "2023-11-05 01:30:00 -0500", "2023-11-05T06:30:00Z in-record"],
  ])("clock change in New York: %s", (_, text, wanted) =>
    expect(read(text, { zone: { zone: "America/New_York", source: "case-setting" } })).toBe(wanted),
  );

  it.each([
    ["this year", "Mar  3 10:11:12", reference("2024-06-01"), "2024-03-03T10:11:12Z assumed file-time"],
    [
      "over the year's end, old records",
      "Dec 31 23:59:59",
      reference("2024-01-02"),
      "2023-12-31T23:59:59Z assumed file-time",
    ],
    [
      "over the year's end, new records",
      "Jan  1 00:00:01",
      reference("2024-01-02"),
      "2024-01-01T00:00:01Z assumed file-time",
    ],
    [
      "later than the neighbours",
      "Jan  2 00:00:01",
      reference("2023-12-30", "neighbours"),
      "2024-01-02T00:00:01Z assumed neighbours",
    ],
    ["a leap day", "Feb 29 10:00:00", reference("2023-06-01"), "2020-02-29T10:00:00Z assumed file-time"],
    [
      "a weekday agrees",
      "Sun Mar  3 10:11:12",
      reference("2024-06-01"),
      "2024-03-03T10:11:12Z assumed file-time",
    ],
    [
      "a weekday proves an older year",
      "Sat Mar  3 10:11:12",
      reference("2024-06-01"),
      "2018-03-03T10:11:12Z assumed weekday",
    ],
    [
      "a weekday that never falls on a leap day near",
      "Mon Feb 29 10:00:00",
      reference("2023-06-01"),
      "2016-02-29T10:00:00Z assumed weekday",
    ],
    ["nothing to date by", "Mar  3 10:11:12", {}, undefined],
  ])("without a year: %s", (_, text, settings, wanted) => expect(read(text, settings)).toBe(wanted));
});

describe("provenOrder", () => {
  it.each<[string, string[], string | undefined]>([
    ["nothing", [], undefined],
    ["no dates", ["x", "10:11:12"], undefined],
    ["a day over 12", ["03/04/2024", "13/04/2024"], "day-first"],
    ["a day over 12 in the second place", ["03/04/2024", "03/14/2024"], "month-first"],
    ["contradiction", ["13/04/2024", "03/14/2024"], undefined],
    [
      "days that go by",
      ["05/03/2024 1:00", "06/03/2024 1:00", "07/03/2024 1:00", "07/03/2024 2:00"],
      "day-first",
    ],
    ["days that go by in the second place", ["03/05/2024", "03/06/2024", "03/07/2024"], "month-first"],
    ["two days are no proof", ["05/03/2024", "06/03/2024"], undefined],
    ["with holes it is none", ["05/03/2024", "07/03/2024", "09/03/2024"], undefined],
  ])("%s", (_, samples, wanted) => expect(provenOrder(samples)).toBe(wanted));
});
