import type { EvtxRecord, EvtxScalar, EvtxValue } from "@firebreak/evtx";
import type { EventDraft, FieldValue } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { evtxDraft } from "@firebreak/parsers/windows/evtx-record";
import type { EventSource, SigmaEvent } from "@firebreak/sigma";
import { mayDerive } from "./derived-keys.ts";
import { recordKey, systemKeys, textOf } from "./record-keys.ts";
import { RecordTexts } from "./record-texts.ts";

const systemReaders = Object.values(systemKeys);

/**
 * A Windows record as rules see it, the same as its conversion to ECS would be, but a value is decoded when a rule asks
 * for it. One object serves all records of a thread, one after the other: what it gave is valid until the next `use`.
 */
export class RecordEvent implements SigmaEvent {
  source: EventSource = {};
  readonly recorded = new RecordTexts();
  #record: EvtxRecord | undefined;
  #context: ParseContext | undefined;
  #values: readonly string[] | undefined;
  #draft: EventDraft | undefined;
  #hasUnnamed: boolean | undefined;
  /** Records that had to be converted, for measurements. */
  conversions = 0;

  use(record: EvtxRecord, source: EventSource, context: ParseContext): void {
    this.#record = record;
    this.source = source;
    this.#context = context;
    this.#values = undefined;
    this.#draft = undefined;
    this.#hasUnnamed = undefined;
    this.recorded.use(record, source);
  }

  get(key: string): FieldValue | undefined {
    const record = this.#record!;
    const how = recordKey(key);
    switch (how.kind) {
      case "never":
        return undefined;
      case "event-data": {
        const value = record.get(how.path);
        if (value !== undefined) return value === null ? undefined : fieldOf(value);
        return this.#mayBeDerived(how.name) ? this.#converted(key) : undefined;
      }
      case "user-data": {
        const value = record.get(how.path);
        return value === undefined || value === null ? undefined : fieldOf(value);
      }
      case "system":
        return how.read(record);
      default:
        return mayDerive(this.#providerName(), this.source.eventId ?? -1, key)
          ? this.#converted(key)
          : undefined;
    }
  }

  /** The recorded values, System and data; no word that only our conversion adds. */
  values(): readonly string[] {
    if (this.#values !== undefined) return this.#values;
    const record = this.#record!;
    const values: string[] = [];
    for (let i = 0; i < systemReaders.length; i++) {
      const value = systemReaders[i]!(record);
      if (value !== undefined) values.push(String(value));
    }
    record.forEachData((name, value, section) => {
      if (value === null || (section === "RenderingInfo" && name !== "Message")) return;
      if (Array.isArray(value)) for (const item of value) values.push(scalarText(item));
      else values.push(scalarText(value as EvtxScalar));
    });
    this.#values = values;
    return values;
  }

  /** The record as all other formats give it, made once. */
  draft(): EventDraft {
    if (this.#draft === undefined) {
      this.conversions++;
      this.#draft = evtxDraft(this.#record!, this.#context!, "windows/evtx") ?? noDraft;
    }
    return this.#draft;
  }

  #providerName(): string | undefined {
    return textOf(this.#record!.get("System.Provider_Name"));
  }

  /**
   * Unnamed `<Data>` get names from the event's table, and values of rarer sections count as event data: the conversion
   * knows both.
   */
  #mayBeDerived(name: string): boolean {
    const record = this.#record!;
    this.#hasUnnamed ??= Array.isArray(record.get("EventData.Data"));
    return this.#hasUnnamed || record.get(name) !== undefined;
  }

  #converted(key: string): FieldValue | undefined {
    const { fields } = this.draft();
    return Object.hasOwn(fields, key) ? fields[key] : undefined;
  }
}

const noDraft: EventDraft = { dataset: "windows/evtx", fields: {} };

function fieldOf(value: Exclude<EvtxValue, null>): FieldValue {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(scalarText) : scalarText(value as EvtxScalar);
}

function scalarText(value: EvtxScalar): string {
  return typeof value === "string" ? value : value === null ? "" : String(value);
}
