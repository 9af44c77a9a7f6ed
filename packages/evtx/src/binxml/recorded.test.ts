import { describe, expect, test } from "vitest";
import { raw, readOne, spec } from "../../test/logs.ts";
import type { RecordedText } from "./recorded.ts";

const record = readOne(
  spec({
    eventData: [
      { name: "Image", value: "C:\\a.exe" },
      { name: "Port", type: "uint32", value: 443 },
      { name: "Nothing", value: null },
      { name: "Empty", value: "" },
    ],
  }),
);

function textOf({ view, at, count }: RecordedText): string {
  let text = "";
  for (let i = 0; i < count; i++) text += String.fromCharCode(view.getUint16(at + 2 * i, true));
  return text.split("\0")[0]!;
}

function recorded(path: string): string | false {
  const into: RecordedText = { view: new DataView(new ArrayBuffer(0)), at: 0, count: 0 };
  const found = record.recordedText(record.dataTemplate!.indexOf(path), into);
  return found && textOf(into);
}

describe("recordedText", () => {
  test.each([
    ["EventData.Image", "C:\\a.exe"],
    ["Image", "C:\\a.exe"],
    ["EventData.Nothing", ""],
    ["EventData.Empty", ""],
    ["EventData.Port", false],
  ])("%s is %j", (path, expected) => {
    expect(recorded(path)).toBe(expected);
  });

  test("a path that no record of the template has is -1, System is not data", () => {
    expect(record.dataTemplate!.indexOf("EventData.Other")).toBe(-1);
    expect(record.dataTemplate!.indexOf("Channel")).toBe(-1);
  });

  test("unnamed data are a list, which has to be asked for", () => {
    const classic = readOne(spec({ qualifiers: 1, eventData: [{ value: "a" }, { value: "b" }] }));
    expect(classic.dataTemplate!.indexOf("EventData.Data")).toBe(-2);
  });

  test("records of one template share it; one without data, or with names from slots, has none", () => {
    const other = readOne(spec({ eventData: [{ name: "Image", value: "C:\\b.exe" }] }));
    const again = readOne(spec({ eventData: [{ name: "Image", value: "C:\\c.exe" }] }));
    expect(again.dataTemplate).toBe(other.dataTemplate);
    expect(again.dataTemplate).not.toBe(record.dataTemplate);
    expect(readOne(spec()).dataTemplate).toBeUndefined();
    const named = raw(
      [
        {
          name: "EventData",
          children: [
            {
              name: "Data",
              attributes: [["Name", [{ slot: 0, type: "string" }]]],
              children: [{ slot: 1, type: "string" }],
            },
          ],
        },
      ],
      [{ value: "N" }, { value: "v" }],
    );
    expect(readOne(named).dataTemplate).toBeUndefined();
  });
});

describe("forEachRecorded", () => {
  const visited = (withNumbers: boolean) => {
    const seen: string[] = [];
    record.forEachRecorded(
      { withNumbers, text: (text, name) => seen.push(`${name}=${textOf(text)}`) },
      (name, value) => seen.push(`${name}:${String(value)}`),
    );
    return seen;
  };

  test("gives texts as recorded, and numbers when they are wanted", () => {
    const system = [
      "Provider_Name=Microsoft-Windows-Security-Auditing",
      "Channel=Security",
      "Computer:ws-17.corp.example",
    ];
    expect(visited(false)).toEqual([...system, "Image=C:\\a.exe", "Empty="]);
    expect(visited(true)).toContain("EventID:4624");
    expect(visited(true)).toContain("Port:443");
  });
});
