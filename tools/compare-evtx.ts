/**
 * Compares our EVTX reader with another one, record by record:
 *
 *   node tools/compare-evtx.ts "evtx_dump -t 1 -o jsonl" logs/ more/System.evtx
 *
 * The command is run once per file with the file's path added; it must print one JSON object per record in the shape of
 * `evtx_dump -o jsonl`. Records are matched by content first, then by record id and time. Exit code 1 when they differ.
 * `--recover-records` in the command turns recovery on here too; with `-o xml --no-indent` lines of XML are compared.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openEvtx } from "../packages/evtx/src/index.ts";

interface Tally {
  records: number;
  equal: number;
  readonly differences: Map<string, { count: number; example: string }>;
}

const [command, ...paths] = process.argv.slice(2);
if (command === undefined || paths.length === 0) {
  console.error('usage: node tools/compare-evtx.ts "DUMP COMMAND" PATH...');
  process.exit(2);
}
const tally: Tally = { records: 0, equal: 0, differences: new Map() };
for (const path of paths.flatMap(evtxFiles)) compareFile(path, command, tally);
console.log(`${tally.records} records, ${tally.equal} equal`);
for (const [kind, { count, example }] of [...tally.differences].sort((a, b) => b[1].count - a[1].count)) {
  console.log(`${count} x ${kind}\n    ${example}`);
}
process.exitCode = tally.differences.size === 0 ? 0 : 1;

function evtxFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => name.toLowerCase().endsWith(".evtx")).map((name) => join(path, name));
}

function compareFile(path: string, dump: string, into: Tally): void {
  const ours: string[] = [];
  const isXml = dump.includes("-o xml");
  const file = openEvtx(readFileSync(path), { recover: dump.includes("--recover-records") });
  file.forEachRecord((record) => {
    if (isXml)
      ours.push(
        ...record
          .toXML()
          .split(/\r\n|\n/)
          .filter(isXmlLine),
      );
    else if (record.recovered) ours.push(`{"recovered":true,${record.jsonText().slice(1)}`);
    else ours.push(record.jsonText());
  });
  const [program, ...options] = dump.split(" ");
  const run = spawnSync(program!, [...options, path], { encoding: "utf8", maxBuffer: 2 ** 31 - 1 });
  const theirs = (run.stdout ?? "")
    .split(isXml ? /\r\n|\n/ : "\n")
    .filter((line) => (isXml ? isXmlLine(line) : line.startsWith("{")));
  into.records += ours.length;
  const left = new Map<string, number>();
  for (const line of theirs) left.set(line, (left.get(line) ?? 0) + 1);
  const unmatched: string[] = [];
  for (const line of ours) {
    const count = left.get(line) ?? 0;
    if (count === 0) unmatched.push(line);
    else {
      left.set(line, count - 1);
      into.equal++;
    }
  }
  if (isXml) {
    for (const line of unmatched) note(into, "line only here", `${path}: ${line.slice(0, 600)}`);
    for (const [line, count] of left)
      if (count > 0) note(into, "line only there", `${path}: ${line.slice(0, 600)}`);
    return;
  }
  const rest = [...left].flatMap(([line, count]) => new Array<string>(count).fill(line));
  compareRest(path, unmatched, rest, into);
}

/** Not the frame that the other reader puts around records. */
function isXmlLine(line: string): boolean {
  return line !== "" && !/^(Record \d+|<\?xml |<!-- recovered)/.test(line);
}

/** Pairs what is left by record id and time and notes where the pairs differ. */
function compareRest(path: string, ours: readonly string[], theirs: readonly string[], into: Tally): void {
  const byKey = new Map<string, unknown[]>();
  for (const line of theirs) {
    const event = parse(line);
    if (event === undefined) {
      note(into, "line there is not valid JSON", `${path}: ${line.slice(0, 300)}`);
      continue;
    }
    const key = keyOf(event);
    byKey.set(key, [...(byKey.get(key) ?? []), event]);
  }
  for (const line of ours) {
    const event = JSON.parse(line);
    const other = byKey.get(keyOf(event))?.shift();
    if (other === undefined) note(into, "record only here", `${path}: ${line.slice(0, 300)}`);
    else {
      const found = [...differences(event, other, "")];
      if (found.length === 0)
        note(into, "order of members or form of numbers", `${path}: ${line.slice(0, 300)}`);
      for (const { where, text } of found) note(into, where, `${path}: ${text}`);
    }
  }
  for (const event of [...byKey.values()].flat()) {
    note(into, "record only there", `${path}: ${JSON.stringify(event).slice(0, 300)}`);
  }
}

function parse(line: string): Parameters<typeof keyOf>[0] | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function keyOf(event: { Event?: { System?: Record<string, unknown> } | null }): string {
  const system = event.Event?.System;
  return JSON.stringify([system?.EventRecordID, system?.TimeCreated, system?.EventID]);
}

function* differences(a: unknown, b: unknown, where: string): Generator<{ where: string; text: string }> {
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      yield* differences(a[key], b[key], `${where}.${key}`);
    }
  } else if (JSON.stringify(a) !== JSON.stringify(b)) {
    const text = `here ${JSON.stringify(a)}, there ${JSON.stringify(b)}`;
    yield { where: `${where}: ${kindOf(a)} here, ${kindOf(b)} there`, text: text.slice(0, 400) };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "absent";
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}

function note(into: Tally, kind: string, example: string): void {
  const known = into.differences.get(kind);
  if (known === undefined) into.differences.set(kind, { count: 1, example });
  else known.count++;
}
