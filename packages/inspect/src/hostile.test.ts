import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corpus } from "../test/build/corpus.ts";
import { inspect } from "../test/check.ts";
import { mutate } from "../test/mutate.ts";

const files = corpus();

async function exercise(bytes: Uint8Array, name: string): Promise<void> {
  const report = await inspect(bytes, name, { limits: { timeMs: 5000 } });
  expect(report.notes.filter(({ code }) => code === "analyser-fault" || code === "time-limit")).toEqual([]);
  expect(report.hashes.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(JSON.parse(JSON.stringify(report)).path).toBe(name);
}

describe("damaged files give a report, never an exception or a hang (tools/fuzz-inspect.ts runs longer)", () => {
  it.each(Object.keys(files))("%s", async (name) => {
    for (let seed = 1; seed <= 12; seed++) await exercise(mutate(files[name]!, seed), name);
  });
});

it("cut anywhere", async () => {
  const names = fc.constantFrom(...Object.keys(files));
  await fc.assert(
    fc.asyncProperty(names, fc.double({ min: 0, max: 1, noNaN: true }), (name, share) =>
      exercise(files[name]!.slice(0, Math.floor(files[name]!.length * share)), name),
    ),
    { numRuns: 60 },
  );
});

it("any bytes under any signature", async () => {
  const signatures = fc.constantFrom(...Object.values(files).map((bytes) => bytes.slice(0, 32)));
  await fc.assert(
    fc.asyncProperty(signatures, fc.uint8Array({ maxLength: 2000 }), (signature, rest) =>
      exercise(new Uint8Array([...signature, ...rest]), "any"),
    ),
    { numRuns: 60 },
  );
});

it("the corpus itself is understood", async () => {
  for (const [name, bytes] of Object.entries(files)) {
    const report = await inspect(bytes, name);
    expect(report.type.id, name).not.toBe("data");
    expect(report.type.nameLies, name).toBeUndefined();
  }
});
