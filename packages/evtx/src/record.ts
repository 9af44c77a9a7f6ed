import { type Instance, parseFragment } from "./binxml/instance.ts";
import {
  allowFragment,
  allowValue,
  eventLeaves,
  eventPlace,
  leafName,
  leafValue,
  leavesOf,
  type Place,
  posesAsSystem,
  resetAllowance,
} from "./binxml/leaves.ts";
import { findRawTexts, type RawTexts } from "./binxml/raw-texts.ts";
import {
  type DataTemplate,
  dataPartOf,
  dataTemplateOf,
  findText,
  type RecordedText,
  type RecordedVisitor,
  visitRecorded,
} from "./binxml/recorded.ts";
import { u32, u64, u64Number } from "./bytes.ts";
import type { Chunk } from "./file/chunk.ts";
import { type JsonLines, jsonBytes, jsonText } from "./render/json-text.ts";
import { toJsonValue } from "./render/json-value.ts";
import { xmlText } from "./render/xml.ts";
import { splitFiletime, toInstant } from "./value/time.ts";
import { type EvtxValue, valueType } from "./value/value.ts";

/** Receives one value of EventData, UserData or another section beside System. */
export type DataVisitor = (name: string, value: EvtxValue, section: string) => void;

/** What the System part of an event says; undefined where it says nothing. */
export interface SystemFields {
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
  readonly version: number | undefined;
  readonly level: number | undefined;
  readonly task: number | undefined;
  readonly opcode: number | undefined;
  readonly keywords: string | undefined;
  readonly channel: string | undefined;
  readonly computer: string | undefined;
  readonly recordId: number | bigint;
  readonly processId: number | undefined;
  readonly threadId: number | undefined;
  readonly userSid: string | undefined;
  /** "2024-05-06T07:08:09.1234567Z" */
  readonly timeCreated: string | undefined;
}

/**
 * One record. Only its place is known at first; values are decoded when asked for, and only those asked for. A record
 * stays valid as long as it is referenced (it holds its chunk).
 */
export class EvtxRecord implements SystemFields {
  /** Bytes of the record, header and trailing size included. */
  readonly length: number;
  /** True when it was carved from space that is not in use. */
  readonly recovered: boolean;
  private readonly chunk: Chunk;
  private readonly at: number;
  private fragments: readonly Instance[] | undefined;
  private parts: readonly Instance[] | undefined;
  private hasDataPart = false;
  private foundDataPart: Instance | undefined;

  constructor(chunk: Chunk, at: number, length: number, isRecovered: boolean) {
    this.chunk = chunk;
    this.at = at;
    this.length = length;
    this.recovered = isRecovered;
  }

  /** Byte offset in the file. */
  get offset(): number {
    return this.chunk.fileOffset + this.at;
  }

  /** The record id of the record's header; a bigint only past 2^53. */
  get id(): number | bigint {
    return u64Number(this.chunk.bytes, this.at + 8);
  }

  get recordId(): number | bigint {
    return this.id;
  }

  /** FILETIME of the record's header: when the log service wrote it. */
  get writtenAt(): bigint {
    return u64(this.chunk.bytes, this.at + 16);
  }

  /** The same as milliseconds since 1970 and nanoseconds below them. */
  get writtenInstant(): { readonly ms: number; readonly ns: number } {
    const { bytes } = this.chunk;
    return toInstant(
      splitFiletime(u32(bytes, this.at + 16), u32(bytes, this.at + 20), { seconds: 0, ticks: 0 }),
    );
  }

  /**
   * TimeCreated as milliseconds since 1970 and nanoseconds below them, without going over text; undefined where the event
   * does not state it.
   */
  get createdInstant(): { readonly ms: number; readonly ns: number } | undefined {
    const root = this.roots()[0];
    const leaf = root && eventLeaves(root).byPath.get("TimeCreated_SystemTime");
    if (leaf === undefined) return undefined;
    if (leaf.slot < 0 || root!.typeOf(leaf.slot) !== valueType.filetime)
      return instantOfText(this.timeCreated ?? "");
    if (root!.sizeOf(leaf.slot) !== 8) return undefined;
    const at = root!.startOf(leaf.slot);
    const { bytes } = root!;
    return toInstant(splitFiletime(u32(bytes, at), u32(bytes, at + 4), { seconds: 0, ticks: 0 }));
  }

  /** The bytes as recorded. */
  get bytes(): Uint8Array {
    return this.chunk.bytes.subarray(this.at, this.at + this.length);
  }

  get system(): SystemFields {
    return this;
  }

  get provider(): string | undefined {
    return textOf(this.get("Provider_Name"));
  }

