import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import {
  type EvtxRecordSpec,
  filetimeOf,
  type Scalar,
  type ValueTypeName,
  writeEvtx,
} from "../../../../tools/evtx-writer/writer.ts";
import { loadRuleTexts } from "../detect/rules.ts";
import { HuntSieve } from "./hunt-sieve.ts";
import { createScanner, type Found, loadOtherReader } from "./scan.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-sieve-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Guards of each place and length, second guards, rules without guard that texts tell to be false, and what stands in System. */
const conditions = [
  "a: { Image|endswith: '\\cmd.exe' }; condition: a",
  "a: { Image|startswith: 'C:\\Windows' , CommandLine|contains: whoami }; condition: a",
  "a: { CommandLine|contains|all: [ '/c', 'who', 'am' ] }; condition: a",
  "a: { CommandLine|re: 'who[a-z]{2,4}\\s' }; condition: a",
  "a: { User: ['SYSTEM', '-', ''] }; condition: a",
  "a: { LogonType: 10 }; condition: a",
  "a: { LogonType|startswith: '100' }; condition: a",
  "a: { Elevated: 'true' }; condition: a",
  "a: { LogonId: '0x3e7' }; condition: a",
  "a: { TargetUserSid|endswith: '-500' }; condition: a",
  "a: { Image|contains: '\\' }; condition: not a",
  "a: { Image|endswith: ['.exe', '.scr'] }; b: { User: '' }; condition: not a and not b",
  "a: { Image|endswith|cased: '.exe' }; b: { User: SYSTEM }; condition: b and not a",
  "a: { Image|fieldref: ParentImage }; condition: a",
  "a: { CommandLine|re: '[0-9a-f]{12}' }; condition: a",
  "a: { CommandLine|re: '`' }; condition: a",
  "a: { IpAddress|cidr: ['10.0.0.0/8', '192.168.0.0/16', '::1/128'] }; condition: not a",
  "a: { Missing: null }; b: { Image|contains: 'cmd' }; condition: a and not b",
  "a: { Provider_Name: 'Service Control Manager' }; condition: a",
  "a: { Computer|startswith: ws-1 }; condition: a",
  "a: ['whoami /', 'mimikatz', 'C:\\Windows\\cmd']; condition: a",
];
const ruleSet = loadRuleTexts(
  conditions.map((text, i) => ({
    path: `${i}.yml`,
    text: `title: Rule ${i}\nid: 11111111-0000-4000-8000-${String(i).padStart(12, "0")}\nlevel: low\nlogsource: { product: windows }\ndetection:\n  ${text.replaceAll("; ", "\n  ")}\n`,
  })),
  [],
);
const scanner = createScanner(
  ruleSet,
  { format: "jsonl", minLevel: "informational", withData: false },
  await loadOtherReader([{ isEvtx: false }]),
);

const path = fc.constantFrom(
  "e:\\tools\\cmdlet.exe",
  "C:\\Windows\\cmd.exe",
  "C:\\WINDOWS\\CMD.EXE",
  "d:\\a\\b.scr",
  "b.dll",
  "",
  "C:\\für\\cmd.exe",
);
const line = fc.oneof(
  fc.constantFrom(
    "cmd.exe /c whoami /all",
    "whoami",
    "run `x`",
    "WHO\u017f /c am",
    "",
    "x\0whoami /",
    "ended\0\0",
  ),
  fc.string({ unit: fc.constantFrom("0", "a", "F", "x"), maxLength: 60 }),
  fc.string({ unit: fc.constantFrom("who", "am", "i", " ", "/c", "mimi", "katz"), maxLength: 12 }),
);
/** A datum of which no rule is true, as most are, or another, or none. */
const typed = (type: ValueTypeName, quiet: Scalar, value: fc.Arbitrary<Scalar>) =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constant({ type, value: quiet }) },
    { weight: 4, arbitrary: value.map((one) => ({ type, value: one })) },
    { weight: 1, arbitrary: fc.constant({ type: "null" as const, value: null }) },
  );
