import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format as document } from "./event-xml.ts";
import { format as line } from "./event-xml-line.ts";

const both = [document, line];
const namespace = "http://schemas.microsoft.com/win/2004/08/events/event";
const event = (id: number, inner = "") =>
  `<Event xmlns='${namespace}'><System><Provider Name='Test'/><EventID Qualifiers='0'>${id}</EventID>` +
  `<TimeCreated SystemTime='2024-05-14T06:10:23.1234567Z'/><Channel>Application</Channel></System>${inner}</Event>`;

function read(text: string | Uint8Array) {
  const result = collect(text, both);
  const size = typeof text === "string" ? new TextEncoder().encode(text).length : text.length;
  expect(unaccountedBytes(result, size)).toBe(0);
  return result;
}

const utf16 = (text: string, mark = true) =>
  new Uint8Array(Buffer.from((mark ? "\ufeff" : "") + text, "utf16le"));

describe("windows/event-xml", () => {
  it.each([
    ["a root element", `<Events>${event(1)}${event(2)}</Events>`, 2, 0],
    ["a declaration and a root", `<?xml version="1.0"?>\n<Events>\n${event(1)}\n</Events>\n`, 1, 0],
    ["one event over many lines", event(7).replaceAll("><", ">\n<"), 1, 0],
    ["one event per line", `${event(1)}\n${event(2)}\n`, 2, 0],
    ["UTF-16 with a mark", utf16(`<Events>${event(1)}</Events>`), 1, 0],
    ["UTF-16 without a mark", utf16(`<Events>${event(1)}</Events>`, false), 1, 0],
    ["an empty root", "<Events></Events>", 0, 0],
    ["a cut last event", `<Events>${event(1)}${event(2).slice(0, -9)}`, 1, 1],
    ["a cut event before a whole one", `<Events>${event(1).slice(0, 120)}${event(2)}</Events>`, 1, 1],
    ["an event without an id", "<Events><Event><System></System></Event></Events>", 0, 1],
    ["a document type inside", `<Events><Event><!DOCTYPE x>${event(1).slice(7)}</Events>`, 0, 1],
    ["junk between events", `<Events>${event(1)}junk${event(2)}</Events>`, 2, 1],
  ])("reads %s", (_, text, events, rejects) => {
    const result = read(text);
    expect([result.events.length, result.rejects.length]).toEqual([events, rejects]);
  });

  it("keeps the 100 ns digits and the recorded text of the time", () => {
    const time = read(`<Events>${event(1)}</Events>`).events[0]!.time!;
    expect(time).toMatchObject({ ns: 456_700, zone: "UTC", zoneSource: "in-record" });
    expect(new Date(time.ms).toISOString()).toBe("2024-05-14T06:10:23.123Z");
  });

  it("names the bytes of each record", () => {
    const text = `<Events>\n${event(1)}\n${event(2)}</Events>`;
    const [, second] = read(utf16(text, false)).events;
    expect(second).toMatchObject({
      offset: 2 * text.lastIndexOf("<Event xmlns"),
      length: 2 * event(2).length,
    });
  });

  it("keeps named, unnamed and nested data apart", () => {
    const data =
      "<EventData><Data Name='A b'>1</Data><Data>x</Data><Data>y</Data><Binary>00FF</Binary></EventData>" +
      "<UserData><Root><Leaf>u</Leaf><In><Deep>v</Deep></In></Root></UserData>";
    expect(read(`<Events>${event(1, data)}</Events>`).events[0]!.fields).toMatchObject({
      "winlog.event_data.Ab": "1",
      "winlog.event_data.Data": ["x", "y"],
      "winlog.event_data.Binary": "00FF",
      "winlog.user_data.Leaf": "u",
      "winlog.user_data.In.Deep": "v",
    });
  });

  it("says when there are more data than it keeps", () => {
    const data = `<EventData>${"<Data Name='n'>1</Data>".repeat(600)}</EventData>`;
    const { fields } = read(`<Events>${event(1, data)}</Events>`).events[0]!;
    expect(fields["firebreak.truncated"]).toBe(true);
  });
});
