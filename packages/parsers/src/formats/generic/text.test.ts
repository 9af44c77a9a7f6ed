import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./text.ts";

const read = (text: string) => collect(text, [format]);

describe("generic/text", () => {
  it.each([
    ["ISO", "2024-03-05T10:00:00.123456789Z hi", "2024-03-05T10:00:00.123Z", "hi"],
    ["comma fraction", "2024-03-05 10:00:00,123:INFO:hi", "2024-03-05T10:00:00.123Z", "INFO:hi"],
    ["slashes", "2024/03/05 10:00:00 hi", "2024-03-05T10:00:00.000Z", "hi"],
    ["bracket", "[2024-03-05 10:00:00] hi", "2024-03-05T10:00:00.000Z", "hi"],
    ["CLF", "[05/Mar/2024:10:00:00 +0100] hi", "2024-03-05T09:00:00.000Z", "hi"],
    ["RFC 2822", "Tue, 05 Mar 2024 10:00:00 +0100 hi", "2024-03-05T09:00:00.000Z", "hi"],
    ["asctime", "Tue Mar  5 10:00:00 2024 hi", "2024-03-05T10:00:00.000Z", "hi"],
    ["US 12-hour", "3/25/2024 1:00:00 PM hi", "2024-03-25T13:00:00.000Z", "hi"],
    ["epoch", "1709632800 hi", "2024-03-05T10:00:00.000Z", "hi"],
    ["level first", "ERROR 2024-03-05 10:00:00 hi", "2024-03-05T10:00:00.000Z", "hi"],
    [
      "a word is no zone",
      "2024-03-05T10:00:00,139 INFO [main] hi",
      "2024-03-05T10:00:00.139Z",
      "INFO [main] hi",
    ],
  ])("%s", (_name, line, iso, message) => {
    const event = read(line).events[0]!;
    expect(new Date(event.time!.ms).toISOString()).toBe(iso);
    expect(event.fields.message).toBe(message);
  });

  it("joins stack traces and indented lines, and nothing else", () => {
    const { events, rejects } = read(
      "2024-03-05 10:00:00 a\n  b\nCaused by: x\n2024-03-05 10:00:01 c\nplain\n",
    );
    expect(events.map(({ fields }) => fields.message)).toEqual(["a\n  b\nCaused by: x", "c"]);
    expect(rejects).toHaveLength(1);
  });

  it("finds addresses, but no versions or clocks", () => {
    const { fields } = read(
      "2024-03-05 10:00:00 from 192.0.2.1:22 and 2001:db8::1, Chrome/105.0.0.0 1.2.3.4.5 10:11:12",
    ).events[0]!;
    expect(fields["related.ip"]).toEqual(["192.0.2.1", "2001:db8::1"]);
  });

  it.each([
    ["impossible date", "2024-13-45 10:00:00 x"],
    ["number", "12345 x"],
    ["empty brackets", "[] x"],
  ])("is not: %s", (_name, line) => {
    expect(read(line).events).toHaveLength(0);
  });
});
