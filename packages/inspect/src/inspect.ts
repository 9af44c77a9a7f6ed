import { analyse } from "./analysers.ts";
import { entropyOf } from "./entropy.ts";
import { hashesOf } from "./hashes.ts";
import { type Identified, identify } from "./identify/identify.ts";
import { decodeText } from "./identify/text.ts";
import { typeOf } from "./identify/types.ts";
import { defaultLimits, LimitReached, type Limits } from "./limits.ts";
import { checkName } from "./names.ts";
import { listObservables } from "./observables/collect.ts";
import { Part } from "./part.ts";
import type { FileReport, PartReport, TechniqueUse } from "./result.ts";
import { startRun, type YaraScanner } from "./run.ts";
import { techniqueNames } from "./signs/techniques.ts";
import { judge, notesOf, reasonsOf } from "./verdict.ts";

export interface InspectOptions {
  /** File name without folders; a label, and compared with the true type. */
  readonly name: string;
  /** Milliseconds of any steady clock. */
  readonly now: () => number;
  readonly limits?: Partial<Limits>;
  /** Tried on encrypted archives and documents, before the customary ones. */
  readonly passwords?: readonly string[];
  readonly yara?: YaraScanner;
}

/** Tried always: the one that samples are exchanged with, and the one that Excel tries itself ([MS-OFFCRYPTO] 2.3). */
const customaryPasswords = ["infected", "VelvetSweatshop"];

/**
 * Static triage of one file. Never runs or evaluates anything of it, never throws for its content; what was not examined is
 * told in `notes`.
 *
 * @example const report = await inspectBytes(bytes, { name: "invoice.doc", now: () => performance.now() });
 */
export async function inspectBytes(bytes: Uint8Array, options: InspectOptions): Promise<FileReport> {
  const run = startRun({
    limits: { ...defaultLimits, ...options.limits },
    passwords: [...new Set([...(options.passwords ?? []), ...customaryPasswords])],
    now: options.now,
    ...(options.yara && { yara: options.yara }),
  });
  const { name } = options;
  const part = new Part({ name, path: name, depth: 0 }, bytes, run, inspectPart, { kind: "file" });
  const report = await inspectPart(part);
  const reasons = reasonsOf(report);
  const notes = notesOf(report);
  return {
    ...report,
    ...judge(reasons, notes),
    features: [...new Set(featuresOf(report))].sort(),
    reasons: [...reasons].sort((a, b) => b.weight - a.weight),
    notes,
    observables: listObservables(part),
    techniques: techniquesOf(reasons),
  };
}

/** A file has what its parts have: macros in an attachment are macros. */
function featuresOf(part: PartReport): string[] {
  return [...part.features, ...part.parts.flatMap(featuresOf)];
}

async function inspectPart(part: Part): Promise<PartReport> {
  const { bytes, name, path, kind, run } = part;
  const hashes = hashesOf(bytes);
  const { type, text } = identifyPart(part);
  const earlier = run.seen.get(hashes.sha256);
  if (earlier !== undefined && bytes.length > 0) {
    part.note("same-content", `the same bytes as ${earlier}, examined there`, false);
  } else {
    run.seen.set(hashes.sha256, path);
    await guarded(part, async () => {
      checkName(part, type);
      scanYara(part);
      await analyse(part, type, text);
    });
  }
  const reasons = part.reasons();
  return {
    name,
    path,
    kind,
    size: bytes.length,
    hashes: { ...hashes, ...part.hashes },
    type,
    entropy: entropyOf(bytes),
    features: [...part.features].sort(),
    details: part.details,
    reasons,
    notes: part.notes,
    ...(part.source !== undefined && { source: part.source }),
    parts: part.parts,
  };
}

/** A stream's name in its container is no file name. */
function identifyPart({ bytes, name, kind, typeId }: Part): Identified {
  if (typeId !== undefined) return { type: typeOf(typeId), text: decodeText(bytes) };
  return identify(bytes, kind === "stream" || kind === "decoded" ? "" : name);
}

/** A limit or a defect ends one part; its neighbours are examined, and the note keeps the verdict honest. */
async function guarded(part: Part, examine: () => Promise<void>): Promise<void> {
  try {
    await examine();
  } catch (error) {
    if (error instanceof LimitReached) part.note(error.code, error.message, true);
    else {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      part.note("analyser-fault", `a defect of Firebreak ended the examination (${message})`, true);
    }
  }
}

function scanYara(part: Part): void {
  const { yara } = part.run;
  if (yara === undefined) return;
  const found = yara.scan(part.bytes);
  if (found === undefined)
    part.note("yara-size", "too large for the YARA rules, which were not tried on it", false);
  for (const { rule, offset } of found ?? [])
    part.sign("yara-match", rule, offset === undefined ? {} : { offset });
}

/** Each technique once, with the gravest reason for it. */
function techniquesOf(reasons: FileReport["reasons"]): TechniqueUse[] {
  const found = new Map<string, { why: string; weight: number }>();
  for (const { techniques, words, weight } of reasons) {
    for (const id of techniques) {
      if (weight > (found.get(id)?.weight ?? -1)) found.set(id, { why: words, weight });
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { why }]) => ({ id, name: techniqueNames[id] ?? id, why }));
}
