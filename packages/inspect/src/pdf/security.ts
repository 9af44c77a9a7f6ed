/** The standard security handler of PDF (ISO 32000-1, 7.6; ISO 32000-2 for revision 6): RC4 and AES, by a user's password. */
import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { concat, fromLatin1, latin1 } from "../bytes.ts";
import { rc4 } from "../crypto/rc4.ts";
import type { PdfDictionary, PdfValue } from "./values.ts";

export type Decrypt = (content: Uint8Array, object: number, generation: number) => Uint8Array;

/** What the Encrypt dictionary says, its references resolved by the caller. */
export interface PdfSecurity {
  readonly dictionary: PdfDictionary;
  /** First part of the file's identifier. */
  readonly id: Uint8Array;
}

const padding = Uint8Array.from(
  Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex"),
);

function digest(algorithm: string, ...chunks: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(algorithm);
  for (const chunk of chunks) hash.update(chunk);
  return new Uint8Array(hash.digest());
}

/** Gives what decrypts texts and streams, or nothing when the password does not fit or the handler is another one. */
export function openSecurity(
  { dictionary, id }: PdfSecurity,
  password: string,
): { texts: Decrypt; streams: Decrypt } | undefined {
  const { entries } = dictionary;
  const number = (key: string, otherwise: number) => {
    const value = entries.get(key);
    return value?.kind === "number" ? value.value : otherwise;
  };
  const version = number("V", 0);
  const revision = number("R", 0);
  if (
    name(entries.get("Filter")) !== "Standard" ||
    version < 1 ||
    version > 5 ||
    revision < 2 ||
    revision > 6
  )
    return undefined;
  const text = (key: string) => bytesOf(entries.get(key));
  const secret = Buffer.from(password, revision >= 5 ? "utf8" : "latin1");
  const key =
    revision >= 5
      ? longKey(secret, { user: text("U"), userKey: text("UE"), revision })
      : shortKey(secret, {
          owner: text("O"),
          user: text("U"),
          permissions: number("P", 0),
          id,
          revision,
          keyBytes:
            revision === 2 || version === 1
              ? 5
              : Math.min(16, Math.max(5, number("Length", version === 4 ? 128 : 40) >> 3)),
          hasPlainMetadata: keyword(entries.get("EncryptMetadata")) === "false",
        });
  if (key === undefined) return undefined;
  const method = (use: string) => (version >= 4 ? filterMethod(dictionary, use) : "V2");
  return { texts: decryptor(key, method("StrF")), streams: decryptor(key, method("StmF")) };
}

function name(value: PdfValue | undefined): string {
  return value?.kind === "name" ? value.name : "";
}

function keyword(value: PdfValue | undefined): string {
  return value?.kind === "keyword" ? value.word : "";
}

function bytesOf(value: PdfValue | undefined): Uint8Array {
  return value?.kind === "text" ? fromLatin1(value.raw) : new Uint8Array();
}

/** 7.6.5: a named filter, and its method. */
function filterMethod({ entries }: PdfDictionary, use: string): string {
  const filters = entries.get("CF");
  const own =
    filters?.kind === "dictionary" ? filters.entries.get(name(entries.get(use)) || "Identity") : undefined;
  return own?.kind === "dictionary" ? name(own.entries.get("CFM")) : "None";
}

interface ShortKeyFacts {
  owner: Uint8Array;
  user: Uint8Array;
  permissions: number;
  id: Uint8Array;
  revision: number;
  keyBytes: number;
  hasPlainMetadata: boolean;
}

/** Algorithms 2, 4 and 5 of 7.6.3. */
function shortKey(password: Uint8Array, facts: ShortKeyFacts): Uint8Array | undefined {
  const { owner, user, permissions, id, revision, keyBytes, hasPlainMetadata } = facts;
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions | 0);
  const extra = revision >= 4 && hasPlainMetadata ? Uint8Array.of(255, 255, 255, 255) : new Uint8Array();
  let key = digest(
    "md5",
    concat([password, padding]).subarray(0, 32),
    owner.subarray(0, 32),
    flags,
    id,
    extra,
  );
  for (let i = 0; revision >= 3 && i < 50; i++) key = digest("md5", key.subarray(0, keyBytes));
  key = key.subarray(0, keyBytes);
  if (revision === 2) return sameStart(rc4(key)(padding), user, 32) ? key : undefined;
  let check = rc4(key)(digest("md5", padding, id));
  for (let i = 1; i < 20; i++) check = rc4(key.map((byte) => byte ^ i))(check);
  return sameStart(check, user, 16) ? key : undefined;
}

function sameStart(a: Uint8Array, b: Uint8Array, length: number): boolean {
  return b.length >= length && latin1(a, 0, length) === latin1(b, 0, length);
}

/** Algorithm 2.A: 32 bytes of hash, 8 to validate, 8 for the key. */
function longKey(
  password: Uint8Array,
  facts: { user: Uint8Array; userKey: Uint8Array; revision: number },
): Uint8Array | undefined {
  const { user, userKey, revision } = facts;
  if (user.length < 48 || userKey.length < 32) return undefined;
  const hash = (salt: Uint8Array) =>
    revision === 5 ? digest("sha256", password, salt) : longHash(password, salt);
  if (!sameStart(hash(user.subarray(32, 40)), user, 32)) return undefined;
  return aes(hash(user.subarray(40, 48)), new Uint8Array(16), userKey.subarray(0, 32), false);
}

/** Algorithm 2.B: at least 64 rounds, ended by the last byte. */
function longHash(password: Uint8Array, salt: Uint8Array): Uint8Array {
  let key = digest("sha256", password, salt);
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const block = concat(Array.from({ length: 64 }, () => concat([password, key])));
    const cipher = createCipheriv("aes-128-cbc", key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const encrypted = new Uint8Array(Buffer.concat([cipher.update(block), cipher.final()]));
    const sum = encrypted.subarray(0, 16).reduce((total, byte) => total + byte, 0);
    key = digest(["sha256", "sha384", "sha512"][sum % 3]!, encrypted);
    last = encrypted.at(-1)!;
  }
  return key.subarray(0, 32);
}

function aes(key: Uint8Array, iv: Uint8Array, content: Uint8Array, hasPadding: boolean): Uint8Array {
  const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv);
  cipher.setAutoPadding(false);
  const plain = new Uint8Array(
    Buffer.concat([cipher.update(content.subarray(0, content.length & ~15)), cipher.final()]),
  );
  const filler = hasPadding ? (plain.at(-1) ?? 0) : 0;
  return filler >= 1 && filler <= 16 ? plain.subarray(0, plain.length - filler) : plain;
}

/** Algorithm 1: the file's key and the object's numbers, but for AES-256, which has one key for all. */
function decryptor(key: Uint8Array, method: string): Decrypt {
  if (method !== "V2" && method !== "AESV2" && method !== "AESV3") return (content) => content;
  return (content, object, generation) => {
    if (method === "AESV3")
      return content.length < 32
        ? new Uint8Array()
        : aes(key, content.subarray(0, 16), content.subarray(16), true);
    const place = Uint8Array.of(
      object & 255,
      (object >> 8) & 255,
      (object >> 16) & 255,
      generation & 255,
      (generation >> 8) & 255,
    );
    const salt = method === "AESV2" ? fromLatin1("sAlT") : new Uint8Array();
    const own = digest("md5", key, place, salt).subarray(0, Math.min(16, key.length + 5));
    if (method === "V2") return rc4(own)(content);
    return content.length < 32
      ? new Uint8Array()
      : aes(own, content.subarray(0, 16), content.subarray(16), true);
  };
}
