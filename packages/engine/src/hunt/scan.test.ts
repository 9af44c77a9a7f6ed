import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type EvtxRecordSpec, filetimeOf, writeEvtx } from "../../../../tools/evtx-writer/writer.ts";
import { loadRuleTexts } from "../detect/rules.ts";
import { createScanner, type Found, loadOtherReader } from "./scan.ts";
import type { Filters } from "./settings.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-scan-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const detections = [
  "s: { Image|endswith: 'cmd.exe' }",
  "s: { CommandLine|contains: whoami, User: 'CORP\\alice' }",
  "s: { CommandLine|re: 'who[a-z]{2,4}' }",
  "s: { process.executable|endswith: cmd.exe }",
  "s: { process.name: cmd.exe }",
  "s: { user.name: alice }",
  "s: { TargetUserName: alice, LogonType: 10 }",
  "s: { LogonType|gte: 3 }",
  "s: { md5|startswith: '0' }",
  "s: { IpAddress|cidr: 203.0.113.0/24 }",
  "s: { source.ip: 203.0.113.9 }",
  "s: { param1: alice }",
  "s: { Data|contains: whoami }",
  "s: { Param1: alice }",
  "s: { Provider_Name: Service Control Manager, EventID: 7045 }",
  "s: { Level: 4, Channel: Security }",
  "s: { EventRecordID: 2 }",
  "s: { Computer|startswith: ws }",
  "s: { ParentImage|exists: false }",
  "s: { Image: null }",
  "s: { Missing: null, Execution_ProcessID|gt: 3 }",
  "s: { Keywords|contains: '0x8' }",
  "k: [whoami, 'C:\\Windows\\cmd.exe']",
  "k: ['7']",
];

const rules = detections.map((detection, i) => ({
  path: `${i}.yml`,
  text: `title: Rule ${i}\nid: 11111111-0000-4000-8000-${String(i).padStart(12, "0")}\nlevel: low\nlogsource: { product: windows }\ndetection:\n  ${detection}\n  condition: 1 of them\n`,
}));
const ruleSet = loadRuleTexts(rules, []);
const filters: Filters = { format: "jsonl", minLevel: "informational", withData: false };
const other = await loadOtherReader([{ isEvtx: false }]);
const scanner = createScanner(ruleSet, filters, other);

