import { isUtf8 } from "node:buffer";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "binary";

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte-order mark, 0 when there is none. */
  readonly bomLength: number;
}

/** Finds the encoding of a text file from its first bytes: mark first, then the pattern of NULs, then validity. */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "utf-8", bomLength: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", bomLength: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", bomLength: 2 };
  const sample = bytes.subarray(0, 4096);
  let nulEven = 0;
  let nulOdd = 0;
  let controls = 0;
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i]!;
    if (byte === 0) {
      if (i % 2 === 0) nulEven++;
      else nulOdd++;
    } else if (byte < 9 || (byte > 13 && byte < 27)) controls++;
  }
  const half = sample.length / 2;
  if (half >= 8 && nulOdd > half * 0.6 && nulEven < half * 0.1) return { encoding: "utf-16le", bomLength: 0 };
  if (half >= 8 && nulEven > half * 0.6 && nulOdd < half * 0.1) return { encoding: "utf-16be", bomLength: 0 };
  if (isBinary(sample.length, nulEven + nulOdd, controls)) return { encoding: "binary", bomLength: 0 };
  // The head may be cut inside a character: up to three bytes of the tail are not held against it.
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++) {
    if (isUtf8(bytes.subarray(0, bytes.length - cut))) return { encoding: "utf-8", bomLength: 0 };
  }
  return { encoding: "windows-1252", bomLength: 0 };
}

/** A crash leaves runs of NULs in a text log: many are borne where next to no other control character is. */
function isBinary(length: number, nuls: number, controls: number): boolean {
  return nuls > length * (controls > length * 0.01 ? 0.05 : 0.3) || controls > length * 0.1;
}

const decoders = new Map<Encoding, InstanceType<typeof TextDecoder>>();

/** Decodes bytes; what is invalid becomes U+FFFD (the evidence keeps the bytes). */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "binary")
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  let decoder = decoders.get(encoding);
  if (!decoder) {
    decoder = new TextDecoder(encoding, { ignoreBOM: true });
    decoders.set(encoding, decoder);
  }
  return decoder.decode(bytes);
}
