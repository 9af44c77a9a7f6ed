/** A format that nobody knows, end to end: learned, corrected, read, investigated; then its clock is set. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Picture } from "@firebreak/model/picture";
import { expect, it } from "vitest";
import { commandIn } from "../../../test/support/command.ts";
import { scratchFolder } from "../../../test/support/scratch.ts";

const dir = scratchFolder("teach");
const firebreak = commandIn(dir);

it("a log of an unknown gateway is learned, corrected, read, investigated and dated anew", () => {
  const lines = Array.from(
    { length: 9 },
    (_, i) => `03/04/2024 10:22:3${i}~192.0.2.${i}~203.0.113.5~5012${i}~443~tcp~deny~zone${i}`,
  );
  writeFileSync(join(dir, "gateway.log"), `${lines.join("\n").replaceAll("~", "|")}\n`);

  const learned = firebreak("dialect", "learn", "gateway.log", "-o", "gateway.yml");
  expect([learned.status, learned.stdout]).toEqual([0, ""]);
  expect(learned.stderr).toContain("8 columns have a meaning");

  const yaml = readFileSync(join(dir, "gateway.yml"), "utf8");
  expect(yaml).toContain("field: source.ip");
  writeFileSync(join(dir, "gateway.yml"), yaml.replace("order: unknown", "order: month-first"));

  const parsed = firebreak("parse", "gateway.log", "--dialect", "gateway.yml");
  const [event] = parsed.stdout.split("\n");
  expect(JSON.parse(event!)).toMatchObject({
    "@timestamp": "2024-03-04T10:22:30Z",
    event: { dataset: "dialect/gateway", action: "denied" },
    source: { ip: "192.0.2.0", port: 50_120 },
    destination: { ip: "203.0.113.5", port: 443 },
    network: { transport: "tcp" },
  });

  const done = firebreak(
    "investigate",
    "gateway.log",
    "--case",
    "case",
    "--dialect",
    "gateway.yml",
    "--json",
  );
  const picture = JSON.parse(done.stdout) as Picture;
  expect(picture.counts.byDataset).toEqual({ "dialect/gateway": 9 });
  expect(picture.case.settings.dialects).toBe("gateway");

  const set = firebreak(
    "clock",
    "set",
    "case",
    "gateway.log",
    "-04:00,",
    "90",
    "s",
    "slow",
    "--by",
    "J. Doe",
  );
  expect([set.status, set.stderr]).toEqual([
    0,
    expect.stringContaining("clock set to -04:00, 1 m 30 s slow"),
  ]);
  const redated = JSON.parse(readFileSync(join(dir, "case", "picture.json"), "utf8")) as Picture;
  expect(redated.evidence[0]!.first).toBe("2024-03-04T14:24:00Z");
  expect(redated.case.settings.dialects).toBe("gateway");
  expect(firebreak("verify", "case").status).toBe(0);
  expect(firebreak("clock", "list", "case").stdout).toContain("set: -04:00, 1 m 30 s slow");
  expect(firebreak("clock", "suggest", "case").stderr).toContain("nothing to compare");
});

it.each([
  [["dialect", "learn", "nowhere.log"], 3, /no such file/],
  [["parse", "gateway.log", "--dialect", "nowhere.yml"], 3, /--dialect nowhere\.yml/],
  [["clock", "set", "case", "gateway.log", "soon"], 3, /is no clock setting/],
  [["clock", "set", "nowhere", "gateway.log", "UTC"], 4, /no case here/],
])("%s fails with a message", (args, status, message) => {
  const done = firebreak(...args);
  expect([done.status, done.stderr]).toEqual([status, expect.stringMatching(message)]);
});
