/** Writes ZIP files with the library that reads them is no test: this writer knows only what APPNOTE.TXT says. */
import { crc32, deflateRawSync } from "node:zlib";
import { bytes, le16, le32 } from "./bytes.ts";

export function writeZip(members: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const [name, member] of Object.entries(members)) {
    const content = typeof member === "string" ? new Uint8Array(Buffer.from(member)) : member;
    const packed = new Uint8Array(deflateRawSync(content));
    const label = new Uint8Array(Buffer.from(name));
    const facts = bytes(
      le16(20),
      le16(0x0800),
      le16(8),
      le32(0x5a210000),
      le32(crc32(content)),
      le32(packed.length),
      le32(content.length),
      le16(label.length),
      le16(0),
    );
    const local = bytes("PK\x03\x04", facts, label, packed);
    central.push(bytes("PK\x01\x02", le16(20), facts, le16(0), le16(0), le16(0), le32(0), le32(at), label));
    locals.push(local);
    at += local.length;
  }
  const directory = bytes(...central);
  const count = le16(central.length);
  return bytes(
    ...locals,
    directory,
    bytes("PK\x05\x06", le16(0), le16(0), count, count, le32(directory.length), le32(at), le16(0)),
  );
}

/** An Office Open XML package: main part, declared by its content type, and further parts. */
export function writeOoxml(
  mainPart: string,
  contentType: string,
  parts: Readonly<Record<string, Uint8Array | string>>,
): Uint8Array {
  return writeZip({
    "[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${mainPart}" ContentType="application/vnd.${contentType}+xml"/></Types>`,
    "_rels/.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${mainPart}"/></Relationships>`,
    ...parts,
  });
}
