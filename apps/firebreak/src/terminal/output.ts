import { writeSync } from "node:fs";

const flushChars = 1 << 16;
let pending = "";

/** Set when nobody reads stdout any more ("| head"): the command may stop early, and that is no fault. */
export class ClosedOutputError extends Error {}

/** Buffers text for stdout. Call `flushOutput` before the process ends. */
export function print(text: string): void {
  pending += text;
  if (pending.length >= flushChars) flushOutput();
}

export function flushOutput(): void {
  const bytes = Buffer.from(pending);
  pending = "";
  writeOutput(bytes);
}

/** Bytes for stdout, now: for callers that keep a buffer of their own and use no `print`. */
export function writeOutput(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") throw new ClosedOutputError();
      if (code !== "EAGAIN") throw error;
      // The reader is slow: wait a little instead of spinning.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Makes text from evidence harmless on a terminal: no escape, no override of direction. */
export function inert(text: string): string {
  return text.replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

let isBarShown = false;

/** A line on stderr that the next message or bar takes the place of. For terminals. */
export function drawBar(line: string): void {
  process.stderr.write(`\r\u001b[K${line}`);
  isBarShown = true;
}

export function clearBar(): void {
  if (isBarShown) process.stderr.write("\r\u001b[K");
  isBarShown = false;
}

/** A message for the person, on stderr. */
export function say(text: string): void {
  clearBar();
  process.stderr.write(`${inert(text)}\n`);
}
