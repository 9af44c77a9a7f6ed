import type { EventDataItem, EvtxRecordSpec, Template, XmlNode } from "../../../tools/evtx-writer/writer.ts";
import {
  filetimeOf,
  type RawRecordSpec,
  type TypedValue,
  writeEvtx,
} from "../../../tools/evtx-writer/writer.ts";
import { type EvtxOptions, type EvtxRecord, openEvtx } from "../src/index.ts";

export const someTime = filetimeOf("2024-05-06T07:08:09.1234567Z");
export const someGuid = "54849625-5478-4994-a5ba-3e3b0328c30d";

/** A plain record, with what the test is about put over it. */
export function spec(over: Partial<EvtxRecordSpec> = {}): EvtxRecordSpec {
  return {
    recordId: 1,
    time: someTime,
    provider: { name: "Microsoft-Windows-Security-Auditing", guid: someGuid },
    eventId: 4624,
    channel: "Security",
    computer: "ws-17.corp.example",
    ...over,
  };
}

export function logon(
  recordId: number,
  eventData: readonly EventDataItem[] = [{ name: "TargetUserName", value: "m.keller" }],
): EvtxRecordSpec {
  return spec({ recordId, eventData });
}

/** A record whose Event has the children stated; slots take `values`. */
export function raw(
  children: readonly XmlNode[],
  values: readonly TypedValue[] = [],
  recordId = 1,
): RawRecordSpec {
  const template: Template = { guid: someGuid, root: { name: "Event", children } };
  return { recordId, time: someTime, fragment: { template, values } };
}

/** Records in memory, as a consumer gets them. */
export function readAll(bytes: Uint8Array, options: EvtxOptions = {}): EvtxRecord[] {
  return [...openEvtx(bytes, options).records()];
}

export function readOne(record: EvtxRecordSpec | RawRecordSpec): EvtxRecord {
  const records = readAll(writeEvtx([record]));
  if (records.length !== 1) throw new Error(`${records.length} records`);
  return records[0]!;
}

export function dataOf(record: EvtxRecord): Record<string, unknown> {
  return Object.fromEntries([...record.eventData()].map(([name, value]) => [name, value]));
}

type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;

/** Parses JSON and keeps integers beyond 2^53 as their digits, as `toJSON` does. */
export function parseExact(text: string): unknown {
  const keepDigits: Reviver = (_key, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) ? source : value;
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}
