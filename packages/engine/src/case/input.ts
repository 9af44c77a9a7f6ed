import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { ZoneHint } from "@firebreak/model/format";
import { isKnownZone } from "@firebreak/parsers/time/zone";
import { reasonOf } from "../evidence/reason.ts";

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

/** A zone that the user set. `where` names the option or file in the error. */
export function zoneSetting(zone: string, where: string): ZoneHint {
  if (isKnownZone(zone)) return { zone, source: "case-setting" };
  throw new InputError(
    `${where} ${JSON.stringify(zone)}: not a known zone. Give an IANA name such as America/New_York, or an offset such as -04:00.`,
  );
}
