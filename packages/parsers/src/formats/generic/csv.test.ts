import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format } from "./csv.ts";

const read = (text: string) => collect(text, [format], { fileName: "t.csv" });
const isoOf = (text: string) =>
  read(text).events.map(({ time }) => (time ? new Date(time.ms).toISOString().slice(0, 19) : "undated"));

describe("generic/csv", () => {
  it.each([
    ["comma", ","],
    ["semicolon", ";"],
    ["tab", "\t"],
    ["bar", "|"],
  ])("separator: %s", (_name, separator) => {
    const rows = [
      ["time", "src_ip", "user"],
      ["2024-03-05T10:00:00Z", "192.0.2.1", "bob"],
      ["2024-03-05T10:00:01Z", "192.0.2.2", "eve"],
    ];
    const { events, skips } = read(rows.map((row) => row.join(separator)).join("\n"));
    expect(events.map(({ fields }) => [fields["source.ip"], fields["user.name"]])).toEqual([
      ["192.0.2.1", "bob"],
      ["192.0.2.2", "eve"],
    ]);
    expect(skips[0]?.reason).toBe("CSV header");
  });

  it.each([
    [
      "a day over 12 proves day first",
      "time,user\n03/04/2024 10:00:00,a\n25/04/2024 10:00:00,b\n",
      ["2024-04-03T10:00:00", "2024-04-25T10:00:00"],
    ],
    [
      "a day over 12 in the second place proves month first",
      "time,user\n03/04/2024 10:00:00,a\n03/25/2024 10:00:00,b\n",
      ["2024-03-04T10:00:00", "2024-03-25T10:00:00"],
    ],
    [
      "date and clock apart",
      "date,time,user\n2024-03-05,10:00:00,a\n2024-03-05,10:00:01,b\n",
      ["2024-03-05T10:00:00", "2024-03-05T10:00:01"],
    ],
    ["epoch", "ts,user\n1709632800,a\n1709632801,b\n", ["2024-03-05T10:00:00", "2024-03-05T10:00:01"]],
    [
      "a broken time leaves the row undated",
      "time,user\nyesterday,a\n2024-03-05T10:00:00Z,b\n",
      ["undated", "2024-03-05T10:00:00"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(isoOf(text)).toEqual(expected);
  });

  it("flags an order that nothing proves", () => {
    expect(read("time,user\n03/04/2024 10:00:00,a\n").events[0]?.time?.dayMonthAmbiguous).toBe(true);
    expect(read("time,user\n13/04/2024 10:00:00,a\n").events[0]?.time?.dayMonthAmbiguous).toBeUndefined();
  });

  it("joins a quoted cell over lines and gives up one that never closes", () => {
    const joined = read(
      'time,user,message\n2024-03-05T10:00:00Z,a,"one\ntwo ""x"""\n2024-03-05T10:00:01Z,b,c\n',
    );
    expect(joined.events.map(({ fields }) => fields.message)).toEqual(['one\ntwo "x"', "c"]);
    const open = read('time,user,message\n2024-03-05T10:00:00Z,a,"one\n2024-03-05T10:00:01Z,b,c\n');
    expect(open.events.map(({ fields }) => fields["user.name"])).toEqual(["a", "b"]);
  });

  it("keeps cells as recorded and puts no junk into addresses", () => {
    const { fields } = read("time,src_ip,count\n2024-03-05T10:00:00Z,300.1.2.3,1.23E+12\n").events[0]!;
    expect(fields["firebreak.raw.count"]).toBe("1.23E+12");
    expect(fields).not.toHaveProperty(["source.ip"]);
  });

  it.each([
    ["prose with commas", "Hello, dear reader, this is a letter.\nIt has, as you see, some commas.\n"],
    ["a log with commas", "2024-03-05 10:00:00 Hello, World\n2024-03-05 10:00:01 Good, bye\n"],
    ["one JSON record", '{"ts":1,"host":"a","user":"b","message":"c","tags":["x","y"]}\n'],
    ["one record with commas", "Login refused, user root, address 192.0.2.1, port\n"],
    ["nothing", ""],
  ])("is not %s", (_name, text) => {
    expect(read(text).events).toHaveLength(0);
  });

  it("accounts for every byte of a long open cell without reading it anew each time", () => {
    const text = `time,user,message\n2024-03-05T10:00:00Z,a,"${"line\n".repeat(15_000)}`;
    const got = read(text);
    expect(unaccountedBytes(got, text.length)).toBe(0);
  });
});
