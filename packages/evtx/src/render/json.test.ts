import { describe, expect, test } from "vitest";
import { writeEvtx, type XmlNode } from "../../../../tools/evtx-writer/writer.ts";
import { raw, readAll, readOne, someGuid, spec } from "../../test/logs.ts";
import type { EvtxRecord } from "../index.ts";

/** Both ways to JSON must agree; returns the event. */
function eventOf(record: EvtxRecord): unknown {
  const text = record.jsonText();
  expect(new TextDecoder().decode(record.jsonBytes())).toBe(text);
  const event = (record.toJSON() as { Event: unknown }).Event;
  expect(JSON.parse(text)).toEqual({ Event: event });
  return event;
}

const data = (name: string | undefined, ...children: XmlNode[]) => ({
  name: "Data",
  attributes: name === undefined ? [] : [["Name", [name]] as const],
  children,
});
const slot = (number: number, more: { array?: boolean; optional?: boolean } = {}) => ({
  slot: number,
  type: "string" as const,
  ...more,
});
const eventData = (...children: XmlNode[]) => [{ name: "EventData", children }];

test("a whole event", () => {
  const record = readOne(
    spec({
      qualifiers: undefined as never,
      eventData: [
        { name: "TargetUserName", value: 'A "quoted"\tname\u0001' },
        { name: "LogonType", type: "uint32", value: 3 },
      ],
    }),
  );
  expect(eventOf(record)).toEqual({
    "#attributes": { xmlns: "http://schemas.microsoft.com/win/2004/08/events/event" },
    System: {
      Provider: { "#attributes": { Name: "Microsoft-Windows-Security-Auditing", Guid: `{${someGuid}}` } },
      EventID: 4624,
      Version: 0,
      Level: 4,
      Task: 0,
      Opcode: 0,
      Keywords: "0x8000000000000000",
      TimeCreated: { "#attributes": { SystemTime: "2024-05-06T07:08:09.1234567Z" } },
      EventRecordID: 1,
      Correlation: null,
      Execution: { "#attributes": { ProcessID: 0, ThreadID: 0 } },
      Channel: "Security",
      Computer: "ws-17.corp.example",
      Security: null,
    },
    EventData: { TargetUserName: 'A "quoted"\tname\u0001', LogonType: 3 },
  });
});

test.each([
  ["nine bytes", [0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x56, 0x78]],
  ["ten bytes, the first zero", [0, 9, 0, 0x53, 0, 0x65, 0, 0x52, 0, 0x65]],
])("a number of %s is no number, even when its hexadecimal digits are decimal", (_, bytes) => {
  const log = writeEvtx([
    spec({ eventData: [{ name: "A", type: "binary", value: Uint8Array.from(bytes) }] }),
  ]);
  // The value's descriptor: size, type binary; made an unsigned integer of 64 bits.
  const at = Buffer.from(log).indexOf(Buffer.of(bytes.length, 0, 0x0e, 0));
  expect(at).toBeGreaterThan(0);
  log[at + 2] = 0x0a;
  const text = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(eventOf(readAll(log)[0]!)).toMatchObject({ EventData: { A: text } });
});

test("an event id with qualifiers is an object", () => {
  const event = eventOf(readOne(spec({ qualifiers: 7, eventId: 6005 }))) as { System: { EventID: unknown } };
  expect(event.System.EventID).toEqual({ "#attributes": { Qualifiers: 7 }, "#text": 6005 });
});

test("64-bit integers are in full in the text, decimal strings in the object", () => {
  const record = readOne(spec({ eventData: [{ name: "n", type: "uint64", value: 2n ** 64n - 1n }] }));
  expect(record.jsonText()).toContain('"n":18446744073709551615');
  expect(record.toJSON()).toMatchObject({ Event: { EventData: { n: "18446744073709551615" } } });
});

