import { RuleFault } from "../load/fault.ts";
import type { Condition } from "./tree.ts";

const textCharsMax = 65_536;
const depthMax = 100;
const nodesMax = 20_000;

/**
 * A condition expression over named selections: `or` binds loosest, then `and`, `not`, `1 of` / `any of` / `all of`,
 * parentheses (Sigma 2.1.0, "Condition"). Throws RuleFault.
 */
export function parseCondition(text: string, selections: ReadonlyMap<string, Condition>): Condition {
  if (text.length > textCharsMax) throw new RuleFault("bad-condition", "The condition is too long.");
  if (text.includes("|")) {
    const next = "Write the aggregation as a correlation rule.";
    throw new RuleFault("aggregation-removed", "Sigma 2 has no aggregations after a pipe.", [], next);
  }
  const parser = { tokens: text.match(/[()]|[^\s()]+/g) ?? [], at: 0, depth: 0, nodes: 0, selections };
  if (parser.tokens.length === 0) throw new RuleFault("bad-condition", "The condition is empty.");
  const node = parseOr(parser);
  const rest = parser.tokens[parser.at];
  if (rest !== undefined) throw unexpected(rest);
  return node;
}

interface Parser {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
  nodes: number;
  readonly selections: ReadonlyMap<string, Condition>;
}

function parseOr(parser: Parser): Condition {
  const items = [parseAnd(parser)];
  while (acceptWord(parser, "or")) items.push(parseAnd(parser));
  return items.length === 1 ? items[0]! : { kind: "or", items };
}

function parseAnd(parser: Parser): Condition {
  const items = [parseNot(parser)];
  while (acceptWord(parser, "and")) items.push(parseNot(parser));
  return items.length === 1 ? items[0]! : { kind: "and", items };
}

function parseNot(parser: Parser): Condition {
  if (!acceptWord(parser, "not")) return parseOperand(parser);
  enter(parser);
  const item = parseNot(parser);
  parser.depth--;
  return { kind: "not", item };
}

function parseOperand(parser: Parser): Condition {
  const token = parser.tokens[parser.at];
  if (token === undefined) throw new RuleFault("bad-condition", "The condition ends too early.");
  parser.at++;
  if (token === "(") {
    enter(parser);
    const inner = parseOr(parser);
    if (parser.tokens[parser.at++] !== ")")
      throw new RuleFault("bad-condition", "A closing parenthesis is missing.");
    parser.depth--;
    return inner;
  }
  const quantifier = token.toLowerCase();
  if ((quantifier === "1" || quantifier === "any" || quantifier === "all") && acceptWord(parser, "of")) {
    return parseQuantified(parser, quantifier === "all");
  }
  if (token === ")" || isOperator(quantifier)) throw unexpected(token);
  const selection = parser.selections.get(token);
  if (selection === undefined) {
    throw new RuleFault(
      "unknown-selection",
      `The condition names ${JSON.stringify(token)}, which is not defined.`,
    );
  }
  count(parser);
  return selection;
}

function parseQuantified(parser: Parser, all: boolean): Condition {
  const target = parser.tokens[parser.at++];
  if (target === undefined || target === "(" || target === ")") {
    throw new RuleFault("bad-condition", 'After "of" stands "them" or a pattern of names.');
  }
  const names = [...parser.selections.keys()].filter((name) => isTarget(name, target));
  const items = names.map((name) => parser.selections.get(name)!);
  for (const _ of items) count(parser);
  if (items.length === 0) {
    throw new RuleFault("unknown-selection", `No selection is named like ${JSON.stringify(target)}.`);
  }
  if (items.length === 1) return items[0]!;
  return all ? { kind: "and", items } : { kind: "or", items };
}

/** Names that start with "_" are left out, unless the pattern itself starts so (pySigma). */
function isTarget(name: string, target: string): boolean {
  if (name.startsWith("_") && !target.startsWith("_")) return false;
  return target.toLowerCase() === "them" || globMatches(name, target.split("*"));
}

/** `parts` are the literal pieces of a pattern between its stars. */
function globMatches(name: string, parts: readonly string[]): boolean {
  const first = parts[0]!;
  if (parts.length === 1) return name === first;
  const last = parts.at(-1)!;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

function acceptWord(parser: Parser, word: string): boolean {
  if (parser.tokens[parser.at]?.toLowerCase() !== word) return false;
  parser.at++;
  return true;
}

function isOperator(word: string): boolean {
  return word === "and" || word === "or" || word === "not";
}

function enter(parser: Parser): void {
  if (++parser.depth > depthMax)
    throw new RuleFault("bad-condition", `The condition is nested over ${depthMax} deep.`);
}

/** Selections are shared, not copied, yet the matcher walks each mention. */
function count(parser: Parser): void {
  if (++parser.nodes > nodesMax)
    throw new RuleFault("bad-condition", `The condition has over ${nodesMax} operands.`);
}

function unexpected(token: string): RuleFault {
  return new RuleFault("bad-condition", `Unexpected ${JSON.stringify(token)} in the condition.`);
}
