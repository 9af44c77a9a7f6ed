/** The ways in which a log can be read. Each throws when what it gives is not as it must be. */

import {
  type EvtxRecord,
  type EvtxValue,
  openEvtx,
  type RecordedText,
} from "../../packages/evtx/src/index.ts";
import { generalJsonText } from "../../packages/evtx/src/render/json-value.ts";

type Way = (bytes: Uint8Array) => void;

const reading =
  (use: (record: EvtxRecord) => void, recover = false): Way =>
  (bytes) =>
    openEvtx(bytes, { recover }).forEachRecord(use);

const ignore = (_name: string, _value: EvtxValue) => {};
const place: RecordedText = { view: new DataView(new ArrayBuffer(0)), at: 0, count: 0 };

function values(record: EvtxRecord): void {
  record.get("EventData.TargetUserName");
  record.get("nothing of this name");
  record.forEachSystem(ignore);
  record.forEachData(ignore);
}

/** The kernel and the general way make the same text, and it is JSON. */
function json(record: EvtxRecord): void {
  const text = record.jsonText();
  if (text !== generalJsonText(record.roots())) throw new Error("the ways to JSON differ");
  JSON.parse(text);
}

/** Texts before they are decoded stand within the chunk. */
function recorded(record: EvtxRecord): void {
  const index = record.dataTemplate?.indexOf("EventData.TargetUserName") ?? -1;
  if (index >= 0 && record.recordedText(index, place)) inside(place);
  record.forEachRecorded(visitor, ignore);
}

const visitor = { withNumbers: false, text: inside };

function inside({ view, at, count }: RecordedText): void {
  if (at + 2 * count > view.byteLength)
    throw new Error(`a text at ${at} of ${count} units runs out of its chunk`);
}

function accounting(bytes: Uint8Array): void {
  let at = 0;
  for (const range of openEvtx(bytes, { recover: true }).accounting()) {
    if (range.offset !== at || range.length <= 0) throw new Error(`the accounting breaks at ${at}`);
    at += range.length;
  }
  if (at !== bytes.length) throw new Error(`the accounting ends at ${at} of ${bytes.length}`);
}

/** Those that make much text of a record take longest, and come once each. */
export const ways: readonly Way[] = [
  reading(values),
  reading((record) => record.jsonBytes()),
  reading(recorded),
  reading(values, true),
  reading((record) => record.jsonBytes()),
  accounting,
  reading(values),
  reading(json),
  reading(recorded),
  reading(values, true),
  reading((record) => record.toXML()),
  accounting,
  reading(values),
  reading((record) => JSON.stringify(record), true),
  reading(recorded),
  reading((record) => record.jsonBytes(), true),
];
