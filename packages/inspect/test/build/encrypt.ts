/** Encrypts documents as Office does ([MS-OFFCRYPTO]): workbooks by RC4, packages in the agile way. */
import { createCipheriv, createHash } from "node:crypto";
import { rc4 } from "../../src/crypto/rc4.ts";
import { bytes, le16, le32, pad, wide } from "./bytes.ts";
import { writeCfb } from "./cfb.ts";

const salt = new Uint8Array(16).fill(7);

function digest(algorithm: string, ...chunks: Uint8Array[]): Uint8Array {
  const hash = createHash(algorithm);
  for (const chunk of chunks) hash.update(chunk);
  return new Uint8Array(hash.digest());
}

/** The FilePass record of RC4 with the CryptoAPI, 128 bits (2.3.5), and what encrypts a stream that holds it. */
export function rc4Workbook(password: string): {
  filePass: Uint8Array;
  encrypt: (stream: Uint8Array) => Uint8Array;
} {
  const base = digest("sha1", salt, wide(password));
  const key = (block: number) => digest("sha1", base, le32(block)).subarray(0, 16);
  const verifier = new Uint8Array(16).fill(9);
  const cipher = rc4(key(0));
  const encryptedVerifier = cipher(verifier);
  const header = bytes(
    le32(4),
    le32(0),
    le32(0x6801),
    le32(0x8004),
    le32(128),
    le32(1),
    le32(0),
    le32(0),
    wide("Provider\0"),
  );
  const data = bytes(
    le16(1),
    le16(4),
    le16(2),
    le32(4),
    le32(header.length),
    header,
    le32(16),
    salt,
    encryptedVerifier,
    le32(20),
    cipher(digest("sha1", verifier)),
  );
  return {
    filePass: bytes(le16(0x2f), le16(data.length), data),
    encrypt(stream) {
      const blocks = Array.from({ length: Math.ceil(stream.length / 1024) }, (_, i) =>
        rc4(key(i))(new Uint8Array(1024)),
      );
      const pad = bytes(...blocks);
      const out = stream.slice();
      for (let at = 0; at + 4 <= stream.length; ) {
        const type = stream[at]! | (stream[at + 1]! << 8);
        const size = stream[at + 2]! | (stream[at + 3]! << 8);
        const from = at + 4 + (type === 0x85 ? 4 : 0);
        if (type !== 0x809 && type !== 0x2f)
          for (let i = from; i < at + 4 + size; i++) out[i] = stream[i]! ^ pad[i]!;
        at += 4 + size;
      }
      return out;
    },
  };
}

const spins = 1000;

/** A package encrypted with AES-256 and SHA-512 (2.3.4.10). */
export function agilePackage(plain: Uint8Array, password: string): Uint8Array {
  const hash = (...chunks: Uint8Array[]) => digest("sha512", ...chunks);
  const aes = (key: Uint8Array, iv: Uint8Array, content: Uint8Array) => {
    const cipher = createCipheriv("aes-256-cbc", key, iv);
    cipher.setAutoPadding(false);
    return new Uint8Array(Buffer.concat([cipher.update(content), cipher.final()]));
  };
  let base = hash(salt, wide(password));
  for (let i = 0; i < spins; i++) base = hash(le32(i), base);
  const own = (purpose: string, content: Uint8Array) =>
    aes(hash(base, Buffer.from(purpose, "hex")).subarray(0, 32), salt, content);
  const key = new Uint8Array(32).fill(5);
  const input = new Uint8Array(16).fill(3);
  const base64 = (content: Uint8Array) => Buffer.from(content).toString("base64");
  const segments: Uint8Array[] = [];
  for (let at = 0, i = 0; at < plain.length; at += 4096, i++)
    segments.push(aes(key, hash(salt, le32(i)).subarray(0, 16), pad(plain.slice(at, at + 4096), 16)));
  const common = `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${base64(salt)}"`;
  const info = `<encryption xmlns:p="p"><keyData ${common}/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="${spins}" ${common} encryptedVerifierHashInput="${base64(own("fea7d2763b4b9e79", input))}" encryptedVerifierHashValue="${base64(own("d7aa0f6d3061344e", hash(input)))}" encryptedKeyValue="${base64(own("146e0be7abacd0d6", key))}"/></keyEncryptor></keyEncryptors></encryption>`;
  return writeCfb({
    EncryptionInfo: bytes(le16(4), le16(4), le32(0x40), info),
    EncryptedPackage: bytes(le32(plain.length), le32(0), ...segments),
  });
}
