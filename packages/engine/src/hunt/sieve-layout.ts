import type { CellLayout } from "@firebreak/evtx";
import { recordedPlaces, type SieveLayout, type SievePlace } from "@firebreak/sigma";
import { recordKey, systemNames } from "./record-keys.ts";
import { placeOfKey } from "./record-texts.ts";

/** What is the same in all records of a kind. */
export interface RecordOrigin {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
}

/** Where records of a layout and an origin have what rules ask for: the same places that `RecordTexts` gives. */
export function sieveLayout(layout: CellLayout, origin: RecordOrigin): SieveLayout {
  const placeOf = (keys: readonly string[]): SievePlace => {
    for (const key of keys) {
      const place = systemPlace(layout, key, origin) ?? dataPlace(layout, key, origin);
      if (place !== "absent") return place;
    }
    return "absent";
  };
  return { placeOf, firstCell: layout.dataFrom, fixedTexts: layout.fixedTexts };
}

/** undefined: the key is none of System. */
function systemPlace(layout: CellLayout, key: string, origin: RecordOrigin): SievePlace | undefined {
  if (recordKey(key).kind !== "system") return undefined;
  if (key === "winlog.channel") return { text: origin.channel };
  if (key === "winlog.provider_name") return { text: origin.provider };
  const name = Object.hasOwn(systemNames, key) ? systemNames[key] : undefined;
  const place = name === undefined ? undefined : layout.system(name);
  if (place === undefined) return "unknown";
  return "text" in place ? place : { cell: place.cell, isOptional: true };
}

function dataPlace(layout: CellLayout, key: string, { provider, eventId }: RecordOrigin): SievePlace {
  const place = placeOfKey(key, layout.data, provider, eventId);
  if (place === recordedPlaces.absent) return "absent";
  return place < 0 || place >= layout.dataCount
    ? "unknown"
    : { cell: layout.dataFrom + place, isOptional: false };
}
