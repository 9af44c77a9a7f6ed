/** Archives and images of one file each. */
import { deflateRawSync } from "node:zlib";
import { bytes, guid, le16, le32, pad } from "./bytes.ts";

export function tar(name: string, content: string): Uint8Array {
  const header = bytes(
    name.padEnd(100, "\0"),
    "0000644\0",
    "0000000\0".repeat(2),
    `${content.length.toString(8).padStart(11, "0")}\0`,
    "00000000000\0",
    "        ",
    "0",
    "\0".repeat(100),
    "ustar\0",
    "00",
    "\0".repeat(247),
  );
  return bytes(header, pad(bytes(content), 512), new Uint8Array(1024));
}

/** An image with one file in its root, named by ISO 9660. */
export function iso(name: string, content: string): Uint8Array {
  const record = (label: string | number, sector: number, size: number, flags: number) => {
    const text = typeof label === "number" ? bytes(label) : bytes(label);
    const length = 33 + text.length + ((33 + text.length) % 2);
    return pad(
      bytes(
        length,
        0,
        le32(sector),
        new Uint8Array(4),
        le32(size),
        new Uint8Array(4),
        new Uint8Array(7),
        flags,
        0,
        0,
        le32(0),
        text.length,
        text,
      ),
      2,
    ).slice(0, length);
  };
  const volume = bytes(1, "CD001", 1, new Uint8Array(149), record(0, 18, 2048, 2));
  const end = bytes(255, "CD001", 1);
  const root = bytes(
    record(0, 18, 2048, 2),
    record(1, 18, 2048, 2),
    record(`${name};1`, 19, content.length, 0),
  );
  return bytes(
    new Uint8Array(16 * 2048),
    pad(volume, 2048),
    pad(end, 2048),
    pad(root, 2048),
    pad(bytes(content), 2048),
  );
}

export function cab(name: string, content: string): Uint8Array {
  const data = bytes("CK", new Uint8Array(deflateRawSync(content)));
  const file = bytes(le32(content.length), le32(0), le16(0), le16(0), le16(0), le16(0x20), name, 0);
  const dataAt = 36 + 8 + file.length;
  const total = dataAt + 8 + data.length;
  return bytes(
    "MSCF",
    le32(0),
    le32(total),
    le32(0),
    le32(44),
    le32(0),
    [3, 1],
    le16(1),
    le16(1),
    le16(0),
    le16(0),
    le16(0),
    bytes(le32(dataAt), le16(1), le16(1)),
    file,
    bytes(le32(0), le16(data.length), le16(content.length)),
    data,
  );
}

export function oneNote(content: string): Uint8Array {
  return bytes(
    guid("7b5c52e4-d88c-4da7-aeb1-5378d02996d3"),
    new Uint8Array(200),
    guid("bde316e7-2665-4511-a4c4-8d4d0b7a9eac"),
    le32(content.length),
    le32(0),
    new Uint8Array(12),
    content,
    new Uint8Array(64),
  );
}