const fields = fc.record({
  Image: typed("string", "e:\\tools\\cmdlet.exe", path),
  ParentImage: typed("string", "e:\\start.exe", path),
  CommandLine: typed("string", "cmdlet /run", line),
  User: typed("string", "CORP\\alice", fc.constantFrom("system", "-", "")),
  LogonType: typed("uint32", 2, fc.constantFrom(3, 10, 1000)),
  IpAddress: typed(
    "string",
    "10.1.2.3",
    fc.constantFrom(
      "203.0.113.9",
      "010.1.2.3",
      "10.1.2",
      "10.1.2.300",
      "::1",
      "-",
      "192.168.255.255",
      " 10.0.0.1",
    ),
  ),
  Elevated: typed("bool", false, fc.constant(true)),
  LogonId: typed("hex64", 0x3e4n, fc.constantFrom(0x3e7n, 0n)),
  TargetUserSid: typed("sid", "S-1-5-18", fc.constant("S-1-5-21-1-2-3-500")),
});
const data = fc.tuple(fields, fc.constantFrom(9, 9, 9, 8)).map(([values, count]) =>
  Object.entries(values)
    .slice(0, count)
    .map(([name, value]) => ({ name, ...value })),
);
const source = fc.constantFrom(
  {
    provider: { name: "Microsoft-Windows-Sysmon" },
    channel: "Microsoft-Windows-Sysmon/Operational",
    eventId: 1,
  },
  { provider: { name: "Microsoft-Windows-Security-Auditing" }, channel: "Security", eventId: 4688 },
  { provider: { name: "Service Control Manager" }, channel: "System", eventId: 7045 },
);
const record = fc
  .tuple(source, data, fc.constantFrom("ws-17.corp.example", "dc1", "dc2", "dc3"))
  .map(([from, eventData, computer]) => ({ ...from, eventData, computer }));

function write(records: readonly Omit<EvtxRecordSpec, "recordId" | "time">[]) {
  const file = join(dir, "log.evtx");
  const time = filetimeOf("2024-05-06T07:08:09.1234567Z");
  writeFileSync(
    file,
    writeEvtx(
      records.map((spec, i) => ({ ...spec, recordId: i + 1, time })),
      { recordsPerChunk: 4 },
    ),
  );
  return { path: "log.evtx", file, bytes: statSync(file).size, isEvtx: true };
}

function linesOf(file: ReturnType<typeof write>) {
  const found: Found[] = [];
  const { records } = scanner.scan({ file, time: {} }, (one) => found.push(one));
  return { records, lines: found.map(({ line: text }) => text) };
}

/** All records read in full. */
function inFull<T>(run: () => T): T {
  const mayMatter = vi.spyOn(HuntSieve.prototype, "mayMatter").mockImplementation(function (this: HuntSieve) {
    this.source = undefined;
    return true;
  });
  const matchFound = vi.spyOn(HuntSieve.prototype, "matchFound").mockReturnValue(undefined);
  try {
    return run();
  } finally {
    mayMatter.mockRestore();
    matchFound.mockRestore();
  }
}

describe("the sieve", () => {
  it("lets all records through of which a rule is true, and leaves out others", () => {
    const mayMatter = vi.spyOn(HuntSieve.prototype, "mayMatter");
    const matchFound = vi.spyOn(HuntSieve.prototype, "matchFound");
    const counts = { asked: 0, leftOut: 0, searched: 0, found: 0 };
    try {
      fc.assert(
        fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), (records) => {
          const file = write(records);
          const fast = linesOf(file);
          counts.asked += mayMatter.mock.results.length;
          counts.leftOut += mayMatter.mock.results.filter(({ value }) => value === false).length;
          counts.found += fast.lines.length;
          counts.searched += matchFound.mock.results.filter(({ value }) => value !== undefined).length;
          mayMatter.mockClear();
          matchFound.mockClear();
          expect(fast).toEqual(linesOf({ ...file, isEvtx: false }));
        }),
        { numRuns: 300 },
      );
    } finally {
      mayMatter.mockRestore();
      matchFound.mockRestore();
    }
    expect(counts.asked).toBeGreaterThan(1000);
    expect(counts.found).toBeGreaterThan(1000);
    expect(counts.searched).toBeGreaterThan(500);
    expect(counts.leftOut).toBeGreaterThan(100);
  });

  it("tells the same of damaged logs", () => {
    const change = fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x0c, 0x21, 0x81)));
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 4, maxLength: 8 }),
        fc.array(change, { minLength: 1, maxLength: 30 }),
        (records, changes) => {
          const file = write(records);
          const bytes = readFileSync(file.file);
          const start = 4096 + 512;
          // Records are small: most of the first chunk is empty.
          for (const [at, byte] of changes) bytes[start + (at % 8000)] = byte;
          writeFileSync(file.file, bytes);
          expect(linesOf(file)).toEqual(inFull(() => linesOf(file)));
        },
      ),
      { numRuns: 200 },
    );
  });
});
