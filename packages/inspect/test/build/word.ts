import { bytes, le16, le32 } from "./bytes.ts";
import { packaged } from "./ole1.ts";

/** The least that Word 97-2003 writes: a text of one piece, in the stream 0Table. */
export function wordStreams(text: string): Record<string, Uint8Array> {
  const clx = bytes(
    2,
    le32(16),
    le32(0),
    le32(text.length),
    le16(0),
    le32((0x400 * 2) | 0x40000000),
    le16(0),
  );
  const head = new Uint8Array(0x400);
  head.set(bytes(le16(0xa5ec), le16(0xc1)), 0);
  head.set(bytes(le32(0), le32(clx.length)), 0x01a2);
  return { WordDocument: bytes(head, text), "0Table": clx };
}

export function packagedFile(name: string, content: Uint8Array): Uint8Array {
  const body = packaged(name, content, "C:\\Users\\a\\");
  return bytes(le32(body.length), body);
}
