/** `verify` holds on a fresh case and fails after any change of one byte, in any file of the case or of the evidence. */
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { type InvestigateOptions, investigate } from "./investigate.ts";
import { showRecord } from "./show.ts";
import { verifyCase } from "./verify.ts";

const root = scratchFolder("verify");
const evidence = join(root, "evidence");
const dir = join(root, "case");
const options: InvestigateOptions = {
  paths: [evidence],
  case: dir,
  threads: 1,
  tool: "firebreak test",
  now: () => "2026-01-02T03:04:05Z",
};

const line = (minute: number, text: string) =>
  `2024-05-06T07:${String(minute).padStart(2, "0")}:00Z web1 sshd[900]: ${text}\n`;
const failures = Array.from({ length: 12 }, (_, i) =>
  line(i, "Failed password for root from 203.0.113.9 port 4022 ssh2"),
).join("");

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
}

async function isIntact(): Promise<boolean> {
  return (await verifyCase(dir)).every(({ ok }) => ok);
}

/** Changes one byte, asks, and puts it back. */
async function intactWithByteChanged(file: string, at: number): Promise<boolean> {
  const bytes = readFileSync(file);
  const changed = Buffer.from(bytes);
  changed[at] = changed[at]! ^ 1;
  writeFileSync(file, changed);
  try {
    return await isIntact();
  } finally {
    writeFileSync(file, bytes);
  }
}

beforeAll(async () => {
  mkdirSync(evidence);
  writeFileSync(
    join(evidence, "auth.log"),
    failures + line(30, "Accepted password for root from 203.0.113.9 port 4023 ssh2"),
  );
  writeFileSync(
    join(evidence, "old.log.gz"),
    gzipSync(line(40, "Accepted password for bob from 10.0.0.7 port 4023 ssh2")),
  );
  await investigate(options);
});

describe("verifyCase", () => {
  it("holds on a fresh case, and on one that was investigated twice", async () => {
    expect((await verifyCase(dir)).flatMap(({ problems }) => problems)).toEqual([]);
    await investigate(options);
    expect((await verifyCase(dir)).flatMap(({ problems }) => problems)).toEqual([]);
  });

  it("does not take a file of the evidence folder for an archive's member of that name", async () => {
    const other = join(root, "elsewhere");
    mkdirSync(other);
    for (const file of ["auth.log", "old.log.gz"])
      writeFileSync(join(other, file), readFileSync(join(evidence, file)));
    writeFileSync(join(other, "old.log"), "another file\n");
    expect((await verifyCase(dir, { evidenceDir: other })).flatMap(({ problems }) => problems)).toEqual([]);
  });

  it("fails after a change of one byte in any file of the case", async () => {
    const survived: string[] = [];
    for (const file of filesBelow(dir)) {
      const { size } = statSync(join(dir, file));
      for (const at of new Set([0, Math.floor(size / 3), Math.floor(size / 2), size - 1])) {
        if (await intactWithByteChanged(join(dir, file), at)) survived.push(`${file} at ${at}`);
      }
    }
    expect(survived).toEqual([]);
  });

  it("fails after a change of one byte in any evidence file", async () => {
    const survived: string[] = [];
    for (const file of filesBelow(evidence)) {
      const { size } = statSync(join(evidence, file));
      for (const at of [0, Math.floor(size / 2), size - 1]) {
        if (await intactWithByteChanged(join(evidence, file), at)) survived.push(`${file} at ${at}`);
      }
    }
    expect(survived).toEqual([]);
  });

  it("fails when a file is added, and when the ledger loses its last entry", async () => {
    writeFileSync(join(dir, "reports", "extra.txt"), "x");
    expect(await isIntact()).toBe(false);
    rmSync(join(dir, "reports", "extra.txt"));
    const ledger = join(dir, "ledger.jsonl");
    const text = readFileSync(ledger, "utf8");
    writeFileSync(ledger, text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1));
    expect(await isIntact()).toBe(false);
    writeFileSync(ledger, text);
    appendFileSync(ledger, text.split("\n").at(-2)!);
    expect(await isIntact()).toBe(false);
    writeFileSync(ledger, text);
    expect(await isIntact()).toBe(true);
  });
});

describe("showRecord", () => {
  it("reads the raw record again, also from inside an archive", async () => {
    const picture = JSON.parse(readFileSync(join(dir, "picture.json"), "utf8")) as {
      evidence: { id: string; path: string }[];
    };
    const plain = picture.evidence.find(({ path }) => path.endsWith("auth.log"))!;
    const packed = picture.evidence.find(({ path }) => path.endsWith("!/old.log"))!;
    expect((await showRecord(dir, `${plain.id}:0`)).original).toBe(
      line(0, "Failed password for root from 203.0.113.9 port 4022 ssh2").trimEnd(),
    );
    expect((await showRecord(dir, `${packed.id}:0`)).original).toContain("Accepted password for bob");
  });
  it.each(["nonsense", "000000000000:0"])(
    "refuses %s with a message that says what is wrong",
    async (ref) => {
      await expect(showRecord(dir, ref)).rejects.toThrow(/reference|no evidence/);
    },
  );
});
