import { existsSync, statSync } from "node:fs";
import { readLedger, type Seal, verifyLedger, verifySeal } from "@firebreak/ledger";
import { eventRef } from "@firebreak/model/event";
import type { Citation, Picture } from "@firebreak/model/picture";
import { formatInstant } from "@firebreak/model/time";
import { openCaseStore } from "../clock/case-store.ts";
import { hashFile } from "../evidence/hash.ts";
import { keptAnswerProblems } from "../intel/verify.ts";
import type { EventStore } from "../store/store.ts";
import { inCase, unsealed } from "./layout.ts";
import { locate, readManifest, readPicture, requireCase } from "./show.ts";

export interface Check {
  name: string;
  ok: boolean;
  /** What was compared, with numbers. */
  detail: string;
  problems: string[];
}

const shownProblems = 50;

function check(name: string, detail: string, problems: string[]): Check {
  const more = problems.length > shownProblems ? [`… and ${problems.length - shownProblems} more`] : [];
  return {
    name,
    ok: problems.length === 0,
    detail,
    problems: [...problems.slice(0, shownProblems), ...more],
  };
}

/** Recomputes all that a case claims, offline: the chain, the seal, the evidence's hashes, the counts, every citation. */
export async function verifyCase(
  dir: string,
  options: { evidenceDir?: string; head?: string } = {},
): Promise<Check[]> {
  if (!isFolder(dir)) requireCase(dir);
  const checks = [checkLedger(dir, options.head)];
  if (!existsSync(inCase(dir, "picture")) && checks[0]!.ok === false) return checks;
  checks.push(checkSeal(dir));
  const manifest = readManifest(dir);
  checks.push(checkEvidence(dir, manifest, options.evidenceDir));
  const answers = keptAnswerProblems(dir);
  if (answers.kept > 0 || answers.problems.length > 0)
    checks.push(check("kept answers", `${answers.kept} answers hashed again`, answers.problems));
  let picture: Picture;
  try {
    picture = readPicture(dir);
  } catch (error) {
    return [...checks, check("picture", "read", [reasonIn(error)])];
  }
  try {
    const store = await openCaseStore(dir);
    try {
      checks.push(await checkCounts(store, picture), await checkCitations(store, picture));
    } finally {
      store.close();
    }
  } catch (error) {
    checks.push(check("event store", "opened", [reasonIn(error)]));
  }
  return checks;
}

