/** The quota outlives the process: asked through real files, a real server, and a clock that is passed in. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readTyped } from "@firebreak/intel/observable";
import { ask, defaultLimits, type Outside } from "@firebreak/intel/outbound/ask";
import { virustotal } from "@firebreak/intel/providers/virustotal/virustotal";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { quotaFiles } from "./quota-files.ts";

const root = mkdtempSync(join(tmpdir(), "firebreak-quota-"));
let dir: string;
let server: Server;
let base: string;
const arrivals: number[] = [];
let nowMs = Date.UTC(2026, 10, 28, 12);

beforeAll(async () => {
  server = createServer((_, response) => {
    arrivals.push(nowMs);
    response
      .writeHead(404, { "Content-Type": "application/json" })
      .end('{"error":{"code":"NotFoundError","message":""}}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  dir = mkdtempSync(join(root, "state-"));
  arrivals.length = 0;
  nowMs = Date.UTC(2026, 10, 28, 12);
});

/** A run of the tool: it opens the files anew. */
function run(maxWaitMs = 120_000): Outside {
  return {
    fetch: (url, init) => fetch(url, init),
    nowMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    quota: quotaFiles(dir, (ms) => pause(ms)),
    keyOf: () => "test-key",
    baseOf: () => base,
    onAsk: () => {},
    limits: { ...defaultLimits, maxWaitMs },
  };
}

const hashes = Array.from({ length: 6 }, (_, i) => readTyped("hash", `${i}a`.repeat(32))!);
const askAbout = (i: number, outside: Outside) =>
  ask(virustotal, virustotal.questions(hashes[i]!)[0]!, hashes[i]!, outside);

describe("a quota of four a minute", () => {
  it("holds across a restart: the fifth question of the second run waits for the first run's minute", async () => {
    const start = nowMs;
    const first = run();
    for (const i of [0, 1, 2]) await askAbout(i, first);
    nowMs += 5000;
    const second = run();
    for (const i of [3, 4, 5]) await askAbout(i, second);
    expect(arrivals.map((ms) => ms - start)).toEqual([0, 0, 0, 5000, 60_000, 60_000]);
  });

  it("is said, not slept through, when the wait is too long", async () => {
    const outside = run(1000);
    for (const i of [0, 1, 2, 3]) await askAbout(i, outside);
    const { record } = await askAbout(4, run(1000));
    expect(arrivals).toHaveLength(4);
    expect(record).toMatchObject({
      isRefusal: true,
      retryAfter: "2026-11-28T12:01:00Z",
      failure: "the quota is used up; the next question is free at 2026-11-28T12:01:00Z",
    });
  });

  it("is shared by runs at the same time", async () => {
    const runs = [run(0), run(0), run(0)];
    const records = await Promise.all([0, 1, 2, 3, 4, 5].map((i) => askAbout(i, runs[i % 3]!)));
    expect(arrivals).toHaveLength(4);
    expect(records.filter(({ record }) => record.isRefusal)).toHaveLength(2);
  });

  it("starts anew from a damaged file", async () => {
    await askAbout(0, run());
    writeFileSync(join(dir, "virustotal", "quota.json"), "{");
    await askAbout(1, run());
    expect(arrivals).toHaveLength(2);
  });
});
