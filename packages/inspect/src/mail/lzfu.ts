/** Compressed RTF of Outlook ([MS-OXRTFCP]): a ring of 4096 bytes that begins with common words. */
import { u8, u16be, u32 } from "../bytes.ts";

const opening =
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const plainBytesMax = 32 * 2 ** 20;

export function decompressRtf(bytes: Uint8Array): Uint8Array {
  const plainSize = Math.min(u32(bytes, 4), plainBytesMax);
  if (u32(bytes, 8) === 0x414c454d) return bytes.subarray(16, 16 + plainSize);
  const ring = new Uint8Array(4096).fill(0x20);
  ring.set(Buffer.from(opening, "latin1"));
  let write = opening.length;
  const out = new Uint8Array(plainSize);
  let length = 0;
  const put = (byte: number) => {
    if (length < plainSize) out[length++] = byte;
    ring[write] = byte;
    write = (write + 1) & 4095;
  };
  for (let at = 16; at < bytes.length && length < plainSize; ) {
    const flags = u8(bytes, at++);
    for (let bit = 0; bit < 8 && at < bytes.length && length < plainSize; bit++) {
      if ((flags & (1 << bit)) === 0) {
        put(u8(bytes, at++));
        continue;
      }
      const token = u16be(bytes, at);
      at += 2;
      const from = token >> 4;
      // A reference to the place that is written next ends the data.
      if (from === write) return out.subarray(0, length);
      for (let i = 0; i < (token & 15) + 2; i++) put(ring[(from + i) & 4095]!);
    }
  }
  return out.subarray(0, length);
}
