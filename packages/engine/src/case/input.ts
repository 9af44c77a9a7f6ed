import { readFileSync } from "node:fs";
import type { ZoneHint } from "@firebreak/model/format";
import { isKnownZone } from "@firebreak/parsers/time/zone";

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
    throw new InputError(
      `${option} ${file}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : (error as Error).message}`,
    );
  }
  if (bytes.length > maxInputBytes)
    throw new InputError(`${option} ${file}: larger than ${maxInputBytes >> 20} MiB`);
  return bytes.toString("utf8").replace(/^﻿/, "");
}

/** A zone that the user set. `where` names the option or file in the error. */
export function zoneSetting(zone: string, where: string): ZoneHint {
  if (isKnownZone(zone)) return { zone, source: "case-setting" };
  throw new InputError(
    `${where} ${JSON.stringify(zone)}: not a known zone. Give an IANA name such as America/New_York, or an offset such as -04:00.`,
  );
}
