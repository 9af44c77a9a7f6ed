import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { citedEvents, correlateAll, createCorrelator } from "../../src/correlation/correlator.ts";
import type { CorrelationMatch, MatchValue, RuleMatch } from "../../src/correlation/match.ts";
import { parseCorrelation } from "../../src/correlation/parse.ts";
import type { CorrelationRule } from "../../src/correlation/types.ts";

/**
 * Rows of correlation-*.yml, each under the section of sigma-correlation-rules-specification that it tests:
 * [name, events, expected runs, keys of the (last) correlation to replace].
 *
 * Events: "a@1.5[user=x,port=#22]": rule a (a+b: rules a and b) at 1.5 seconds, with fields on top of `defaults`. "#" makes
 * a number, "|" a list, "_" is a space. "@-" is undated, "@0..9" ten events a second apart, "@5*4" four at second 5.
 * The events are numbered from 1. Rules have the names a, b, c and the ids id-of-a, id-of-b, id-of-c.
 *
 * Runs: "1-3,5 =4 {user=x}": these events are cited, inner runs opened; value 4; group, where given. ";" between runs.
 */
interface Block {
  section: string;
  correlation?: Body;
  correlations?: Record<string, Body>;
  defaults?: Record<string, string>;
  rows: [name: string, events: string, expected: string, changes?: Body][];
}

type Body = Record<string, unknown>;

const files = ["counting", "values", "temporal", "grouping", "chains"];
const rules = ["a", "b", "c"].map((name) => ({ id: `id-of-${name}`, name, path: "rules.yml" }));

for (const file of files) {
  const blocks = parse(readFileSync(new URL(`correlation-${file}.yml`, import.meta.url), "utf8")) as Block[];
  for (const block of blocks) {
    for (const row of block.rows)
      if (row.length > 4) throw new Error(`a comma without quotes: ${row.join(" | ")}`);
    describe(block.section, () => {
      test.each(block.rows)("%s", (_name, events, expected, changes = {}) => {
        const correlations = correlationsOf(block, changes);
        const matches = eventsOf(events, block.defaults ?? {});
        const { matches: runs, diagnostics } = correlateAll(correlations, rules, matches);
        expect(diagnostics).toEqual([]);
        expect(runs.map((run) => show(run, expected)).sort()).toEqual(split(expected, ";").sort());
        const correlator = createCorrelator(correlations, rules);
        for (const match of matches) correlator.push(match);
        expect(correlator.flush()).toEqual(runs);
      });
    });
  }
}

function correlationsOf(block: Block, changes: Body): CorrelationRule[] {
  const bodies = Object.entries(block.correlations ?? { outer: block.correlation! });
  return bodies.map(([name, body], index) => {
    const correlation = { ...body, ...(index === bodies.length - 1 ? changes : {}) };
    const document = { title: name, id: `id-of-${name}`, name, correlation };
    const read = parseCorrelation(document, { path: "rules.yml" });
    if (read.correlation === undefined) throw new Error(JSON.stringify(read.diagnostics));
    return read.correlation;
  });
}

function split(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function eventsOf(text: string, defaults: Record<string, string>): RuleMatch[] {
  let number = 0;
  return split(text, " ").flatMap((token) => {
    const [, names = "", when = "", fields = ""] = /^([^@]+)@([^[]+)(?:\[(.*)\])?$/.exec(token) ?? [];
    const values = fieldsOf(split(fields, ","), defaults);
    return timesOf(when).flatMap((time) => {
      const ref = `log:${++number}`;
      const get = (field: string) => values.get(field);
      return names.split("+").map(
        (name): RuleMatch => ({
          ruleId: `id-of-${name}`,
          ref,
          get,
          ...(time === undefined ? {} : { time }),
        }),
      );
    });
  });
}

function fieldsOf(pairs: readonly string[], defaults: Record<string, string>): Map<string, MatchValue> {
  const values = new Map<string, MatchValue>(Object.entries(defaults));
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const text = pair.slice(at + 1).replaceAll("_", " ");
    const value = text.startsWith("#") ? Number(text.slice(1)) : text.includes("|") ? split(text, "|") : text;
    values.set(pair.slice(0, at), value);
  }
  return values;
}

function timesOf(when: string): (RuleMatch["time"] | undefined)[] {
  if (when === "-") return [undefined];
  const series = /^(\d+)\.\.(\d+)$/.exec(when);
  if (series !== null) {
    const [first, last] = [Number(series[1]), Number(series[2])];
    return Array.from({ length: last - first + 1 }, (_, index) => timeOf(String(first + index)));
  }
  const [second = "", times = "1"] = when.split("*");
  return Array.from({ length: Number(times) }, () => timeOf(second));
}

function timeOf(seconds: string): { ms: number; ns: number } {
  const [whole = "", fraction = ""] = seconds.split(".");
  const nanos = fraction.padEnd(9, "0");
  return { ms: Number(whole) * 1000 + Number(nanos.slice(0, 3)), ns: Number(nanos.slice(3)) };
}

/** A run in the notation of the rows, with its group where the expectation names groups. */
function show(run: CorrelationMatch, expected: string): string {
  const numbers = citedEvents(run).map(({ ref }) => Number(ref.slice("log:".length)));
  const group = Object.entries(run.group).map(([name, value]) => `${name}=${value}`);
  return `${ranges(numbers)} =${run.value}${expected.includes("{") ? ` {${group}}` : ""}`;
}

function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}
