import type { Finding } from "@firebreak/model/picture";
import type { SigmaRule } from "@firebreak/sigma";
import { describe, expect, it } from "vitest";
import type { RuleTally } from "./detections.ts";
import type { EventRow } from "./rows.ts";
import { withVoices } from "./voices.ts";

const row = (offset: number) => ({ evidence: "aaaaaaaaaaaa", offset, sub: null }) as EventRow;
const tally = (level: string, offsets: readonly number[], count = offsets.length) =>
  ({ rule: { level } as SigmaRule, rows: offsets.map(row), count }) as RuleTally;
const chain = (confidence: number, severity: Finding["severity"], offsets: readonly number[]) =>
  ({
    id: "F-1",
    kind: "chain",
    severity,
    confidence,
    steps: [{ name: "s", met: true, events: offsets.map((offset) => `aaaaaaaaaaaa:${offset}`) }],
  }) as Finding;

describe("withVoices", () => {
  it.each<[string, Finding, RuleTally[], number, boolean]>([
    ["no rule", chain(65, "high", [1, 2]), [], 65, false],
    ["as sure as its rule", chain(65, "high", [1, 2]), [tally("high", [1])], 70, false],
    [
      "two rules with records of their own",
      chain(65, "high", [1, 2]),
      [tally("high", [1]), tally("high", [2])],
      75,
      true,
    ],
    [
      "two rules about one record are one voice",
      chain(65, "high", [1, 2]),
      [tally("high", [1]), tally("high", [1])],
      70,
      false,
    ],
    ["a rule that found more elsewhere", chain(65, "high", [1]), [tally("high", [1, 9])], 65, false],
    ["a rule whose records were not all read", chain(65, "high", [1]), [tally("high", [1], 2)], 65, false],
    ["a rule of medium level", chain(65, "high", [1]), [tally("medium", [1])], 65, false],
    ["a sure chain speaks for itself", chain(85, "critical", [1]), [], 85, true],
  ])("%s", (_name, finding, tallies, confidence, speaks) => {
    const told = withVoices([finding], tallies, [{ finding, pivot: "ws1" }]);
    expect(told.findings[0]!.confidence).toBe(confidence);
    expect(told.voices.get("F-1")).toBe(speaks ? "ws1" : undefined);
  });
});
