import { createDecipheriv } from "node:crypto";
import { slice, u16, u32, u64 } from "../../bytes.ts";
import { digest, equalBytes, fit, spinHash, word32 } from "./keys.ts";
import type { Decryptor } from "./package.ts";

const spins = 50_000;

/** ECMA-376 standard encryption: AES in ECB mode with a key from SHA-1 ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9). */
export function standardDecryptor(info: Uint8Array): Decryptor | undefined {
  if (u16(info, 2) !== 2) return undefined;
  const headerBytes = u32(info, 8);
  const algorithm = u32(info, 12 + 8);
  const keyBits = u32(info, 12 + 16) || 128;
  if (![0x660e, 0x660f, 0x6610].includes(algorithm) || ![128, 192, 256].includes(keyBits)) return undefined;
  const at = 12 + headerBytes;
  const salt = slice(info, at + 4, at + 20);
  const verifier = slice(info, at + 20, at + 36);
  const verifierHash = slice(info, at + 40, at + 72);
  return (password, encrypted) => {
    const last = digest("sha1", spinHash("sha1", salt, password, spins), word32(0));
    const half = (filler: number) =>
      digest(
        "sha1",
        fit(last, 64, 0).map((byte, i) => (i < last.length ? byte : 0) ^ filler),
      );
    const key = fit(Buffer.concat([half(0x36), half(0x5c)]), keyBits / 8, 0);
    const decrypt = (bytes: Uint8Array) => aesEcb(key, bytes);
    const expected = decrypt(verifierHash).subarray(0, 20);
    if (!equalBytes(digest("sha1", decrypt(verifier)), expected)) return undefined;
    return slice(decrypt(encrypted.subarray(8)), 0, u64(encrypted, 0));
  };
}

function aesEcb(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const cipher = createDecipheriv(`aes-${key.length * 8}-ecb`, key, null);
  cipher.setAutoPadding(false);
  const whole = bytes.subarray(0, bytes.length & ~15);
  return new Uint8Array(Buffer.concat([cipher.update(whole), cipher.final()]));
}
