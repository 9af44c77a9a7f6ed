import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventRef, type Fields, type ParsedEvent } from "@firebreak/model/event";
import { loadRules, type RuleSet } from "@firebreak/sigma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { collectEvidence } from "../evidence/collect.ts";
import { readItem } from "../ingest/item.ts";
import { writeEvent } from "../store/row.ts";
import { SegmentWriter } from "../store/segment.ts";
import { EventStore } from "../store/store.ts";
import { createConverter, prelude } from "./convert.ts";
import { createDetector } from "./detector.ts";
import { rehunt } from "./rehunt.ts";
import { builtInRules, loadRuleTexts } from "./rules.ts";

const dir = scratchFolder("convert");

const sysmon = { "winlog.channel": "Microsoft-Windows-Sysmon/Operational", "winlog.event_id": 1 };
const security = { "winlog.channel": "Security", "winlog.event_id": 4688, "event.code": "4688" };
const drafts: readonly (readonly [dataset: string, fields: Fields])[] = [
  [
    "windows/evtx",
    { ...sysmon, "winlog.event_data.Image": "C:\\Windows\\System32\\cmd.exe", "user.name": "Alice" },
  ],
  [
    "windows/evtx",
    { ...security, "winlog.event_data.NewProcessName": "C:\\x\\CMD.EXE", "source.ip": "192.0.2.9" },
  ],
  ["windows/evtx", { ...sysmon, "user.name": "bob" }],
  ["windows/evtx", { ...security, "process.executable": "/bin/cmd.exe" }],
  [
    "windows/evtx",
    {
      "winlog.provider_name": "Microsoft-Windows-Sysmon",
      "winlog.event_id": "1",
      "process.executable": "c:\\cmd.exe",
    },
  ],
  [
    "linux/auditd",
    { "event.type": ["start"], "event.category": ["process"], "process.executable": "/usr/bin/x/cmd.exe" },
  ],
  [
    "linux/auditd",
    { "event.type": "end", "event.category": "process", "process.executable": "/usr/bin/x/cmd.exe" },
  ],
  [
    "linux/sshd",
    { "user.name": ["root", "alice"], "source.ip": "203.0.113.9", "source.port": 22, message: "Failed" },
  ],
  [
    "linux/sshd",
    { "user.name": "", "source.ip": "2001:db8::7", "host.name": "web-1", "firebreak.raw.ab": "q" },
  ],
  [
    "web/nginx-access",
    { "url.original": "/a?x=%27", "http.response.status_code": 404, "user_agent.original": "sqlmap" },
  ],
  ["other/unheard-of", { "user.name": "root alice", "source.ip": "203.0.113.9", 'odd"key': 'it\'s "so"' }],
  [
    "other/unheard-of",
    { "rule.name": [], "user.name": "K\u00c9Y", "firebreak.raw.n": 5.5, "firebreak.raw.flag": true },
  ],
];
const events = drafts.map(
  ([dataset, fields], at): ParsedEvent => ({ dataset, fields, offset: at * 10, length: 5 }),
);

const rule = (name: string, logsource: string, detection: string) =>
  `title: ${name}\nid: ${name}\nlevel: low\nlogsource: ${logsource}\ndetection: ${detection}\n`;
const any = "{ category: any_event }";
const texts = [
  rule(
    "image",
    "{ product: windows, category: process_creation }",
    "{ s: { Image|endswith: '\\cmd.exe' }, condition: s }",
  ),
  rule(
    "no-image",
    "{ product: windows, category: process_creation }",
    "{ s: { Image: null }, condition: s }",
  ),
  rule(
    "linux-image",
    "{ product: linux, category: process_creation }",
    "{ s: { Image|endswith: /cmd.exe }, condition: s }",
  ),
  rule("event-id", "{ product: windows, service: security }", "{ s: { EventID: 4688 }, condition: s }"),
  rule("not-event-id", "{ product: windows }", "{ s: { EventID: 4688 }, condition: not s }"),
  rule("channel", any, "{ s: { Channel|startswith: sec }, condition: s }"),
  rule("several-values", any, "{ s: { user.name: root }, condition: s }"),
  rule("joined-values", any, "{ s: { user.name: root alice }, condition: s }"),
  rule("empty", any, "{ s: { user.name: '' }, condition: s }"),
  rule("absent", any, "{ s: { user.name: null }, condition: s }"),
  rule("exists", any, "{ s: { rule.name|exists: true }, condition: s }"),
  rule("network", any, "{ s: { source.ip|cidr: [203.0.113.0/24, '2001:db8::/32'] }, condition: s }"),
  rule("not-network", any, "{ s: { source.ip|cidr: '2001:db8::/32' }, condition: not s }"),
  rule("port", any, "{ s: { source.port|lt: 1024 }, condition: s }"),
  rule("status", "{ category: webserver }", "{ s: { sc-status: 404 }, condition: s }"),
  rule("agent", "{ category: webserver }", "{ s: { cs-user-agent|contains: SQLMAP }, condition: s }"),
  rule("raw", any, "{ s: { a b: Q, flag|exists: false }, condition: s }"),
  rule("number", any, "{ s: { n|gte: 5.5, flag: 'TRUE' }, condition: s }"),
  rule("quote", any, "{ s: { 'odd\"key|contains': '\"so' }, condition: s }"),
  rule("fold", any, "{ s: { user.name: k\u00e9y }, condition: s }"),
  rule("regex", any, "{ s: { url.original|re: '%2[0-9]$' }, condition: s }"),
  rule("two-fields", any, "{ s: { user.name|fieldref: host.name }, condition: not s }"),
  rule("keywords", any, "{ k: [sqlmap, '192.0.2.*'], condition: k }"),
];

