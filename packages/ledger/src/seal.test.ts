import * as fs from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sealFiles, verifySeal } from "./seal.ts";
import { caseFolder } from "./test-case.ts";

function folder(): string {
  const dir = caseFolder();
  fs.mkdirSync(join(dir, "reports", "old"), { recursive: true });
  fs.writeFileSync(join(dir, "ledger.jsonl"), "one\n");
  fs.writeFileSync(join(dir, "reports", "report.html"), "<p>");
  fs.writeFileSync(join(dir, "reports", "old", "a"), "");
  fs.writeFileSync(join(dir, "case.lock"), "1");
  fs.symlinkSync("reports/report.html", join(dir, "latest"));
  return dir;
}

const options = { exclude: ["case.lock"] };

describe("seal", () => {
  test("names every file, sorted, with its hash and length", () => {
    const seal = sealFiles(folder(), options);
    expect(Object.keys(seal)).toEqual(["latest", "ledger.jsonl", "reports/old/a", "reports/report.html"]);
    expect(seal["reports/old/a"]).toEqual({
      sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      bytes: 0,
    });
    expect(seal.latest).toMatchObject({ link: true, bytes: 19 });
  });

  test("of an untouched folder verifies", () => {
    const dir = folder();
    expect(verifySeal(dir, sealFiles(dir, options), options)).toEqual({ ok: true, files: 4, problems: [] });
  });

  test("an excluded folder takes along what it holds", () => {
    expect(Object.keys(sealFiles(folder(), { exclude: ["reports", "latest"] }))).toEqual([
      "case.lock",
      "ledger.jsonl",
    ]);
  });

  const changes: [string, (dir: string) => void, string, string][] = [
    [
      "other content",
      (d) => fs.writeFileSync(join(d, "ledger.jsonl"), "two\n"),
      "file-changed",
      "ledger.jsonl",
    ],
    ["other length", (d) => fs.appendFileSync(join(d, "ledger.jsonl"), "x"), "file-changed", "ledger.jsonl"],
    ["a file removed", (d) => fs.rmSync(join(d, "reports", "old", "a")), "file-missing", "reports/old/a"],
    [
      "a file added",
      (d) => fs.writeFileSync(join(d, "reports", "new"), ""),
      "file-unexpected",
      "reports/new",
    ],
    ["a link to elsewhere", (d) => relink(d, "ledger.jsonl"), "file-changed", "latest"],
    ["a file for a link", (d) => replaceLink(d), "file-changed", "latest"],
  ];

  function relink(dir: string, target: string): void {
    fs.rmSync(join(dir, "latest"));
    fs.symlinkSync(target, join(dir, "latest"));
  }

  function replaceLink(dir: string): void {
    const target = fs.readlinkSync(join(dir, "latest"));
    fs.rmSync(join(dir, "latest"));
    fs.writeFileSync(join(dir, "latest"), target);
  }

  test.each(changes)("%s", (_name, change, code, file) => {
    const dir = folder();
    const seal = sealFiles(dir, options);
    change(dir);
    const { ok, problems } = verifySeal(dir, seal, options);
    expect(ok).toBe(false);
    expect(problems).toMatchObject([{ code, file }]);
  });
});
