/**
 * Runs SigmaHQ's regression data through the real command and counts, for every case, the detections of its rule:
 *
 *   npm run script bench/hunt/regression.ts -- RULES_ZIP REGRESSION_ZIP MANIFEST_JSON
 *
 * The manifest lists the cases: `{ "id", "evtx", "match_count" }`; no count means one at least. Exit code 0: all reach it.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, openAsBlob, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";

interface Case {
  readonly id: string;
  readonly evtx: string;
  readonly match_count: number | null;
}

const [rules, data, manifest] = process.argv.slice(2);
if (rules === undefined || data === undefined || manifest === undefined) {
  console.error("usage: node bench/hunt/regression.ts RULES_ZIP REGRESSION_ZIP MANIFEST_JSON");
  process.exit(2);
}
const bin = fileURLToPath(new URL("../../apps/firebreak/bin/firebreak.mjs", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "firebreak-regression-"));
try {
  const placeOf = await extract(data, join(work, "logs"));
  const args = [bin, "hunt", join(work, "logs"), "--rules", rules, "--no-summary"];
  const done = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 29 });
  const counts = new Map<string, number>();
  for (const line of done.stdout.split("\n")) {
    if (line === "") continue;
    const { RuleId, File } = JSON.parse(line) as { RuleId: string; File: string };
    const key = `${RuleId} ${File}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const cases = JSON.parse(readFileSync(manifest, "utf8")) as Case[];
  let failed = 0;
  for (const { id, evtx, match_count } of cases) {
    const found = counts.get(`${id} ${placeOf.get(evtx)}`) ?? 0;
    if (found >= (match_count ?? 1)) continue;
    failed++;
    console.log(`FAILED ${id}: ${found} of ${match_count ?? 1}, ${evtx}`);
  }
  console.log(
    `${cases.length} cases through the command: ${cases.length - failed} reach their count, ${failed} do not`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Writes the logs of a zip under names of our own; equal ones once, as the command reads them once. */
async function extract(zip: string, dir: string): Promise<Map<string, string>> {
  mkdirSync(dir);
  const placeOf = new Map<string, string>();
  const reader = new ZipReader(new BlobReader(await openAsBlob(zip)));
  for await (const entry of reader.getEntriesGenerator()) {
    if (entry.directory || !entry.filename.endsWith(".evtx")) continue;
    const bytes = await entry.getData(new Uint8ArrayWriter());
    const file = join(dir, `${createHash("sha256").update(bytes).digest("hex")}.evtx`);
    writeFileSync(file, bytes);
    placeOf.set(entry.filename, file);
  }
  await reader.close();
  return placeOf;
}
