import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import type { ZoneHint } from "@firebreak/model/format";
import { isKnownZone } from "@firebreak/parsers/time/zone";
import { reasonOf } from "../evidence/reason.ts";
import { isDiskFull } from "./disk-full.ts";

export class InputError extends Error {
  readonly code = "input";
}

const maxInputBytes = 16 << 20;

/** Reads a small file that the user named in an option. */
export function readInput(option: string, file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new InputError(`${option} ${file}: ${reasonOf(error)}`);
  }
  if (bytes.length > maxInputBytes)
    throw new InputError(`${option} ${file}: larger than ${maxInputBytes >> 20} MiB`);
  return bytes.toString("utf8").replace(/^﻿/, "");
}

/** Holds that a path that the user named is a file there is. Throws `InputError` in the user's words. */
export function requireFile(file: string): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(file).isDirectory();
  } catch (error) {
    throw new InputError(`${file}: ${reasonOf(error)}`);
  }
  if (isFolder) throw new InputError(`${file}: a folder. Name a file in it.`);
}

/**
 * Holds what an investigation needs of its paths before anything is written: some of the evidence is there, and the case
 * does not lie in it, for evidence is never written to.
 */
export function requirePlaces(paths: readonly string[], dir: string): void {
  if (!paths.some((path) => existsSync(path)))
    throw new InputError(`${paths.join(", ")}: no such file or folder. Give the evidence's path.`);
  const within = paths.find((path) => `${resolve(dir)}${sep}`.startsWith(`${resolve(path)}${sep}`));
  if (within !== undefined)
    throw new InputError(
      `--case ${dir}: lies in the evidence ${within}, which is never written to. Give a folder outside of it.`,
    );
}

/**
 * Makes a folder that the user named in an option, with those above it. Throws `InputError` where none can be, and the
 * error of `node:fs` on a full disk.
 */
export function makeFolder(option: string, dir: string): void {
  try {
    makeMissing(resolve(dir));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (isDiskFull(error)) throw error;
    const reason = notMade[code] ?? `it cannot be made (${code})`;
    throw new InputError(`${option} ${dir}: ${reason}. Give a folder that can be written.`);
  }
}

const notMade: Readonly<Record<string, string>> = {
  EEXIST: "a file has its name, or that of a folder above it",
  ENOTDIR: "a file has its name, or that of a folder above it",
  EACCES: "no permission to write there",
  EPERM: "no permission to write there",
  EROFS: "nothing can be written there",
};

/** One folder after the other: below a file system that takes none, mkdir's own `recursive` never ends. */
function makeMissing(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  makeMissing(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(path) || !statSync(path).isDirectory()) throw error;
  }
}

/** A zone that the user set. `where` names the option or file in the error. */
export function zoneSetting(zone: string, where: string): ZoneHint {
  if (isKnownZone(zone)) return { zone, source: "case-setting" };
  throw new InputError(
    `${where} ${JSON.stringify(zone)}: not a known zone. Give an IANA name such as America/New_York, or an offset such as -04:00.`,
  );
}
