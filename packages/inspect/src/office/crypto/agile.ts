import { createDecipheriv } from "node:crypto";
import { concat, latin1, slice, u64 } from "../../bytes.ts";
import { digest, equalBytes, fit, spinHash, word32 } from "./keys.ts";
import type { Decryptor } from "./package.ts";

const segmentBytes = 4096;
/** A count that takes a minute is an attack on the reader; Office writes 100,000. */
const spinsMax = 1_000_000;
const hashNames: Record<string, string> = {
  SHA1: "sha1",
  "SHA-1": "sha1",
  SHA256: "sha256",
  SHA384: "sha384",
  SHA512: "sha512",
};
/** [MS-OFFCRYPTO] 2.3.4.13: what a key is derived for. */
const purposes = {
  verifierInput: "fea7d2763b4b9e79",
  verifierHash: "d7aa0f6d3061344e",
  key: "146e0be7abacd0d6",
};

/** Agile encryption: AES in CBC mode by an XML descriptor ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15). */
export function agileDecryptor(info: Uint8Array): Decryptor | undefined {
  const xml = latin1(info, 8, 65_536);
  const data = attributes(xml, "keyData");
  const own = attributes(xml, "(?:\\w+:)?encryptedKey");
  const hash = hashNames[own.hashAlgorithm ?? ""];
  const dataHash = hashNames[data.hashAlgorithm ?? ""];
  const spins = Number(own.spinCount);
  const keyBytes = Number(own.keyBits) / 8;
  if (hash === undefined || dataHash === undefined || !(spins >= 0 && spins <= spinsMax)) return undefined;
  if (
    ![16, 24, 32].includes(keyBytes) ||
    own.cipherAlgorithm !== "AES" ||
    own.cipherChaining !== "ChainingModeCBC"
  )
    return undefined;
  const salt = base64(own.saltValue);
  const dataSalt = base64(data.saltValue);
  if (salt.length === 0 || dataSalt.length === 0) return undefined;
  return (password, encrypted) => {
    const base = spinHash(hash, salt, password, spins);
    const open = (purpose: string, value: string | undefined) => {
      const key = fit(digest(hash, base, new Uint8Array(Buffer.from(purpose, "hex"))), keyBytes, 0x36);
      return aesCbc(key, fit(salt, 16, 0x36), base64(value));
    };
    const input = open(purposes.verifierInput, own.encryptedVerifierHashInput).subarray(0, salt.length);
    const expected = digest(hash, input);
    if (
      !equalBytes(
        open(purposes.verifierHash, own.encryptedVerifierHashValue).subarray(0, expected.length),
        expected,
      )
    )
      return undefined;
    const key = open(purposes.key, own.encryptedKeyValue).subarray(0, keyBytes);
    return decryptSegments(encrypted, key, (i) => fit(digest(dataHash, dataSalt, word32(i)), 16, 0x36));
  };
}

function decryptSegments(
  encrypted: Uint8Array,
  key: Uint8Array,
  ivOf: (segment: number) => Uint8Array,
): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let at = 8, i = 0; at < encrypted.length; at += segmentBytes, i++)
    chunks.push(aesCbc(key, ivOf(i), slice(encrypted, at, at + segmentBytes)));
  return slice(concat(chunks), 0, u64(encrypted, 0));
}

function aesCbc(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv);
  cipher.setAutoPadding(false);
  const whole = bytes.subarray(0, bytes.length & ~15);
  return new Uint8Array(Buffer.concat([cipher.update(whole), cipher.final()]));
}

function attributes(xml: string, element: string): Record<string, string> {
  const tag = new RegExp(`<${element}\\b([^>]*)>`).exec(xml)?.[1] ?? "";
  return Object.fromEntries(
    [...tag.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
  );
}

function base64(text: string | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(text ?? "", "base64"));
}