describe("EventData", () => {
  test.each<[string, XmlNode[], unknown]>([
    ["names are keys", [data("a", "1"), data("b", "2")], { a: "1", b: "2" }],
    ["empty is an empty string", [data("a"), data("b", "")], { a: "", b: "" }],
    [
      "same names side by side are a list",
      [data("x", "1"), data("x", "2"), data("y", "3")],
      { x: ["1", "2"], y: "3" },
    ],
    [
      "a name that comes again is numbered",
      [data("x", "1"), data("y", "2"), data("x", "3")],
      { x: "1", y: "2", x_1: "3" },
    ],
    [
      "a number that is taken is skipped",
      [data("x_1", "0"), data("x", "1"), data("y", "2"), data("x", "3")],
      { x_1: "0", x: "1", y: "2", x_2: "3" },
    ],
    ["one without a name", [data(undefined, "u")], { Data: { "#text": "u" } }],
    ["many without names", [data(undefined, "u"), data(undefined, "v")], { Data: { "#text": ["u", "v"] } }],
    ["with and without names", [data("x", "1"), data(undefined, "u")], { x: "1", Data: { "#text": "u" } }],
    ["other elements", [data("x", "1"), { name: "Binary", children: ["00"] }], { x: "1", Binary: "00" }],
    ["text beside elements", ["t", data("x", "1")], { "#text": "t", x: "1" }],
    [
      "several tokens",
      [data("x", "a", { entityRef: "lt" }, { charRef: 233 }, { cdata: "c" })],
      { x: "a<\u00e9c" },
    ],
    ["nothing", [], null],
  ])("%s", (_name, children, expected) => {
    expect(eventOf(readOne(raw(eventData(...children))))).toEqual({ EventData: expected });
  });

  test("arrays", () => {
    const children = [
      data("a", slot(0, { array: true })),
      data("b", slot(1, { array: true })),
      data("c", slot(2, { array: true })),
    ];
    const values = [{ value: ["1", "2"] }, { value: ["3"] }, { value: [] }];
    expect(eventOf(readOne(raw(eventData(...children), values)))).toEqual({
      EventData: { a: ["1", "2"], b: "3", c: "" },
    });
    const unnamed = raw(eventData(data(undefined, slot(0, { array: true }))), [{ value: ["1", "2"] }]);
    expect(eventOf(readOne(unnamed))).toEqual({ EventData: { Data: { "#text": ["1", "2"] } } });
  });

  test("NULL", () => {
    const children = [data("a", slot(0)), data("b", slot(0, { optional: true })), data(undefined, slot(0))];
    expect(eventOf(readOne(raw(eventData(...children), [{ value: null }])))).toEqual({
      EventData: { a: "", Data: { "#text": "" } },
    });
  });
});

describe("other elements", () => {
  test.each<[string, XmlNode[], unknown]>([
    [
      "repeated names are numbered",
      [{ name: "H", children: ["1"] }, { name: "K" }, { name: "H", children: ["2"] }],
      { H: "1", K: null, H_1: "2" },
    ],
    [
      "attributes and text",
      [{ name: "H", attributes: [["a", ["b"]]], children: ["1"] }],
      { H: { "#attributes": { a: "b" }, "#text": "1" } },
    ],
    ["attributes alone", [{ name: "H", attributes: [["a", ["b"]]] }], { H: { "#attributes": { a: "b" } } }],
    ["empty attributes are left out", [{ name: "H", attributes: [["a", [slot(0)]]] }], { H: null }],
    [
      "text around a child",
      [{ name: "H", children: ["x", { name: "C", children: ["y"] }, "z"] }],
      { H: { "#text": "xz", C: "y" } },
    ],
    [
      "Data outside of EventData is an element",
      [{ name: "UserData", children: [{ name: "R", children: [data("x", "1"), data("y", "2")] }] }],
      {
        UserData: {
          R: {
            Data: { "#attributes": { Name: "x" }, "#text": "1" },
            Data_1: { "#attributes": { Name: "y" }, "#text": "2" },
          },
        },
      },
    ],
    [
      "an array repeats its element",
      [{ name: "A", children: [slot(1, { array: true })] }],
      { A: "p", A_1: "q" },
    ],
    [
      "two arrays make all combinations",
      [{ name: "A", children: [slot(1, { array: true }), "-", slot(2, { array: true })] }],
      { A: "p-r", A_1: "p-s", A_2: "q-r", A_3: "q-s" },
    ],
  ])("%s", (_name, children, expected) => {
    const values = [{ value: null }, { value: ["p", "q"] }, { value: ["r", "s"] }];
    expect(eventOf(readOne(raw(children, values)))).toEqual(expected);
  });
});

test("a template that multiplies its values without end is cut off, and says so", () => {
  const long = "x".repeat(16_000);
  const children = Array.from({ length: 1800 }, () => data(undefined, slot(0)));
  const record = readOne(raw(eventData(...children), [{ value: long }]));
  expect(JSON.parse(record.jsonText())).toEqual({ Event: null });
  expect(record.toJSON()).toEqual({ Event: null });
  expect(record.toXML()).toBe("<Event/>");
});
