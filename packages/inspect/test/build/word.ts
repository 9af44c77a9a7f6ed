import { bytes, le16, le32 } from "./bytes.ts";

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
  const path = `C:\\Users\\a\\${name}\0`;
  const body = bytes(
    le16(2),
    `${name}\0`,
    path,
    le16(0),
    le16(3),
    le32(path.length),
    path,
    le32(content.length),
    content,
  );
  return bytes(le32(body.length), body);
}
