/**
 * Compares what pySigma said (answers.py) with @firebreak/sigma: which rules load, how their conditions are built, and
 * which events match, by the streaming matcher and by plain evaluation.
 * Usage: node tools/pysigma-oracle/compare.ts ANSWERS.jsonl [--list]
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import {
  type Condition,
  compileMatcher,
  explain,
  type FieldValue,
  flatEvent,
  loadRules,
  type SigmaRule,
  type Taxonomy,
} from "../../packages/sigma/src/index.ts";

interface Answer {
  readonly path: string;
  readonly text: string;
  readonly error?: string;
  readonly shape?: Shape;
  readonly events: readonly [Record<string, FieldValue>, boolean | string | null][];
}

type Shape = string | readonly (string | Shape)[];

/** Names mean themselves: field mappings are not what is compared. */
const plainNames: Taxonomy = {
  logSources: [],
  fields: [],
  eventIdFields: [],
  channelFields: [],
  channelOfProvider: {},
  fallbackPrefixes: [],
};
/** The values that answers.py gives every placeholder. */
const placeholderValues = ["alice", "adm-bob", "10.9.8.7"];

function joined(kind: "and" | "or", items: readonly Shape[]): Shape {
  let flat = items.flatMap((item) => (typeof item !== "string" && item[0] === kind ? item.slice(1) : [item]));
  if (kind === "or") {
    const seen = new Map(flat.map((item) => [JSON.stringify(item), item]));
    flat = [...seen.values()];
  }
  const sorted = flat
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return flat.length === 1 ? flat[0]! : [kind, ...sorted.map(([, item]) => item)];
}

/** The order of items means nothing. */
function sorted(shape: Shape): Shape {
  if (typeof shape === "string" || shape[0] === "not") {
    return typeof shape === "string" ? shape : ["not", sorted(shape[1]!)];
  }
  return joined(shape[0] as "and" | "or", shape.slice(1).map(sorted));
}

function shapeOf(node: Condition): Shape {
  switch (node.kind) {
    case "and":
    case "or":
      return joined(node.kind, node.items.map(shapeOf));
    case "not":
      return ["not", shapeOf(node.item)];
    case "field":
      return `field ${node.field}`;
    default:
      return node.kind;
  }
}

function loadOne({ path, text }: Answer): { rule?: SigmaRule; error?: string } {
  const names = [...text.matchAll(/%([^%\s]{1,60})%/g)].map(
    ([, name]) => [name!, placeholderValues] as const,
  );
  const { rules, diagnostics } = loadRules([{ path, text }], {
    placeholders: Object.fromEntries(names),
    includeStatus: ["stable", "test", "experimental", "deprecated", "unsupported"],
  });
  const [rule] = rules;
  if (rule !== undefined) return { rule: { ...rule, logsource: {} } };
  const error = diagnostics.find(({ severity }) => severity === "error");
  return { error: error === undefined ? "no rule" : `${error.code}: ${error.message}` };
}

const counts = new Map<string, number>();
const differences: string[] = [];

function count(what: string, path: string): void {
  const name = `${path.startsWith("made/") ? "generated" : "SigmaHQ"}: ${what}`;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function differ(kind: string, answer: Answer, detail: unknown): void {
  count(`DIFFERENT ${kind}`, answer.path);
  const detection = answer.path.startsWith("made/")
    ? ` ${JSON.stringify(JSON.parse(answer.text).detection)}`
    : "";
  differences.push(`${kind} ${answer.path}${detection} ${JSON.stringify(detail)}`);
}

function compare(answer: Answer): void {
  const { rule, error } = loadOne(answer);
  count("rules", answer.path);
  if ((rule === undefined) !== (answer.error !== undefined)) {
    differ("loading", answer, { ours: error ?? "loads", pySigma: answer.error ?? "loads" });
    return;
  }
  count(rule === undefined ? "rules refused by both" : "rules loaded by both", answer.path);
  if (rule === undefined) return;
  const ours = JSON.stringify(sorted(shapeOf(rule.condition)));
  const theirs = JSON.stringify(sorted(answer.shape!));
  if (ours === theirs) count("conditions with the same structure", answer.path);
  else differ("structure", answer, { ours: ours.slice(0, 300), pySigma: theirs.slice(0, 300) });
  const matcher = compileMatcher({ rules: [rule] }, plainNames);
  for (const [fields, expected] of answer.events) {
    const event = flatEvent(fields, {});
    const found = matcher.match(event).length > 0;
    count("rule and event pairs", answer.path);
    if (found) count("of them matches", answer.path);
    if (found !== explain(rule, event, plainNames).matches) differ("matcher and evaluation", answer, fields);
    if (found !== expected) differ("truth", answer, { fields, ours: found, pySigma: expected });
  }
}

const [path, option] = process.argv.slice(2);
if (path === undefined) {
  console.error("usage: node tools/pysigma-oracle/compare.ts ANSWERS.jsonl [--list]");
  process.exitCode = 2;
} else {
  for await (const line of createInterface({ input: createReadStream(path) })) compare(JSON.parse(line));
  for (const [name, number] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${name}: ${number}`);
  if (option === "--list") for (const difference of differences) console.log(difference);
  process.exitCode = differences.length > 0 ? 1 : 0;
}
