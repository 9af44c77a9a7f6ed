/** Addresses inside serialised monikers ([MS-OSHARED] 2.3.7): of hyperlinks and of linked OLE objects. */
import { cString, hex, indexOf, u32, wideString } from "../../bytes.ts";

const urlMoniker = guidBytes("79eac9e0-baf9-11ce-8c82-00aa004ba90b");
const fileMoniker = guidBytes("00000303-0000-0000-c000-000000000046");

/** First address that a moniker in these bytes names. */
export function monikerUrl(bytes: Uint8Array): string | undefined {
  const url = indexOf(bytes, urlMoniker);
  if (url >= 0) {
    const size = u32(bytes, url + 16);
    const text = wideString(bytes, url + 20, Math.min(size, 8192));
    if (text !== "") return text;
  }
  const file = indexOf(bytes, fileMoniker);
  if (file < 0) return undefined;
  const size = u32(bytes, file + 18);
  if (size > 4096) return undefined;
  const short = cString(bytes, file + 22, size);
  // The long path, in UTF-16, follows 24 bytes of version and reserved words.
  const at = file + 22 + size + 24;
  const longBytes = u32(bytes, at + 4);
  const long = u32(bytes, at) > 0 && longBytes <= 8192 ? wideString(bytes, at + 10, longBytes) : "";
  return long === "" ? short || undefined : long;
}

function guidBytes(text: string): Uint8Array {
  const [a, b, c, d, e] = text.split("-") as [string, string, string, string, string];
  const swap = (part: string) => part.match(/../g)!.reverse().join("");
  return new Uint8Array(Buffer.from(swap(a) + swap(b) + swap(c) + d + e, "hex"));
}

/** "e0c9ea79…" of a GUID, as it stands in bytes. */
export function guidHex(text: string): string {
  return hex(guidBytes(text));
}
