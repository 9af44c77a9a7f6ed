import type { DataTemplate, EvtxRecord, RawTexts, RecordedText } from "@firebreak/evtx";
import { type EventSource, type RecordedValues, recordedPlaces } from "@firebreak/sigma";
import { mayDerive } from "./derived-keys.ts";
import { recordKey, textOf } from "./record-keys.ts";

/** Of records of one template, provider and event id, where values are. */
interface Places {
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
  readonly byKeys: Map<readonly string[], number>;
}

/** Of records whose data are not all in one template. */
const noPlaces: Places = { provider: undefined, eventId: undefined, byKeys: new Map() };

/** What a record's values are before they are decoded: the same as `RecordEvent` would say. */
export class RecordTexts implements RecordedValues {
  readonly text: RecordedText = { view: new DataView(new ArrayBuffer(0)), at: 0, count: 0 };
  readonly #raw: RawTexts = { view: this.text.view, from: 0, end: 0, fixed: [] };
  #record: EvtxRecord | undefined;
  #eventId: number | undefined;
  #places: Places | undefined;
  /** By template; goes with it. */
  readonly #known = new WeakMap<DataTemplate, Places>();

  use(record: EvtxRecord, { eventId }: EventSource): void {
    this.#record = record;
    this.#eventId = eventId;
    this.#places = undefined;
  }

  get layout(): object {
    this.#places ??= this.#placesOf(this.#record!.dataTemplate);
    return this.#places;
  }

  placeOf(keys: readonly string[]): number {
    const template = this.#record!.dataTemplate;
    if (template === undefined) return recordedPlaces.unknown;
    this.#places ??= this.#placesOf(template);
    const { byKeys } = this.#places;
    let place = byKeys.get(keys);
    if (place === undefined) {
      place = placeOf(keys, template, this.#places);
      byKeys.set(keys, place);
    }
    return place;
  }

  get raw(): RawTexts | undefined {
    return this.#record!.rawTexts(this.#raw) ? this.#raw : undefined;
  }

  textAt(place: number): boolean {
    return this.#record!.recordedText(place, this.text);
  }

  decodeAt(place: number): string {
    return String(this.#record!.valueAt(place));
  }

  forEach(
    onText: (text: RecordedText) => void,
    onValue: (value: string) => void,
    withNumbers: boolean,
  ): void {
    const isLeftOut = (name: string, section: string) => section === "RenderingInfo" && name !== "Message";
    this.#record!.forEachRecorded(
      {
        withNumbers,
        text: (text, name, section) => {
          if (!isLeftOut(name, section)) onText(text);
        },
      },
      (name, value, section) => {
        if (value === null || isLeftOut(name, section)) return;
        if (Array.isArray(value)) for (const item of value) onValue(item === null ? "" : String(item));
        else onValue(String(value));
      },
    );
  }

  #placesOf(template: DataTemplate | undefined): Places {
    if (template === undefined) return noPlaces;
    const provider = textOf(this.#record!.get("System.Provider_Name"));
    const known = this.#known.get(template);
    if (known !== undefined && known.provider === provider && known.eventId === this.#eventId) return known;
    const places = { provider, eventId: this.#eventId, byKeys: new Map<readonly string[], number>() };
    this.#known.set(template, places);
    return places;
  }
}

function placeOf(keys: readonly string[], template: DataTemplate, { provider, eventId }: Places): number {
  for (const key of keys) {
    const place = placeOfKey(key, template, provider, eventId);
    if (place !== recordedPlaces.absent) return place;
  }
  return recordedPlaces.absent;
}

/** Where records of a template, provider and event id have a key: a place, or one of `recordedPlaces`. */
export function placeOfKey(
  key: string,
  template: DataTemplate,
  provider: string | undefined,
  eventId: number | undefined,
): number {
  const how = recordKey(key);
  if (how.kind === "never") return recordedPlaces.absent;
  if (how.kind === "system") return recordedPlaces.value;
  if (how.kind === "converted")
    return mayDerive(provider, eventId ?? -1, key) ? recordedPlaces.unknown : recordedPlaces.absent;
  const place = template.indexOf(how.path);
  if (place !== recordedPlaces.absent) return place;
  // Unnamed data get names, and values of rarer sections another place, when the event is converted.
  const mayHaveName = how.kind === "event-data" && mayNameLater(template, how.name);
  return mayHaveName ? recordedPlaces.unknown : recordedPlaces.absent;
}

function mayNameLater(template: DataTemplate, name: string): boolean {
  return (
    template.indexOf("EventData.Data") !== recordedPlaces.absent ||
    template.indexOf(name) !== recordedPlaces.absent
  );
}