  get eventId(): number | undefined {
    return numberOf(this.get("EventID"));
  }

  get version(): number | undefined {
    return numberOf(this.get("Version"));
  }

  get level(): number | undefined {
    return numberOf(this.get("Level"));
  }

  get task(): number | undefined {
    return numberOf(this.get("Task"));
  }

  get opcode(): number | undefined {
    return numberOf(this.get("Opcode"));
  }

  get keywords(): string | undefined {
    return textOf(this.get("Keywords"));
  }

  get channel(): string | undefined {
    return textOf(this.get("Channel"));
  }

  get computer(): string | undefined {
    return textOf(this.get("Computer"));
  }

  get processId(): number | undefined {
    return numberOf(this.get("Execution_ProcessID"));
  }

  get threadId(): number | undefined {
    return numberOf(this.get("Execution_ThreadID"));
  }

  get userSid(): string | undefined {
    return textOf(this.get("Security_UserID"));
  }

  get timeCreated(): string | undefined {
    return textOf(this.get("TimeCreated_SystemTime"));
  }

  /**
   * A value by path; undefined where the event does not have it.
   * System: "Channel", "EventID", an attribute as "Provider_Name". Data: "EventData.TargetUserName", "UserData.Param1" (its
   * wrapping root left out), names without their spaces; the bare name works too and means System first. `<Data>` without
   * names are a list under "EventData.Data". A name that repeats gives a list.
   */
  get(path: string): EvtxValue | undefined {
    resetAllowance();
    const parts = this.parts ?? this.locateParts();
    let isSimple = true;
    for (let i = 0; i < parts.length; i++) {
      const instance = parts[i]!;
      const leaves = eventLeaves(instance);
      const leaf = leaves.byPath.get(path);
      if (leaf !== undefined) return leafValue(leaf, instance);
      if (!leaves.isSimple) isSimple = false;
    }
    return isSimple ? undefined : this.search(path);
  }

  /** The template of the values outside of System; undefined when they are not all in one. */
  get dataTemplate(): DataTemplate | undefined {
    const part = this.dataPart();
    return part === undefined ? undefined : dataTemplateOf(part);
  }

  /**
   * Where a text stands in the record, for a search in it before anything is decoded. `index` is from the record's
   * `dataTemplate`. False: the value is no text, ask `get` for it. A NUL ends the text before `count`.
   */
  recordedText(index: number, into: RecordedText): boolean {
    const part = this.dataPart();
    return part !== undefined && findText(part, index, into);
  }

  /** Where all of its texts are, to tell quickly what is in none of them. False: some stand elsewhere, visit them. */
  rawTexts(into: RawTexts): boolean {
    into.view = this.chunk.view;
    into.from = this.at + 24;
    into.end = this.at + this.length - 4;
    return findRawTexts(this.parts ?? this.locateParts(), into);
  }

  /** Visits every value outside of System, in order. Cheap: this is the way to make a flat event. */
  forEachData(visit: DataVisitor): void {
    this.visitAll(visit, undefined);
  }

  /**
   * Visits every value, those of System first: `lazily` gets texts as they are recorded, `visit` gets what had to be decoded.
   * Values that are no text (numbers, times, GUIDs, binary) are only visited when `lazily` wants them.
   */
  forEachRecorded(lazily: RecordedVisitor, visit: DataVisitor): void {
    for (const part of this.parts ?? this.locateParts()) {
      for (const leaf of eventLeaves(part).system) {
        if (visitRecorded(part, leaf, lazily)) continue;
        const value = leafValue(leaf, part);
        if (value !== undefined) visit(leaf.name, value, leaf.section);
      }
    }
    this.visitAll(visit, lazily);
  }

  private visitAll(visit: DataVisitor, lazily: RecordedVisitor | undefined): void {
    resetAllowance();
    for (const root of this.roots()) {
      if (visitData(root, eventPlace, visit, lazily)) continue;
      this.chunk.report(
        "output-limit",
        this.at,
        "a record multiplies its values: the rest of them is left out",
      );
      return;
    }
  }

  /** The same values as pairs. */
  *eventData(): Generator<readonly [name: string, value: EvtxValue, section: string]> {
    const entries: Array<readonly [string, EvtxValue, string]> = [];
    this.forEachData((name, value, section) => entries.push([name, value, section]));
    yield* entries;
  }

  /** Visits every value of System: "Provider_Name", "EventID", "EventID_Qualifiers" … */
  forEachSystem(visit: (name: string, value: EvtxValue) => void): void {
    resetAllowance();
    for (const instance of this.parts ?? this.locateParts()) {
      for (const leaf of eventLeaves(instance).system) {
        const value = leafValue(leaf, instance);
        if (value !== undefined) visit(leaf.name, value);
      }
    }
  }

