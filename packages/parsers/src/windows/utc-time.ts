import type { TimeReader } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";

let lastSecond = "";
let lastMs = 0;

/**
 * `2024-05-06T07:08:09.1234567Z` as an instant that keeps its 100 ns digits. Records come in order, so the second is
 * mostly the one before: it is parsed once. Other shapes go through the reader of times.
 */
export function utcInstant(time: TimeReader, text: string): EventTime | undefined {
  const length = text.length;
  const isPlain =
    length >= 20 && length <= 30 && text.charCodeAt(length - 1) === 90 && text.charCodeAt(10) === 84;
  if (!isPlain || (length > 20 && text.charCodeAt(19) !== 46)) return otherShape(time, text);
  const second = text.slice(0, 19);
  if (second !== lastSecond) {
    const ms = Date.parse(`${second}Z`);
    if (!Number.isFinite(ms)) return otherShape(time, text);
    lastSecond = second;
    lastMs = ms;
  }
  let nanos = 0;
  let scale = 100_000_000;
  for (let i = 20; i < length - 1; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return otherShape(time, text);
    nanos += digit * scale;
    scale = scale > 1 ? scale / 10 : 0;
  }
  return time.instant(lastMs + Math.floor(nanos / 1e6), nanos % 1e6, text);
}

function otherShape(time: TimeReader, text: string): EventTime | undefined {
  return time.iso(text.trim(), { zone: "UTC", source: "format-default" });
}
