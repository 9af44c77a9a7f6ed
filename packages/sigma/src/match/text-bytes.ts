import type { RecordedText } from "../event.ts";
import { foldAscii, narrowFolded } from "./recorded.ts";
import { memory, textsAt, textsEnd } from "./sieve/memory.ts";

/**
 * Texts of the event in hand, in small ASCII letters and side by side, for searches that read bytes. A record of a Windows
 * log fits; what does not is searched as a string. They stand where the search in WebAssembly finds them: places are addresses of
 * its memory, and after the texts there is room to read on a little.
 */
export const textBytes: Uint8Array = memory;
export const textView = new DataView(memory.buffer, memory.byteOffset, memory.length);
const recordedView = new DataView(memory.buffer, memory.byteOffset, textsEnd);

/** Where the first text is put. */
export const firstText = textsAt;

/** Puts a text at `from`; returns its end, or -1 when it is not plain ASCII, or has no room. */
export function putRecorded(text: RecordedText, from: number): number {
  return narrowFolded(text, recordedView, from);
}

export function putString(text: string, from: number): number {
  // The most bytes that UTF-8 can take: less room could cut a text to just the length of an ASCII one.
  if (from + 3 * text.length > textsEnd) return -1;
  const end = from + memory.write(text, from, "utf8");
  if (end !== from + text.length) return -1;
  foldAscii(textView, from, end);
  return end;
}

/** The text between two places, folded. */
export function stringAt(from: number, end: number): string {
  return memory.toString("latin1", from, end);
}