  /** The event as a plain object: `{ Event: { System: …, EventData: … } }`; see docs/evtx.md for its shape. */
  toJSON(): object {
    return toJsonValue(this.roots());
  }

  /** The event as JSON text, faster than `JSON.stringify`; 64-bit integers in full. */
  jsonText(): string {
    return jsonText(this.chunk, this.at + 24, this.at + this.length - 4, this);
  }

  /** The event as JSON in UTF-8, the fastest form. The bytes are valid until the next call on any record. */
  jsonBytes(): Uint8Array {
    return jsonBytes(this.chunk, this.at + 24, this.at + this.length - 4, this);
  }

  /** @internal Adds the event as JSON to lines that `writeJson` of the file joins. */
  addJson(lines: JsonLines): void {
    lines.add(this.chunk, this.at + 24, this.at + this.length - 4, this);
  }

  /** The event as XML on one line, as Windows renders it. */
  toXML(): string {
    return xmlText(this.roots());
  }

  /** @internal The fragments of the record itself. */
  roots(): readonly Instance[] {
    if (this.fragments === undefined) {
      const origin = { chunk: this.chunk, depth: 0, isRecovered: this.recovered };
      this.fragments = parseFragment(origin, this.at + 24, this.at + this.length - 4);
    }
    return this.fragments;
  }

  /** The fragments of the record and those directly under Event. */
  private locateParts(): readonly Instance[] {
    const roots = this.roots();
    const parts: Instance[] = [];
    for (let i = 0; i < roots.length; i++) {
      const root = roots[i]!;
      parts.push(root);
      const { nested } = eventLeaves(root);
      for (let k = 0; k < nested.length; k++) {
        const { slot, place } = nested[k]!;
        if (place.kind !== "event" || root.typeOf(slot) !== valueType.binxml) continue;
        for (const part of root.nested(slot)) parts.push(part);
      }
    }
    this.parts = parts;
    return parts;
  }

  /** The value that `index` of the record's `dataTemplate` stands for, decoded. */
  valueAt(index: number): EvtxValue | undefined {
    return this.dataPart()?.value(index) ?? (index < 0 ? undefined : "");
  }

  private dataPart(): Instance | undefined {
    if (this.hasDataPart) return this.foundDataPart;
    this.hasDataPart = true;
    this.foundDataPart = dataPartOf(this.parts ?? this.locateParts());
    return this.foundDataPart;
  }

  /** The slow way: names that are values themselves, fragments within sections. */
  private search(path: string): EvtxValue | undefined {
    let found: EvtxValue | undefined;
    this.forEachData((name, value, section) => {
      if (found !== undefined) return;
      if (path === `${section}.${name}` || (path === name && !posesAsSystem(name))) found = value;
    });
    return found;
  }
}

/** False when the visit was broken off. */
function visitData(instance: Instance, place: Place, visit: DataVisitor, lazily?: RecordedVisitor): boolean {
  const { data } = place === eventPlace ? eventLeaves(instance) : leavesOf(instance.plan, place);
  for (let i = 0; i < data.length; i++) {
    const entry = data[i]!;
    if ("content" in entry) {
      if (lazily !== undefined && visitRecorded(instance, entry, lazily)) continue;
      const value = leafValue(entry, instance);
      if (value === undefined) continue;
      if (!allowValue(value)) return false;
      visit(entry.nameContent === undefined ? entry.name : leafName(entry, instance), value, entry.section);
    } else if (instance.typeOf(entry.slot) === valueType.binxml) {
      for (const nested of instance.nested(entry.slot)) {
        if (!allowFragment() || !visitData(nested, entry.place, visit, lazily)) return false;
      }
    } else if (!instance.isNull(entry.slot)) {
      const section = entry.place.section || "EventData";
      visit(section, instance.value(entry.slot), section);
    }
  }
  return true;
}

/** Forwarded logs hold the time as text. */
function instantOfText(text: string): { ms: number; ns: number } | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
  const seconds = match === null ? Number.NaN : Date.parse(`${match[1]}Z`);
  if (Number.isNaN(seconds)) return undefined;
  const nanoseconds = Number((match![2] ?? "").padEnd(9, "0"));
  return { ms: seconds + Math.floor(nanoseconds / 1e6), ns: nanoseconds % 1e6 };
}

function textOf(value: EvtxValue | undefined): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

/** Forwarded logs hold numbers as text. */
function numberOf(value: EvtxValue | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
