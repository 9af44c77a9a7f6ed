/** Encrypted workbooks of Excel 97-2003: RC4 in two forms ([MS-OFFCRYPTO] 2.3.5, 2.3.6; [MS-XLS] 2.2.10). */
import { concat, slice, u16, u32 } from "../../bytes.ts";
import { rc4 } from "../../crypto/rc4.ts";
import type { Part } from "../../part.ts";
import { biffRecords, recordType } from "../excel/records.ts";
import { digest, equalBytes, fit, passwordBytes, word32 } from "./keys.ts";

type BlockKey = (block: number) => Uint8Array;

/** Records that stay plain: FilePass, BOF, InterfaceHdr, UsrExcl, FileLock, RRDInfo, RRDHead. */
const plainRecords = new Set<number>([recordType.filePass, recordType.bof, 0xe1, 0x194, 0x195, 0x196, 0x138]);
const blockBytes = 1024;

/** The stream as it is, or decrypted with a known password; nothing when no password fits. */
export function decryptWorkbook(part: Part, stream: Uint8Array): Uint8Array | undefined {
  let filePass: Uint8Array | undefined;
  for (const { type, data, at } of biffRecords(stream)) {
    if (type === recordType.filePass) filePass = data;
    if (filePass !== undefined || at > 4096) break;
  }
  if (filePass === undefined) return stream;
  part.features.add("encrypted");
  for (const password of part.run.passwords) {
    const key = keyFor(filePass, password);
    if (key === undefined) continue;
    tellOpened(part, password);
    return decrypt(stream, key);
  }
  part.sign(
    "encrypted",
    u16(filePass, 0) === 0 ? "Excel 97-2003 with XOR obfuscation" : "Excel 97-2003 with RC4",
  );
  part.note("encrypted", "the workbook is encrypted and no known password opens it", true);
  return undefined;
}

/** Tells that a password opened the part, and which kind of password. */
export function tellOpened(part: Part, password: string): void {
  part.features.add("password-opened");
  part.details.password = password;
  if (password === "VelvetSweatshop") {
    part.features.add("default-password");
    part.sign("default-password", password);
  } else part.sign("encrypted", `opened with the password ${password}`);
}

function keyFor(filePass: Uint8Array, password: string): BlockKey | undefined {
  if (u16(filePass, 0) !== 1) return undefined;
  return u16(filePass, 2) === 1 ? basicKey(filePass, password) : cryptoApiKey(filePass, password);
}

/** [MS-OFFCRYPTO] 2.3.6.2: 40 bits of MD5. */
function basicKey(filePass: Uint8Array, password: string): BlockKey | undefined {
  const salt = slice(filePass, 6, 22);
  const first = digest("md5", passwordBytes(password)).subarray(0, 5);
  const base = digest("md5", ...Array.from({ length: 16 }, () => concat([first, salt]))).subarray(0, 5);
  const key: BlockKey = (block) => digest("md5", base, word32(block));
  const cipher = rc4(key(0));
  const verifier = cipher(slice(filePass, 22, 38));
  return equalBytes(digest("md5", verifier), cipher(slice(filePass, 38, 54))) ? key : undefined;
}

/** [MS-OFFCRYPTO] 2.3.5.2: SHA-1, key length as the header states. */
function cryptoApiKey(filePass: Uint8Array, password: string): BlockKey | undefined {
  const headerBytes = u32(filePass, 10);
  const keyBits = u32(filePass, 14 + 16) || 40;
  const at = 14 + headerBytes;
  const salt = slice(filePass, at + 4, at + 20);
  const base = digest("sha1", salt, passwordBytes(password));
  const keyBytes = Math.min(16, keyBits >> 3);
  const key: BlockKey = (block) => {
    const cut = digest("sha1", base, word32(block)).subarray(0, keyBytes);
    return keyBytes === 5 ? fit(cut, 16, 0) : cut;
  };
  if (keyBytes < 5) return undefined;
  const cipher = rc4(key(0));
  const verifier = cipher(slice(filePass, at + 20, at + 36));
  return equalBytes(digest("sha1", verifier), cipher(slice(filePass, at + 40, at + 60))) ? key : undefined;
}

/** Headers stay plain but use up the key stream; blocks of 1024 bytes have a key each. */
function decrypt(stream: Uint8Array, key: BlockKey): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < stream.length; at += blockBytes)
    blocks.push(rc4(key(at / blockBytes))(slice(stream, at, at + blockBytes)));
  const plain = concat(blocks);
  const out = stream.slice();
  for (const { type, at, data } of biffRecords(stream)) {
    if (plainRecords.has(type)) continue;
    // The position of a sheet stays plain, so that it can be found ([MS-XLS] 2.2.10).
    const skip = type === recordType.boundSheet ? 4 : 0;
    const from = at + 4 + Math.min(skip, data.length);
    out.set(plain.subarray(from, at + 4 + data.length), from);
  }
  return out;
}
