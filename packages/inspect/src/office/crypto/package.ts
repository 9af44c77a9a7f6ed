/** Encrypted Office Open XML: a compound file with EncryptionInfo and EncryptedPackage ([MS-OFFCRYPTO] 2.3.4). */
import { u16 } from "../../bytes.ts";
import type { Part } from "../../part.ts";
import type { Storage } from "../storage.ts";
import { agileDecryptor } from "./agile.ts";
import { tellOpened } from "./biff.ts";
import { standardDecryptor } from "./standard.ts";

/** Gives the package for a password, nothing when the password does not fit. */
export type Decryptor = (password: string, encrypted: Uint8Array) => Uint8Array | undefined;

export async function examineEncryptedPackage(part: Part, root: Storage): Promise<void> {
  part.features.add("encrypted");
  const info = root.readPath("EncryptionInfo") ?? new Uint8Array();
  const encrypted = root.readPath("EncryptedPackage") ?? new Uint8Array();
  const isAgile = u16(info, 0) === 4 && u16(info, 2) === 4;
  part.details.encryption = isAgile ? "agile" : `standard ${u16(info, 0)}.${u16(info, 2)}`;
  const decryptor = isAgile ? agileDecryptor(info) : standardDecryptor(info);
  for (const password of decryptor === undefined ? [] : part.run.passwords) {
    part.run.budget.check();
    const plain = decryptor!(password, encrypted);
    if (plain === undefined) continue;
    tellOpened(part, password);
    await part.child("decrypted package", plain, { kind: "embedded" });
    return;
  }
  part.sign("encrypted", `Office document, ${part.details.encryption} encryption`);
  part.note(
    "encrypted",
    decryptor === undefined
      ? "the document is encrypted in a way that is not opened here"
      : "the document is encrypted and no known password opens it; give it with --password",
    true,
  );
}
