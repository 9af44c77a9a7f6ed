/**
 * From files to picture: `npm run script bench/ingest/run.ts -- [EVENTS] [RUNS]`.
 * Prints events per second, peak memory, and the ratio to hashing the same bytes with SHA-256 in the same run (machines differ and are shared).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashFile } from "@firebreak/engine/evidence/hash";
import { walkPaths } from "@firebreak/engine/evidence/walk";
import { replicate } from "./replicate.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const events = Number(process.argv[2] ?? 1_000_000);
const runs = Number(process.argv[3] ?? 3);
const work = mkdtempSync(join(tmpdir(), "firebreak-bench-"));

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

try {
  const { copies, bytes } = replicate(join(root, "examples"), join(work, "evidence"), events);
  console.log(`${copies} copies, ${(bytes / 1e6).toFixed(0)} MB`);
  const rates: number[] = [];
  const ratios: number[] = [];
  for (let run = 0; run < runs; run++) {
    const hashStarted = performance.now();
    for (const { path } of walkPaths([join(work, "evidence")]).files) hashFile(path);
    const hashSeconds = (performance.now() - hashStarted) / 1000;
    const dir = join(work, `case-${run}`);
    const started = performance.now();
    const args = [
      "apps/firebreak/bin/firebreak.mjs",
      "investigate",
      join(work, "evidence"),
      "--case",
      dir,
      "--org",
      "examples/clinic/organisation.yml",
    ];
    const done = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "ignore"] });
    const seconds = (performance.now() - started) / 1000;
    const picture = JSON.parse(readFileSync(join(dir, "picture.json"), "utf8")) as {
      counts: { records: number };
    };
    rates.push(picture.counts.records / seconds);
    ratios.push(seconds / hashSeconds);
    console.log(
      `run ${run + 1}: ${picture.counts.records} events in ${seconds.toFixed(1)} s, ${Math.round(rates.at(-1)!)} events/s; hashing alone ${hashSeconds.toFixed(2)} s${done.status === null ? " (killed)" : ""}`,
    );
    rmSync(dir, { recursive: true, force: true });
  }
  console.log(
    `median: ${Math.round(median(rates))} events/s, ${median(ratios).toFixed(1)} times the hashing`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
