import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError, zoneSetting } from "@firebreak/engine/case/input";
import type { Collection, EvidenceItem } from "@firebreak/engine/evidence/item";
import type { HuntFiles } from "@firebreak/engine/hunt/files";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import { type ExitCode, exitCodes } from "../exit.ts";
import { say } from "../terminal/output.ts";

export interface ReadingOptions {
  timezone?: string;
  referenceDate?: string;
  password?: string[];
}

/** Milliseconds of `--reference-date`. */
export function referenceMs(options: ReadingOptions): number | undefined {
  if (options.referenceDate === undefined) return undefined;
  const ms = Date.parse(options.referenceDate);
  if (Number.isNaN(ms))
    throw new InputError(
      `--reference-date ${JSON.stringify(options.referenceDate)}: not a date. Give an ISO 8601 day such as 2026-03-01.`,
    );
  return ms;
}

/** How times of an item are read when there is no case: the settings, else the file's own modification time for years. */
export function timeSettingsFor(
  options: ReadingOptions,
): (item: Pick<EvidenceItem, "modifiedMs">) => TimeSettings {
  const zone = options.timezone === undefined ? undefined : zoneSetting(options.timezone, "--timezone");
  const given = referenceMs(options);
  return (item) => ({
    ...(zone && { zone }),
    ...(given !== undefined
      ? { reference: { ms: given, source: "reference-date" as const } }
      : item.modifiedMs !== undefined && {
          reference: { ms: item.modifiedMs, source: "file-time" as const },
        }),
  });
}

/** Tells what could not be read below the given paths, and what was read once only. */
export function sayFound({ faults, duplicates }: Pick<HuntFiles, "faults" | "duplicates">): void {
  for (const { path, reason, next } of faults) say(`${path}: ${reason}; ${next}`);
  for (const { path, of } of duplicates) say(`${path}: the same bytes as ${of}, read once`);
}

/** The exit code of a search: what it found, or that there was nothing it could read. */
export function exitCodeOf({ files, faults }: HuntFiles, found: number): ExitCode {
  if (found > 0) return exitCodes.findings;
  return files.length === 0 && faults.length > 0 ? exitCodes.input : exitCodes.nothingFound;
}

/** Collects evidence for a command that keeps no case: archive members are spooled into a folder that is removed again. */
export async function withEvidence(
  paths: readonly string[],
  options: ReadingOptions,
  use: (collection: Collection) => Promise<void> | void,
): Promise<void> {
  const spoolDir = mkdtempSync(join(tmpdir(), "firebreak-"));
  try {
    const { collectEvidence } = await import("@firebreak/engine/evidence/collect");
    const collection = await collectEvidence(paths, {
      spoolDir,
      ...(options.password && { passwords: options.password }),
    });
    const { items, faults, duplicates } = collection;
    sayFound({ faults, duplicates: duplicates.map(({ item, of }) => ({ path: item.path, of: of.path })) });
    await use(collection);
    if (items.length === 0 && faults.length > 0) process.exitCode = exitCodes.input;
  } finally {
    rmSync(spoolDir, { recursive: true, force: true });
  }
}
