/** The fixtures of every format, hostile lines and all, as the evidence of one case: from files to a picture that holds. */
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { investigate } from "@firebreak/engine/case/investigate";
import { verifyCase } from "@firebreak/engine/case/verify";
import type { Picture } from "@firebreak/model/picture";
import { beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "./support/scratch.ts";

const fixtures = fileURLToPath(new URL("../packages/parsers/fixtures/", import.meta.url));
const inputs = readdirSync(fixtures, { recursive: true, encoding: "utf8" }).filter((path) =>
  statSync(join(fixtures, path)).isFile(),
);

/** Texts that a database, a JSON reader or a report could stumble over. */
const hostile = [
  "half a pair \\ud83d",
  "\\u0000\\u0001\\u001f",
  "<script>",
  "=1+1",
  "\\u202e",
  "'; DROP TABLE x",
];

describe("the fixtures of every format as one case", () => {
  const dir = scratchFolder("formats");
  let picture: Picture;
  beforeAll(async () => {
    mkdirSync(join(dir, "more"));
    const rows = hostile.map(
      (text) => `{"time":"2024-05-01T10:00:00Z","user":"${text}","host.ip":["${text}"]}\n`,
    );
    writeFileSync(join(dir, "more", "hostile.json"), rows.join(""));
    picture = await investigate({
      paths: [fixtures, join(dir, "more")],
      case: join(dir, "case"),
      threads: 2,
      tool: "test",
      now: () => "2026-01-01T00:00:00Z",
    });
  });

  it("gives each file a receipt in which every byte has a fate", () => {
    expect(picture.evidence.length).toBeGreaterThanOrEqual(inputs.length);
    const lost = picture.evidence.filter(
      ({ accounted }) => accounted.skipped["not accounted for by the parser"] !== undefined,
    );
    expect(lost.map(({ path }) => path)).toEqual([]);
    expect(picture.evidence.filter(({ format }) => format === "parser-fault")).toEqual([]);
  });

  it("gives a case that verifies", async () => {
    const checks = await verifyCase(join(dir, "case"));
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
