import { readFileSync } from "node:fs";
import { openEvtx } from "@firebreak/evtx";
import { expect, it } from "vitest";
import { createTimeReader } from "../time/reader.ts";
import { parseEventXml } from "./event-xml.ts";
import { evtxDraft } from "./evtx-record.ts";

it("gives a record the same fields and time as its XML export", () => {
  const context = { fileName: "Security.evtx", time: createTimeReader() };
  const file = openEvtx(readFileSync(new URL("../../fixtures/windows/evtx/input.evtx", import.meta.url)));
  let count = 0;
  for (const record of file.records()) {
    expect(parseEventXml(record.toXML(), context, "x")).toEqual(evtxDraft(record, context, "x"));
    count++;
  }
  expect(count).toBe(7);
});
