import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical.ts";
import { acquireLock } from "./lock.ts";
import { caseFolder } from "./test-case.ts";

/** Number of a process that has ended and been waited for. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

function leave(dir: string, holder: { pid: number; host: string; start: string | null }): void {
  fs.writeFileSync(join(dir, "case.lock"), `${canonicalJson(holder)}\n`);
}

describe("acquireLock", () => {
  test("holds a case until it is released", () => {
    const dir = caseFolder();
    const lock = acquireLock(dir);
    expect(lock.note).toBeUndefined();
    expect(() => acquireLock(dir)).toThrow(`in use by process ${process.pid}`);
    lock.release();
    lock.release();
    acquireLock(dir).release();
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test("takes over from a process that ended, and says so", () => {
    const dir = caseFolder();
    const pid = deadProcess();
    leave(dir, { pid, host: hostname(), start: null });
    expect(acquireLock(dir).note).toContain(`process ${pid}`);
    expect(() => acquireLock(dir)).toThrow("in use");
  });

  test.runIf(process.platform === "linux")(
    "takes over when the number now belongs to another process",
    () => {
      const dir = caseFolder();
      leave(dir, { pid: process.ppid, host: hostname(), start: "1" });
      expect(acquireLock(dir).note).toContain("no longer runs");
    },
  );

  test("leaves a lock of another host alone", () => {
    const dir = caseFolder();
    leave(dir, { pid: deadProcess(), host: "elsewhere", start: null });
    expect(() => acquireLock(dir)).toThrow("of elsewhere");
  });

  test.each(["", "{}", "null", "[]", '{"pid":-1}', "x".repeat(1000)])(
    "a lock file that is none: %j",
    (content) => {
      const dir = caseFolder();
      fs.writeFileSync(join(dir, "case.lock"), content);
      expect(() => acquireLock(dir)).toThrow("is not a lock");
    },
  );

  test("a take-over in progress is not disturbed", () => {
    const dir = caseFolder();
    leave(dir, { pid: deadProcess(), host: hostname(), start: null });
    fs.writeFileSync(join(dir, "case.lock.takeover"), "");
    expect(() => acquireLock(dir)).toThrow("is taking over");
  });

  test("release leaves a lock that another process has taken", () => {
    const dir = caseFolder();
    const lock = acquireLock(dir);
    leave(dir, { pid: 1, host: "elsewhere", start: null });
    lock.release();
    expect(fs.existsSync(join(dir, "case.lock"))).toBe(true);
  });
});
