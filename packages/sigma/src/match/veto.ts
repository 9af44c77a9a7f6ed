import type { Condition, FieldNode } from "../condition/tree.ts";
import { fold } from "./fold.ts";
import type { GuardLiteral, LiteralPlace } from "./guard.ts";
import { type CharRun, regexNeeds } from "./regex-literals.ts";

/** What a text of an event tells of rules that have no guard: that they are false. */
export interface Vetoes {
  /** The rule is false when one of these is there. */
  readonly literals: readonly GuardLiteral[];
  /** It is false when the field's text lacks the run. */
  readonly runs: readonly { readonly field: string; readonly run: CharRun }[];
  /** It is false when the texts of the two fields differ. */
  readonly pairs: readonly { readonly field: string; readonly other: string }[];
}

const literalsMax = 32;

/** The vetoes of a condition; in a part of its top-level AND. */
export function vetoesOf(node: Condition): Vetoes {
  const parts = node.kind === "and" ? node.items : [node];
  const fields = parts.filter((part): part is FieldNode => part.kind === "field" && part.tests.length === 1);
  return {
    literals: parts
      .flatMap((part) => (part.kind === "not" ? sufficient(part.item) : []))
      .slice(0, literalsMax),
    runs: fields.flatMap(({ field, tests: [test] }) =>
      test!.op === "regex" ? asciiRuns(test!.pattern).map((run) => ({ field, run })) : [],
    ),
    pairs: fields.flatMap(({ field, tests: [test] }) =>
      test!.op === "field-ref" && test!.how === "equals" && !test!.cased
        ? [{ field, other: test!.field }]
        : [],
    ),
  };
}

/** A text that is searched for them has no other characters. */
function asciiRuns(pattern: string): CharRun[] {
  return regexNeeds(pattern).runs.filter(({ chars }) => chars.every((char) => char <= "\x7f"));
}

/** Literals each of which makes the condition true by itself. */
function sufficient(node: Condition): GuardLiteral[] {
  if (node.kind === "or") return node.items.flatMap(sufficient);
  if (node.kind !== "field") return [];
  const { field } = node;
  return node.tests.flatMap((test) => {
    const place = placeOf[test.op];
    if (place === undefined || !("value" in test) || typeof test.value !== "string") return [];
    if ("cased" in test && test.cased) return [];
    return test.value === "" && place !== "whole" ? [] : [{ field, text: fold(test.value), place }];
  });
}

const placeOf: Readonly<Record<string, LiteralPlace | undefined>> = {
  equals: "whole",
  contains: "anywhere",
  startswith: "start",
  endswith: "end",
};
