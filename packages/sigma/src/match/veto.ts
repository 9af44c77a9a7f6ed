import type { Condition, FieldNode } from "../condition/tree.ts";
import { fold } from "./fold.ts";
import type { GuardLiteral, LiteralPlace } from "./guard.ts";
import { type CharRun, regexNeeds } from "./regex-literals.ts";

/** What texts of an event tell of a rule: that it is false, whatever its guards. */
export interface Vetoes {
  /** The rule is false when one of these is there. */
  readonly literals: readonly GuardLiteral[];
  /** It is false when the field's address is in one of the networks: address and mask of each in turn. */
  readonly networks: readonly { readonly field: string; readonly networks: Int32Array }[];
  /** It is false when the field's text lacks the run. */
  readonly runs: readonly { readonly field: string; readonly run: CharRun }[];
  /** It is false when the texts of the two fields differ. */
  readonly pairs: readonly { readonly field: string; readonly other: string }[];
}

const literalsMax = 32;

/** The vetoes of a condition: what makes a part of its top-level AND false. */
export function vetoesOf(node: Condition): Vetoes {
  const parts = node.kind === "and" ? node.items : [node];
  const nots = parts.flatMap((part) => (part.kind === "not" ? sufficient(part.item) : []));
  const fields = parts.filter((part): part is FieldNode => part.kind === "field" && part.tests.length === 1);
  return {
    literals: nots.flatMap(literalsOf).slice(0, literalsMax),
    networks: nots.flatMap(({ field, tests }) => {
      const networks = tests.flatMap((test) => (test.op === "cidr" ? ipv4Network(test.network) : []));
      return networks.length === 0 ? [] : [{ field, networks: Int32Array.from(networks) }];
    }),
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

/** Fields of which each makes the condition true by itself. */
function sufficient(node: Condition): FieldNode[] {
  if (node.kind === "or") return node.items.flatMap(sufficient);
  return node.kind === "field" ? [node] : [];
}

/** Literals each of which makes the field's tests true. */
function literalsOf({ field, tests }: FieldNode): GuardLiteral[] {
  return tests.flatMap((test) => {
    const place = placeOf[test.op];
    if (place === undefined || !("value" in test) || typeof test.value !== "string") return [];
    if ("cased" in test && test.cased) return [];
    return test.value === "" && place !== "whole" ? [] : [{ field, text: fold(test.value), place }];
  });
}

/** Address and mask; nothing for a network that is not of IPv4, or not written plainly. */
function ipv4Network(text: string): number[] {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return [];
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  if (Math.max(a, b, c, d) > 255 || bits > 32) return [];
  const mask = bits === 0 ? 0 : -1 << (32 - bits);
  return [((a << 24) | (b << 16) | (c << 8) | d) & mask, mask];
}

const placeOf: Readonly<Record<string, LiteralPlace | undefined>> = {
  equals: "whole",
  contains: "anywhere",
  startswith: "start",
  endswith: "end",
};
