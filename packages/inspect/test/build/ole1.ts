import { bytes, le16, le32 } from "./bytes.ts";

/** An OLE 1 object ([MS-OLEDS] 2.2.5) as hexadecimal. */
export function ole1(name: string, data: Uint8Array, topic = "", kind = 2): string {
  const text = (value: string) => (value === "" ? le32(0) : bytes(le32(value.length + 1), value, 0));
  const body = bytes(le32(0x501), le32(kind), text(name), text(topic), text(""), le32(data.length), data);
  return Buffer.from(body).toString("hex");
}

/** The stream of a packaged file: its name, where it came from, its content. */
export function packaged(name: string, content: Uint8Array, folder = "C:\\"): Uint8Array {
  const path = `${folder}${name}\0`;
  return bytes(
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
}