/** What went wrong below; the advice to verify is left out here. */
function reasonIn(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function checkLedger(dir: string, head: string | undefined): Check {
  const verdict = verifyLedger(dir, head === undefined ? {} : { head });
  const problems = verdict.problems.map(({ message }) => message);
  if (!verdict.ok && problems.length === 0) problems.push("the ledger is not intact");
  return check("ledger", `${verdict.entries} entries, head ${verdict.head.hash}`, verdict.ok ? [] : problems);
}

function checkSeal(dir: string): Check {
  const { entries } = readLedger(dir);
  // Intelligence and the desk come after a seal and change no sealed file; anything else after one is a run that did not end.
  const last = entries.findLast(({ action }) => !/^(intel|alert|triage|playbook)\./.test(action));
  if (last?.action !== "case.seal") {
    return check("case files", "compared with the seal", [
      "the last entry of the ledger is no seal: the last run did not end. Run 'firebreak investigate' again.",
    ]);
  }
  const verdict = verifySeal(dir, (last.data as unknown as { files: Seal }).files, { exclude: unsealed });
  return check(
    "case files",
    `${verdict.files} files as sealed`,
    verdict.problems.map(({ message }) => message),
  );
}

function checkEvidence(
  dir: string,
  manifest: ReturnType<typeof readManifest>,
  evidenceDir: string | undefined,
): Check {
  const problems: string[] = [];
  for (const item of manifest) {
    const file = locate(dir, item, evidenceDir);
    if (file === undefined) {
      problems.push(`${item.path}: not found at ${item.file}; say where the evidence is now with --evidence`);
      continue;
    }
    const { sha256, bytes } = hashFile(file);
    if (sha256 !== item.sha256)
      problems.push(
        `${item.path}: changed since it was read (SHA-256 ${sha256.slice(0, 12)}…, ${bytes} bytes; recorded ${item.sha256.slice(0, 12)}…, ${item.bytes} bytes)`,
      );
  }
  return check("evidence", `${manifest.length} items hashed again`, problems);
}

async function checkCounts(store: EventStore, picture: Picture): Promise<Check> {
  const rows = await store.query<{ evidence: string; n: number; undated: number; rejected: number }>(
    `SELECT evidence, sum(n) AS n, sum(undated) AS undated, sum(rejected) AS rejected FROM (
       SELECT evidence, count(*) AS n, count(*) FILTER (WHERE ms IS NULL) AS undated, 0 AS rejected FROM events GROUP BY evidence
       UNION ALL SELECT evidence, 0, 0, count(*) FROM rejects GROUP BY evidence) GROUP BY evidence ORDER BY evidence`,
  );
  const counted = new Map(rows.map((row) => [row.evidence, row]));
  const problems: string[] = [];
  let total = 0;
  for (const receipt of picture.evidence) {
    if (receipt.format === "duplicate") continue;
    const found = counted.get(receipt.id) ?? { n: 0, undated: 0, rejected: 0 };
    total += Number(found.n);
    const pairs = [
      ["records", receipt.records, found.n],
      ["undated", receipt.undated, found.undated],
      ["rejected", receipt.rejected, found.rejected],
    ] as const;
    for (const [name, stated, real] of pairs) {
      if (stated !== Number(real))
        problems.push(`${receipt.path}: ${stated} ${name} stated, ${real} in the store`);
    }
  }
  if (total !== picture.counts.records)
    problems.push(`${picture.counts.records} records stated in all, ${total} in the store`);
  return check("counts", `${total} records, file by file`, problems);
}

/** Every object of the picture that cites an event. */
function citationsOf(picture: Picture): Citation[] {
  const found: Citation[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ("ref" in value && "offset" in value && "length" in value) found.push(value as Citation);
      else Object.values(value).forEach(visit);
    }
  };
  visit(picture);
  return found;
}

/** References that stand alone, as in an entity's reasons or a finding's steps. */
function bareRefsOf(picture: Picture): string[] {
  return [
    ...picture.entities.flatMap(({ reasons }) => reasons.flatMap(({ events }) => events)),
    ...picture.findings.flatMap(({ steps = [], techniques }) =>
      [...steps, ...techniques].flatMap(({ events }) => events),
    ),
  ];
}

async function checkCitations(store: EventStore, picture: Picture): Promise<Check> {
  const citations = citationsOf(picture);
  const refs = new Set([...citations.map(({ ref }) => ref), ...bareRefsOf(picture)]);
  const known = new Map<string, { length: number; time: string | undefined }>();
  const ids = [...new Set([...refs].map((ref) => ref.slice(0, 12)))]
    .filter((id) => /^[0-9a-f]{12}$/.test(id))
    .sort();
  for (const id of ids) {
    const offsets = [...refs]
      .filter((ref) => ref.startsWith(id))
      .map((ref) => Number.parseInt(ref.slice(13), 10));
    const rows = await store.query<{
      offset: number;
      sub: number | null;
      length: number;
      ms: number | null;
      ns: number | null;
    }>(
      `SELECT "offset", sub, length, ms, ns FROM events WHERE evidence = $e AND "offset" IN (${[...new Set(offsets)].filter(Number.isSafeInteger).join(",") || "-1"}) ORDER BY "offset", sub`,
      { e: id },
    );
    for (const row of rows) {
      const time = row.ms === null ? undefined : formatInstant({ ms: row.ms, ns: row.ns ?? 0 });
      known.set(eventRef(id, { offset: row.offset, sub: row.sub ?? undefined }), {
        length: row.length,
        time,
      });
    }
  }
  const problems = [...refs]
    .filter((ref) => !known.has(ref))
    .map((ref) => `${ref}: cited, and no such event is in the store`);
  for (const { ref, length, time } of citations) {
    const event = known.get(ref);
    if (event && (event.length !== length || event.time !== time))
      problems.push(`${ref}: cited with another length or time than the event has`);
  }
  return check("citations", `${citations.length} citations of ${refs.size} events`, problems);
}
