import { expect, test } from "vitest";
import type { TypedValue, XmlNode } from "../../../../tools/evtx-writer/writer.ts";
import { raw, readOne, someGuid, spec } from "../../test/logs.ts";

test("a whole event on one line", () => {
  const record = readOne(spec({ userSid: "S-1-5-18", eventData: [{ name: "A", value: "<&>" }] }));
  expect(record.toXML()).toBe(
    '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>' +
      `<Provider Name="Microsoft-Windows-Security-Auditing" Guid="{${someGuid}}"/><EventID>4624</EventID>` +
      "<Version>0</Version><Level>4</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>" +
      '<TimeCreated SystemTime="2024-05-06T07:08:09.1234567Z"/><EventRecordID>1</EventRecordID><Correlation/>' +
      '<Execution ProcessID="0" ThreadID="0"/><Channel>Security</Channel><Computer>ws-17.corp.example</Computer>' +
      '<Security UserID="S-1-5-18"/></System><EventData><Data Name="A">&lt;&amp;&gt;</Data></EventData></Event>',
  );
});

const slot = { slot: 0, type: "string" as const };

test.each<[string, XmlNode, TypedValue["value"], string]>([
  ["empty tag", { name: "A" }, null, "<A/>"],
  ["empty content", { name: "A", children: [""] }, null, "<A></A>"],
  ["NULL", { name: "A", children: [slot] }, null, "<A></A>"],
  ["NULL that drops its element", { name: "A", children: [{ ...slot, optional: true }] }, null, ""],
  ["NULL attribute", { name: "A", attributes: [["x", [slot]]] }, null, "<A/>"],
  ["attribute quotes", { name: "A", attributes: [["x", [slot]]] }, `"'<`, '<A x="&quot;&apos;&lt;"/>'],
  [
    "references and CDATA",
    { name: "A", children: [{ entityRef: "amp" }, { charRef: 233 }, { cdata: "a]]>b" }] },
    null,
    "<A>&amp;&#233;<![CDATA[a]]]]><![CDATA[>b]]></A>",
  ],
  [
    "processing instruction",
    { name: "A", children: [{ piTarget: "t", piData: "d?>" }] },
    null,
    "<A><?t d? >?></A>",
  ],
  ["array", { name: "A", children: [{ ...slot, array: true }] }, ["1", "", "3"], "<A>1</A><A></A><A>3</A>"],
  [
    "characters that XML has no place for",
    { name: "A", children: [slot] },
    "a\u0001\ud800\ufffeb",
    "<A>a___b</A>",
  ],
  ["a name that would break out", { name: "A><script" }, null, "<A__script/>"],
])("%s", (_name, node, value, expected) => {
  expect(readOne(raw([node], [{ value }])).toXML()).toBe(`<Event>${expected}</Event>`);
});
