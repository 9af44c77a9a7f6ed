import { Buffer } from "node:buffer";
import type { RecordedText } from "../event.ts";
import { foldAscii, narrowFolded } from "./recorded.ts";

/**
 * Texts of the event in hand, in small ASCII letters and side by side, for searches that read bytes. A record of a Windows
 * log fits; what does not is searched as a string.
 */
const size = 1 << 18;
/** Reading four bytes at the last one must not leave the buffer. */
const slack = 8;
const buffer = Buffer.alloc(size + slack);
export const textBytes: Uint8Array = buffer;
export const textView = new DataView(buffer.buffer, buffer.byteOffset, size + slack);
const recordedView = new DataView(buffer.buffer, buffer.byteOffset, size);

/** Puts a text at `from`; returns its end, or -1 when it is not plain ASCII, or has no room. */
export function putRecorded(text: RecordedText, from: number): number {
  return narrowFolded(text, recordedView, from);
}

export function putString(text: string, from: number): number {
  // The most bytes that UTF-8 can take: less room could cut a text to just the length of an ASCII one.
  if (from + 3 * text.length > size) return -1;
  const end = from + buffer.write(text, from, "utf8");
  if (end !== from + text.length) return -1;
  foldAscii(textView, from, end);
  return end;
}

/** The text between two places, folded. */
export function stringAt(from: number, end: number): string {
  return buffer.toString("latin1", from, end);
}