let stores = 0;

async function storeOf(events: readonly (readonly [string, ParsedEvent])[]): Promise<EventStore> {
  stores++;
  const writer = new SegmentWriter(join(dir, `segment-${stores}`));
  for (const [evidence, event] of events) writeEvent(writer, evidence, event);
  writer.close();
  const segments = { events: [{ file: writer.file, rows: writer.rows }], matches: [], rejects: [] };
  return EventStore.build(join(dir, `made-${stores}.duckdb`), segments);
}

describe("a rule as SQL finds the events that it matches as they stream by", () => {
  const { rules, diagnostics } = loadRules([{ path: "rules.yml", text: texts.join("---\n") }]);
  const streamed = new Map<string, number[]>();
  let store: EventStore;
  beforeAll(async () => {
    const detector = createDetector({ ruleSet: { rules, diagnostics, correlations: [], filters: [] } });
    for (const { id } of rules) streamed.set(id, []);
    for (const event of events) {
      detector.detect(event, (number) => streamed.get(rules[number]!.id)!.push(event.offset / 10));
    }
    store = await storeOf(events.map((event) => ["0123456789ab", event] as const));
    await store.run(prelude());
  });
  afterAll(() => store.close());

  it("the rules load and each finds something, but for the text of joined values, that no field holds", () => {
    expect(diagnostics).toEqual([]);
    expect(rules).toHaveLength(texts.length);
    expect([...streamed].filter(([, found]) => found.length === 0)).toEqual([]);
    expect(streamed.get("joined-values")).toEqual([10]);
  });

  it.each(rules.map(({ id }, number) => [id, number] as const))("%s", async (id, number) => {
    const query = createConverter()(rules[number]!);
    const rows = await store.query<{ offset: number }>(
      `SELECT "offset" FROM sourced_events WHERE ${query.where} ORDER BY 1`,
    );
    const found = rows.map(({ offset }) => offset / 10);
    expect(query.isComplete).toBe(id !== "keywords");
    if (query.isExact) expect(found).toEqual(streamed.get(id));
    else expect(found).toEqual(expect.arrayContaining(streamed.get(id)!));
  });

  it("a hunt over the store prints the same pairs, also where SQL cannot judge alone", async () => {
    const found = new Map(rules.map(({ id }) => [id, [] as number[]]));
    const summary = await rehunt({
      store,
      ruleSet: { rules, diagnostics, correlations: [], filters: [] },
      pathOf: () => "a.log",
      write: ({ RuleId, Offset }) => found.get(RuleId)!.push(Offset! / 10),
    });
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(streamed));
    expect(summary).toMatchObject({ incomplete: ["keywords"], withoutQuery: [] });
  });
});

/** Of every rule's matches the first so many, and of all events every so many: enough to find where the two differ. */
const matchesOfRule = 40;
const everyEvent = 25;

/** Events of an example that rules match or do not, with the pairs that the stream found in them. */
async function sampled(folder: string, ruleSet: RuleSet) {
  const { items } = await collectEvidence([join(folder, "evidence")], { spoolDir: join(dir, "spool") });
  const detector = createDetector({ ruleSet });
  const counts = new Map<string, number>();
  const rows: [string, ParsedEvent][] = [];
  const pairs: string[] = [];
  let read = 0;
  for (const item of items) {
    const time = { reference: { ms: Date.parse("2023-12-31T00:00:00Z"), source: "reference-date" as const } };
    readItem(
      item,
      { time },
      {
        event(event) {
          const found: string[] = [];
          detector.detect(event, (number) => found.push(ruleSet.rules[number]!.id));
          const isNew = found.some((id) => (counts.get(id) ?? 0) < matchesOfRule);
          if (!isNew && read++ % everyEvent !== 0) return;
          for (const id of found) {
            counts.set(id, (counts.get(id) ?? 0) + 1);
            pairs.push(`${id} ${eventRef(item.id, event)}`);
          }
          rows.push([item.id, event]);
        },
      },
    );
  }
  return { rows, pairs };
}

describe.each(["clinic", "xls-alert"])("our own rules over the example %s", (name) => {
  const folder = fileURLToPath(new URL(`../../../../examples/${name}/`, import.meta.url));
  it("find the same events by SQL as when they streamed by", { timeout: 600_000 }, async () => {
    const sources = await builtInRules();
    const loaded = loadRuleTexts(
      sources.flatMap(({ files }) => files),
      [],
    );
    const ruleSet = { ...loaded, correlations: [] };
    const { rows, pairs: expected } = await sampled(folder, ruleSet);
    const store = await storeOf(rows);
    const pairs: string[] = [];
    const { incomplete } = await rehunt({
      store,
      ruleSet,
      pathOf: () => undefined,
      write: ({ RuleId, Event }) => pairs.push(`${RuleId} ${Event}`),
    });
    store.close();
    const left = new Set(incomplete);
    const judged = (id: string) => !left.has(ruleSet.rules.find((one) => one.id === id)!.title);
    expect(expected.length).toBeGreaterThan(0);
    const ofJudged = (list: readonly string[]) => list.filter((pair) => judged(pair.split(" ")[0]!)).sort();
    expect(ofJudged(pairs)).toEqual(ofJudged(expected));
  });
});
