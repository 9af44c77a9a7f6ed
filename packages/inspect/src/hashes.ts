import { createHash } from "node:crypto";
import type { Hashes } from "./result.ts";
import { tlshOf } from "./tlsh.ts";

/** Bytes above which no TLSH is made: it is for likeness of documents and programs, and slow beside SHA-256. */
const tlshBytesMax = 64 * 2 ** 20;

export function hashesOf(bytes: Uint8Array): Hashes {
  const digest = (name: string) => createHash(name).update(bytes).digest("hex");
  const tlsh = bytes.length <= tlshBytesMax ? tlshOf(bytes) : undefined;
  return {
    md5: digest("md5"),
    sha1: digest("sha1"),
    sha256: digest("sha256"),
    ...(tlsh !== undefined && { tlsh }),
  };
}
