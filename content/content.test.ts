import { loadFacets } from "@firebreak/engine/detect/facets";
import { taxonomy } from "@firebreak/engine/detect/taxonomy";
import { formats } from "@firebreak/parsers/formats.generated";
import { payloads } from "@firebreak/parsers/payloads.generated";
import { compileMatcher, correlateAll, loadRules } from "@firebreak/sigma";
import { describe, expect, it } from "vitest";
import { checkContent } from "../tools/check-content.ts";
import {
  type CorrelationTest,
  expandStream,
  type RuleTest,
  readTest,
  type StreamCase,
  toEvent,
} from "./testing/cases.ts";
import { contentFiles } from "./testing/files.ts";

const ruleSet = loadRules([...contentFiles("rules"), ...contentFiles("correlations")]);
const matcher = compileMatcher(ruleSet, taxonomy);
const tests = contentFiles("tests").map((file) => ({ path: file.path, test: readTest(file) }));
const titles = new Map([...ruleSet.rules, ...ruleSet.correlations].map(({ id, title }) => [id, title]));

describe("content", () => {
  it("loads without a diagnostic", () => {
    expect(ruleSet.diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
  });

  it("keeps its own conventions", () => {
    expect(checkContent()).toEqual([]);
  });

  it("has a test for each rule and correlation", () => {
    const tested = new Set(tests.map(({ test }) => ("rule" in test ? test.rule : test.correlation)));
    expect([...titles].filter(([id]) => !tested.has(id))).toEqual([]);
  });
});

describe("mappings", () => {
  const facetsOf = loadFacets();
  /** Carriers: what the record says of itself decides. */
  const carriers = /^(generic|syslog)\//;
  const names = [...formats, ...payloads].map(({ name }) => name).filter((name) => !carriers.test(name));

  it.each(names)("gives %s a product or a category", (dataset) => {
    const { product, categories } = facetsOf({ dataset, fields: {} });
    expect(product ?? categories?.[0]).toBeDefined();
  });

  it("routes a record without a known format by what it says of itself", () => {
    const fields = { "event.category": ["authentication"] };
    expect(facetsOf({ dataset: "generic/csv", fields }).categories).toContain("authentication");
  });

  it("does not read the process start of an audit log as a file", () => {
    const fields = { "event.category": ["process"], "event.type": ["start"] };
    const { product, categories } = facetsOf({ dataset: "linux/auditd", fields });
    expect([product, categories]).toEqual(["linux", ["process_creation"]]);
  });
});

describe("rules", () => {
  const matched = (one: RuleTest["match"][number]) => matcher.match(toEvent(one)).map(({ rule }) => rule.id);
  for (const { test } of tests) {
    if (!("rule" in test)) continue;
    describe(titles.get(test.rule) ?? test.rule, () => {
      it.each(test.match.map((one) => [one.name, one] as const))("finds: %s", (_, one) => {
        expect(matched(one)).toContain(test.rule);
      });
      it.each(test.benign.map((one) => [one.name, one] as const))("leaves: %s", (_, one) => {
        expect(matched(one)).not.toContain(test.rule);
      });
    });
  }
});

describe("correlations", () => {
  for (const { test } of tests) {
    if (!("correlation" in test)) continue;
    describe(titles.get(test.correlation) ?? test.correlation, () => {
      it.each(test.match.map((one) => [one.name, one] as const))("finds: %s", (_, one) => {
        expect(correlated(one, test)).toContain(test.correlation);
      });
      it.each(test.benign.map((one) => [one.name, one] as const))("leaves: %s", (_, one) => {
        expect(correlated(one, test)).not.toContain(test.correlation);
      });
    });
  }
});

/** Ids of the correlations that the stream fulfils; those that feed others count too. */
function correlated(stream: StreamCase, { correlation }: CorrelationTest): string[] {
  const matches = expandStream(stream).flatMap(({ ms, event }, index) =>
    matcher.match(event).map((found) => ({
      ruleId: found.rule.id,
      ref: String(index).padStart(9, "0"),
      time: { ms, ns: 0 },
      get: (field: string) => found.get(field),
    })),
  );
  const { matches: found, diagnostics } = correlateAll(ruleSet.correlations, ruleSet.rules, matches);
  expect(diagnostics.filter(({ file }) => file?.includes(correlation))).toEqual([]);
  return found.map((each) => each.correlation.id);
}