const word = fc.constantFrom(
  "alice",
  "CORP\\alice",
  "C:\\Windows\\cmd.exe",
  "cmd.exe /c whoami /all",
  "C:\\WINDOWS\\CMD.EXE",
  "WhoAmI \u017ftill für \u212a",
  "x\0whoami",
  "203.0.113.9",
  "SHA1=00,MD5=0123456789abcdef0123456789abcdef,SHA256=11,IMPHASH=22",
  "-",
  "",
  "7",
  "%%1833",
  "S-1-5-18",
);
const source = fc.constantFrom(
  {
    provider: { name: "Microsoft-Windows-Sysmon" },
    channel: "Microsoft-Windows-Sysmon/Operational",
    eventId: 1,
  },
  { provider: { name: "Microsoft-Windows-Security-Auditing" }, channel: "Security", eventId: 4624 },
  { provider: { name: "Microsoft-Windows-Security-Auditing" }, channel: "Security", eventId: 4688 },
  { provider: { name: "Service Control Manager" }, channel: "System", eventId: 7045 },
  { provider: { name: "Service Control Manager" }, channel: "System", eventId: 7045, qualifiers: 16384 },
  { provider: { name: "PowerShell" }, channel: "Windows PowerShell", eventId: 400, qualifiers: 0 },
  { provider: { name: "Unheard-Of" }, channel: "Unheard", eventId: 7 },
);
const named = [
  "Image",
  "CommandLine",
  "User",
  "TargetUserName",
  "IpAddress",
  "Hashes",
  "param1",
  "ServiceName",
];
const item = fc.oneof(
  fc.record({ name: fc.constantFrom(...named), value: word }),
  fc.record({ name: fc.constant("LogonType"), type: fc.constant("uint32" as const), value: fc.nat(12) }),
  fc.record({ name: fc.constant("Many"), value: fc.array(word, { maxLength: 3 }) }),
);
const data = fc.oneof(
  fc.record({ eventData: fc.uniqueArray(item, { selector: ({ name }) => name, maxLength: 8 }) }),
  fc.record({ eventData: fc.array(fc.record({ value: word }), { maxLength: 5 }) }),
  fc.record({
    userData: fc.record({
      name: fc.constant("EventXML"),
      children: fc.array(fc.record({ name: fc.constantFrom("Param1", "User", "ClientIP"), value: word }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  }),
);
const record = fc
  .tuple(source, data, fc.constantFrom("ws-17.corp.example", "dc1"), fc.option(fc.constant("S-1-5-18")))
  .map(([from, content, computer, sid]) => ({
    ...from,
    ...content,
    computer,
    ...(sid && { userSid: sid }),
    processId: 4,
  }));

function write(name: string, records: readonly Omit<EvtxRecordSpec, "recordId" | "time">[]) {
  const file = join(dir, name);
  const time = filetimeOf("2024-05-06T07:08:09.1234567Z");
  writeFileSync(
    file,
    writeEvtx(
      records.map((spec, i) => ({ ...spec, recordId: i + 1, time: time + BigInt(i) * 10_000_000n })),
      { recordsPerChunk: 2 },
    ),
  );
  return { path: name, file, bytes: statSync(file).size, isEvtx: true };
}

function linesOf(file: ReturnType<typeof write>, use = scanner, part = {}): string[] {
  const found: Found[] = [];
  use.scan({ file, time: {}, ...part }, (one) => found.push(one));
  return found.map(({ line }) => line);
}

describe("scanning an event log", () => {
  it("finds what its conversion to ECS finds, line for line", () => {
    let detected = 0;
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const file = write("property.evtx", records);
        const fast = linesOf(file);
        detected += fast.length;
        expect(fast).toEqual(linesOf({ ...file, isEvtx: false }));
      }),
      { numRuns: 150 },
    );
    expect(detected).toBeGreaterThan(300);
  });

  const plain = Array.from({ length: 9 }, (_, i) => ({
    provider: { name: "Microsoft-Windows-Sysmon" },
    channel: "Microsoft-Windows-Sysmon/Operational",
    eventId: 1,
    computer: "ws-17",
    eventData: [
      { name: "Image", value: "C:\\cmd.exe" },
      { name: "CommandLine", value: `run ${i}` },
    ],
  }));

  it("chunk ranges give all of it once, in order", () => {
    const file = write("parts.evtx", plain);
    const parts = [0, 1, 2, 3, 4].flatMap((at) => linesOf(file, scanner, { fromChunk: at, toChunk: at + 1 }));
    expect(parts.length).toBeGreaterThan(9);
    expect(parts).toEqual(linesOf(file));
  });

  it.each([
    [
      "a time range",
      { range: { fromMs: Date.parse("2024-05-06T07:08:11Z"), toMs: Date.parse("2024-05-06T07:08:13Z") } },
      [3, 4],
    ],
    ["a level", { minLevel: "medium" as const }, []],
    [
      "a search",
      {
        search: loadRuleTexts(
          [
            {
              path: "s.yml",
              text: "title: s\nlogsource: {category: any_event}\ndetection: {k: ['*run 7*'], condition: k}",
            },
          ],
          [],
        ),
      },
      [8],
    ],
  ])("%s leaves the other records out", (_name, more, ids) => {
    for (const isEvtx of [true, false]) {
      const lines = linesOf(
        { ...write("filter.evtx", plain), isEvtx },
        createScanner(ruleSet, { ...filters, ...more }, other),
      );
      expect([...new Set(lines.map((line) => JSON.parse(line).RecordID))]).toEqual(ids);
    }
  });

  it.each([
    ["an empty file", Buffer.alloc(0)],
    ["a header alone", Buffer.from("ElfFile\0")],
    ["noise", Buffer.alloc(200_000, "ElfChnk\0**\0\0")],
  ])("%s gives nothing and does not throw", (_name, bytes) => {
    const file = join(dir, "hostile.evtx");
    writeFileSync(file, bytes);
    expect(linesOf({ path: "hostile.evtx", file, bytes: bytes.length, isEvtx: true })).toEqual([]);
  });

  it.each([true, false])(
    "a fault of the caller is not taken for a damaged file (event log: %s)",
    (isEvtx) => {
      const file = { ...write("fault.evtx", plain), isEvtx };
      const failing = () => {
        throw new Error("output closed");
      };
      expect(() => scanner.scan({ file, time: {} }, failing)).toThrow("output closed");
    },
  );

  it("a file that has gone is told of", () => {
    const file = { path: "gone.evtx", file: join(dir, "gone.evtx"), bytes: 70_000, isEvtx: true };
    const { records, notes } = scanner.scan({ file, time: {} }, () => {});
    expect([records, notes]).toEqual([0, [expect.stringContaining("ENOENT")]]);
  });

  it("a name of hostile data reaches no prototype", () => {
    const file = write("proto.evtx", [
      {
        ...plain[0]!,
        eventData: [
          { name: "__proto__", value: "x" },
          { name: "Image", value: "cmd.exe" },
        ],
      },
    ]);
    const [line] = linesOf(file, createScanner(ruleSet, { ...filters, withData: true }));
    expect(line).toContain('"__proto__":"x"');
  });
});
