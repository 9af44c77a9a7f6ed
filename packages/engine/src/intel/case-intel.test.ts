/** A case's intelligence: own files from its alert, sightings from its logs, kept bytes that verify. */
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { readImport } from "@firebreak/intel/import";
import { type Observable, readObservable } from "@firebreak/intel/observable";
import { acquireLock, openLedger } from "@firebreak/ledger";
import { beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { investigate } from "../case/investigate.ts";
import { verifyCase } from "../case/verify.ts";
import { openCaseIntel } from "./case-intel.ts";
import { intelActions, keepRecord, sha256Of } from "./records.ts";

const root = scratchFolder("case-intel");
const dir = join(root, "case");
const sha256 = "5ec0".repeat(16);
const md5 = "0a".repeat(16);
const asOf = "2026-11-28T23:59:59Z";
const at = "2026-11-27T00:00:00Z";

function keep(body: unknown, name = "answer.json"): void {
  const bytes = Buffer.from(JSON.stringify(body));
  const lock = acquireLock(dir);
  const ledger = openLedger(dir);
  for (const { record } of readImport({ bytes, name, keptAt: at, sha256: sha256Of(bytes) }).imported)
    keepRecord(dir, ledger, "test", intelActions.import, record, bytes);
  lock.release();
}

async function card(text: string) {
  const intel = await openCaseIntel(dir);
  try {
    return await intel.card(readObservable(text) as Observable, asOf);
  } finally {
    intel.close();
  }
}

const stats = { last_analysis_stats: { malicious: 40, undetected: 20 } };

beforeAll(async () => {
  mkdirSync(join(root, "evidence"));
  const rows = [
    {
      "@timestamp": "2026-11-20T07:00:00Z",
      host: { name: "pc7" },
      source: { ip: "10.0.0.7" },
      destination: { ip: "203.0.113.9" },
      file: { hash: { sha256 } },
    },
    {
      "@timestamp": "2026-11-20T08:00:00Z",
      host: { name: "pc8" },
      source: { ip: "10.0.0.8" },
      destination: { ip: "203.0.113.9" },
      file: { hash: { md5 } },
    },
  ];
  writeFileSync(join(root, "evidence", "edr.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  writeFileSync(
    join(root, "alert.json"),
    JSON.stringify({
      rule: "Suspicious file",
      time: "2026-11-20T07:00:00Z",
      file_hash: md5,
      source_address: "10.0.0.7",
    }),
  );
  await investigate({
    paths: [join(root, "evidence")],
    case: dir,
    alert: join(root, "alert.json"),
    threads: 1,
    tool: "firebreak test",
    now: () => at,
  });
  keep({ data: { type: "file", id: sha256, attributes: { sha256, md5, ...stats } } });
  keep({
    data: [{ type: "file", id: sha256, attributes: stats }],
    links: { self: "https://www.virustotal.com/api/v3/ip_addresses/203.0.113.9/communicating_files" },
  });
});

describe("openCaseIntel", () => {
  it("knows the alert's file by MD5 where a relation names it by SHA-256", async () => {
    const found = await card("203.0.113.9");
    expect(found.relations[0]).toMatchObject({ kind: "communicating", target: { value: sha256 }, own: true });
    expect(found.verdict).not.toBe("no detections");
    expect(found.sightings).toMatchObject({
      count: 2,
      first: "2026-11-20T07:00:00Z",
      last: "2026-11-20T08:00:00Z",
      asDestination: 2,
      hosts: ["pc7", "pc8"],
    });
  });

  it("finds a file in the logs under each of its hashes, and counts each record once", async () => {
    const byMd5 = await card(md5);
    expect(byMd5.sightings).toMatchObject({ count: 2, hosts: ["pc7", "pc8"], undated: 0 });
    expect((await card(sha256)).sightings!.events.toSorted()).toEqual(byMd5.sightings!.events.toSorted());
  });

  it("annotates what many share from the list that ships", async () => {
    expect((await card("8.8.8.8")).notes[0]).toContain("Public DNS resolvers");
    expect((await card("d41d8cd98f00b204e9800998ecf8427e")).notes[0]).toContain("every empty file");
  });

  it("refuses a folder that is no case", async () => {
    await expect(openCaseIntel(join(root, "evidence"))).rejects.toThrow("no case here");
  });
});

describe("kept answers in verify", () => {
  const problems = async () => (await verifyCase(dir)).flatMap((check) => check.problems);
  const answers = join(dir, "intel", "answers");
  it("hold, and fail when one is changed, is missing, or nobody kept it", async () => {
    expect(await problems()).toEqual([]);
    const file = join(answers, readdirSync(answers)[0]!);
    const bytes = readFileSync(file);
    appendFileSync(file, " ");
    expect((await problems()).join()).toContain("changed since it was kept");
    unlinkSync(file);
    expect((await problems()).join()).toContain("named by the ledger, and missing");
    writeFileSync(file, bytes);
    writeFileSync(join(answers, "extra"), "x");
    expect((await problems()).join()).toContain("no entry of the ledger names it");
    rmSync(join(answers, "extra"));
    expect(await problems()).toEqual([]);
  });
});
