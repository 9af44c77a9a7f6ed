import { createHash } from "node:crypto";
import { concat } from "../../bytes.ts";

export function digest(algorithm: string, ...chunks: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(algorithm);
  for (const chunk of chunks) hash.update(chunk);
  return new Uint8Array(hash.digest());
}

export function passwordBytes(password: string): Uint8Array {
  return new Uint8Array(Buffer.from(password, "utf16le"));
}

export function word32(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Cut, or filled up, to a length. */
export function fit(bytes: Uint8Array, length: number, filler: number): Uint8Array {
  if (bytes.length >= length) return bytes.subarray(0, length);
  return concat([bytes, new Uint8Array(length - bytes.length).fill(filler)]);
}

/** [MS-OFFCRYPTO] 2.3.4.7, 2.3.4.11: the password's hash, hashed again with a counter. */
export function spinHash(algorithm: string, salt: Uint8Array, password: string, spins: number): Uint8Array {
  let hash = createHash(algorithm).update(salt).update(passwordBytes(password)).digest();
  const buffer = Buffer.alloc(4 + hash.length);
  for (let i = 0; i < spins; i++) {
    buffer.writeUInt32LE(i, 0);
    hash.copy(buffer, 4);
    hash = createHash(algorithm).update(buffer).digest();
  }
  return new Uint8Array(hash);
}
