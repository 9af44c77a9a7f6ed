import type { ZoneHint } from "@firebreak/model/format";
import type { CivilTime } from "@firebreak/model/time";
import { numberAt } from "../text/numbers.ts";
import { offsetOfAbbreviation } from "./zone.ts";

export interface IsoReading {
  /** As written: the fields may be out of range. */
  readonly civil: CivilTime;
  /** Absent when the text states no zone, or an abbreviation that is not known. */
  readonly zone: ZoneHint | undefined;
}

const isoPattern =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]|\s{2}|, |_)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9})\d*)?)?\s?(Z|z|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Z]{3,5})?$/;

/** Takes a time in ISO 8601, RFC 3339 or a usual variant of theirs apart; undefined for any other text. */
export function readIso(text: string): IsoReading | undefined {
  if (!isDateMark(text.charCodeAt(4))) return undefined;
  return readFullWidth(text) ?? readVariant(text);
}

/** "2023-09-20T10:32:17", perhaps with a fraction, "Z" or an offset: what nearly all logs print, without a pattern. */
function readFullWidth(text: string): IsoReading | undefined {
  const separator = text.charCodeAt(10);
  if (
    (separator !== 84 && separator !== 32) ||
    !isDateMark(text.charCodeAt(7)) ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58
  )
    return undefined;
  const year = numberAt(text, 0, 4);
  const month = numberAt(text, 5, 7);
  const day = numberAt(text, 8, 10);
  const hour = numberAt(text, 11, 13);
  const minute = numberAt(text, 14, 16);
  const second = numberAt(text, 17, 19);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return undefined;
  let end = 19;
  let nanos = 0;
  const mark = text.charCodeAt(19);
  if (mark === 46 || mark === 44) {
    let scale = 1e9;
    let code = text.charCodeAt(++end);
    for (; code >= 48 && code <= 57; code = text.charCodeAt(++end)) {
      scale /= 10;
      if (scale >= 1) nanos += (code - 48) * scale;
    }
    if (end === 20) return undefined;
  }
  const civil = { year, month, day, hour, minute, second, nanos };
  if (end === text.length) return { civil, zone: undefined };
  const zone = zoneAtEnd(text, end);
  return zone && { civil, zone };
}

function isDateMark(code: number): boolean {
  return code === 45 || code === 47 || code === 46;
}

const utc: ZoneHint = { zone: "UTC", source: "in-record" };
let lastOffset: ZoneHint = utc;

/** "Z", "+02:00", "+0200" or "+02" from an index to the end. */
function zoneAtEnd(text: string, at: number): ZoneHint | undefined {
  const code = text.charCodeAt(at);
  const length = text.length - at;
  if (code === 90 && length === 1) return utc;
  if ((code !== 43 && code !== 45) || numberAt(text, at + 1, at + 3) < 0) return undefined;
  if (length === 6) {
    if (text.charCodeAt(at + 3) !== 58 || numberAt(text, at + 4, at + 6) < 0) return undefined;
  } else if (length !== 3 && (length !== 5 || numberAt(text, at + 3, at + 5) < 0)) return undefined;
  const zone = text.slice(at);
  if (zone !== lastOffset.zone) lastOffset = { zone, source: "in-record" };
  return lastOffset;
}

function readVariant(text: string): IsoReading | undefined {
  const match = isoPattern.exec(text);
  if (!match) return undefined;
  const civil: CivilTime = {
    year: +match[1]!,
    month: +match[2]!,
    day: +match[3]!,
    hour: +match[4]!,
    minute: +match[5]!,
    second: match[6] === undefined ? 0 : +match[6],
    nanos: match[7] === undefined ? 0 : +match[7].padEnd(9, "0"),
  };
  return { civil, zone: zoneInText(match[8]) };
}

function zoneInText(text: string | undefined): ZoneHint | undefined {
  if (text === undefined) return undefined;
  if (text === "Z" || text === "z") return utc;
  const zone = /^[A-Z]/.test(text) ? offsetOfAbbreviation(text) : text;
  return zone === undefined ? undefined : { zone, source: "in-record" };
}
