/** Ways to disfigure a file, each drawn from a seed: what a disk, a transfer or an attacker does to a log. */

export type Mutation = (bytes: Uint8Array, random: () => number, others: readonly Uint8Array[]) => Uint8Array;

/** Numbers from 0 to 1 that the seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed from a name and a number: each case of a table has its own. */
export function seedOf(name: string, seed: number): number {
  let hash = seed | 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const longLineChars = 1_000_000;
const deepLevels = 20_000;
/** Signs that parsers look for: a million of one is where a pattern that is not linear shows. */
const signs = [
  "a",
  '"',
  ",",
  "{",
  "[",
  "<",
  " ",
  "=",
  "a=b ",
  "\\",
  "1.",
  "(",
  "/",
  "-",
  ":",
  "|",
  "\t",
  "->",
];

const text = (value: string) => new TextEncoder().encode(value);
const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const below = (random: () => number, end: number) => Math.floor(random() * end);

function insert(bytes: Uint8Array, random: () => number, part: Uint8Array): Uint8Array {
  const at = below(random, bytes.length + 1);
  return join(bytes.subarray(0, at), part, bytes.subarray(at));
}

function utf16(bytes: Uint8Array): Buffer {
  return Buffer.from(`\ufeff${Buffer.from(bytes).toString("utf8")}`, "utf16le");
}

function latin1Lines(bytes: Uint8Array, change: (lines: string[]) => string[]): Uint8Array {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  return Uint8Array.from(Buffer.from(change(lines).join("\n"), "latin1"));
}

export const mutations: Readonly<Record<string, Mutation>> = {
  "cut short": (bytes, random) => bytes.slice(0, below(random, bytes.length)),
  "cut at the start": (bytes, random) => bytes.slice(below(random, bytes.length)),
  "flipped bits": (bytes, random) => {
    const out = bytes.slice();
    for (let i = 0; i < 1 + out.length / 200; i++) out[below(random, out.length)]! ^= 1 << below(random, 8);
    return out;
  },
  "another file in the middle": (bytes, random, others) => {
    const other = others[below(random, others.length)]!;
    const from = below(random, other.length);
    return insert(bytes, random, other.subarray(from, from + 4000));
  },
  "reversed order": (bytes) => latin1Lines(bytes, (lines) => lines.reverse()),
  "twice in one file": (bytes) => join(bytes, bytes),
  "a line of a million characters": (bytes, random) => {
    const sign = signs[below(random, signs.length)]!;
    return insert(bytes, random, text(sign.repeat(longLineChars / sign.length)));
  },
  "deep nesting": (bytes, random) => insert(bytes, random, text('[{"a":'.repeat(deepLevels))),
  "NULs in the middle": (bytes, random) => insert(bytes, random, new Uint8Array(300)),
  "binary in the middle": (bytes, random) =>
    insert(
      bytes,
      random,
      Uint8Array.from({ length: 5000 }, () => below(random, 256)),
    ),
  "UTF-16LE": (bytes) => Uint8Array.from(utf16(bytes)),
  "UTF-16BE": (bytes) => Uint8Array.from(utf16(bytes).swap16()),
  "not UTF-8": (bytes, random) => insert(bytes, random, Uint8Array.of(0xe9, 0xe8, 0x20, 0xfc)),
  "CR LF": (bytes) => latin1Lines(bytes, (lines) => lines.map((line) => `${line.replace(/\r$/, "")}\r`)),
};
