import { hasAt, indexOf, u8 } from "../../bytes.ts";

/**
 * Whether native data of the Equation Editor names a font longer than its buffer of 40 bytes, which overruns it
 * (CVE-2017-11882). MTEF version 3: a header of five bytes, then records; a FONT record is 8, typeface, style, name.
 */
export function hasLongFont(bytes: Uint8Array): boolean {
  // EQNOLEFILEHDR of 28 bytes comes first; hostile writers damage it, so the MTEF header is looked for.
  const start = hasAt(bytes, [0x1c, 0], 0) ? 28 : 0;
  for (const from of [start, Math.max(0, indexOf(bytes, "\x03\x01\x01\x03"))]) {
    const at = from + 5;
    for (let i = at; i < Math.min(at + 12, bytes.length); i++) {
      if (u8(bytes, i) !== 8 || u8(bytes, i + 2) > 4) continue;
      let length = 0;
      while (length < 64 && u8(bytes, i + 3 + length) !== 0 && i + 3 + length < bytes.length) length++;
      if (length > 40) return true;
    }
  }
  return false;
}
