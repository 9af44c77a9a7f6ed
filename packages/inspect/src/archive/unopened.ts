/** Archives that are named but not unpacked; what their headers say in plain is told. */
import { hasAt, latin1, slice, u8, u16, u32, u64 } from "../bytes.ts";
import { extensionOf, runningExtensions } from "../identify/types.ts";
import type { Part } from "../part.ts";

const namesMax = 2000;

export function examineUnopened(part: Part, kind: string): void {
  const names = kind === "rar" ? rarNames(part) : [];
  if (names.length > 0) part.details.members = names;
  const running = names.filter((name) => runningExtensions.has(extensionOf(name)));
  if (running.length > 0) part.sign("archive-executable", running.slice(0, 5).join(", "));
  const lure = running.find((name) => /\.(?:lnk|js|jse|vbs|vbe|wsf|hta|scr|url)$/i.test(name));
  if (lure !== undefined && names.length <= 4) part.sign("archive-lure-single", lure);
  part.note(
    "unsupported",
    `${kind} is recognised and not unpacked here; unpack it and examine the content`,
    true,
  );
}

function rarNames(part: Part): string[] {
  return hasAt(part.bytes, [0x52, 0x61, 0x72, 0x21, 0x1a, 7, 1]) ? rar5Names(part) : rar4Names(part);
}

/** RAR 4: blocks of CRC, type, flags and size; a file's block (0x74) states the packed size and the name. */
function rar4Names(part: Part): string[] {
  const { bytes } = part;
  const names: string[] = [];
  for (let at = 7; at + 7 <= bytes.length && names.length < namesMax; ) {
    const type = u8(bytes, at + 2);
    const flags = u16(bytes, at + 3);
    const size = u16(bytes, at + 5);
    if (size < 7) break;
    if (type === 0x73 && (flags & 0x80) !== 0) tellEncrypted(part, "the names too");
    if (type === 0x74) {
      const isLarge = (flags & 0x100) !== 0;
      const nameAt = at + 32 + (isLarge ? 8 : 0);
      names.push(latin1(bytes, nameAt, nameAt + u16(bytes, at + 26)).split("\0", 1)[0]!);
      if (flags & 4) tellEncrypted(part, names.at(-1)!);
    }
    const packed = (flags & 0x8000) !== 0 ? u32(bytes, at + 7) : 0;
    at += size + packed;
  }
  return names;
}

/** RAR 5: numbers of seven bits a byte; a file's header is kind 2, encryption of the headers kind 4. */
function rar5Names(part: Part): string[] {
  const { bytes } = part;
  const names: string[] = [];
  let at = 8;
  const number = () => {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      const byte = u8(bytes, at++);
      value += (byte & 0x7f) * 2 ** (7 * i);
      if ((byte & 0x80) === 0) break;
    }
    return value;
  };
  while (at + 7 <= bytes.length && names.length < namesMax) {
    at += 4;
    const size = number();
    const start = at;
    const kind = number();
    const flags = number();
    const extra = flags & 1 ? number() : 0;
    const data = flags & 2 ? number() : 0;
    if (kind === 4) {
      tellEncrypted(part, "the names too");
      break;
    }
    if (kind === 2) {
      const fileFlags = number();
      number();
      number();
      if (fileFlags & 2) at += 4;
      if (fileFlags & 4) at += 4;
      number();
      number();
      const length = number();
      names.push(Buffer.from(slice(bytes, at, at + length)).toString("utf8"));
      if (extra > 0 && hasEncryption(bytes, start + size - extra, start + size))
        tellEncrypted(part, names.at(-1)!);
    }
    if (kind === 5 || size === 0) break;
    at = start + size + data;
  }
  return names;
}

/** A record of kind 1 in a file's extra area is its encryption. */
function hasEncryption(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const size = u8(bytes, at);
    if (u8(bytes, at + 1) === 1) return true;
    at += size + 1;
  }
  return false;
}

function tellEncrypted(part: Part, name: string): void {
  part.features.add("encrypted");
  part.sign("archive-encrypted", name);
}

/** 7-Zip: the header at the end is packed itself; what is told is whether the file is whole. */
export function examine7z(part: Part): void {
  const end = 32 + u64(part.bytes, 12) + u64(part.bytes, 20);
  if (end > part.bytes.length) part.note("damaged", `the archive is cut off: it needs ${end} bytes`, true);
  examineUnopened(part, "7z");
}
