import type { Expression } from "./types.ts";

const maxTokens = 1000;
const maxDepth = 50;

interface Cursor {
  readonly tokens: readonly string[];
  position: number;
}

/**
 * Parses the boolean condition of specification 2.2: rule names joined by `not`, `and`, `or` (binding in that order,
 * tightest first) and parentheses. Keywords ignore case.
 * @returns the expression, or what is wrong with the text in one sentence
 * @example parseExpression("a and not b or c")
 */
export function parseExpression(text: string): { expression: Expression } | { problem: string } {
  const tokens = tokenise(text);
  if (typeof tokens === "string") return { problem: tokens };
  const cursor: Cursor = { tokens, position: 0 };
  const expression = parseOr(cursor, 0);
  if (typeof expression === "string") return { problem: expression };
  const rest = tokens[cursor.position];
  if (rest !== undefined) return { problem: `"${rest}" is not expected here; write "and", "or" or the end.` };
  return { expression };
}

/** Rule names of an expression in order of appearance, no repeats. */
export function rulesOfExpression(expression: Expression): string[] {
  const names = new Set<string>();
  collect(expression, names);
  return [...names];
}

/** Truth of an expression when exactly the rules that `has` accepts have events. */
export function holds(expression: Expression, has: (rule: string) => boolean): boolean {
  switch (expression.kind) {
    case "rule":
      return has(expression.rule);
    case "not":
      return !holds(expression.item, has);
    case "and":
      return expression.items.every((item) => holds(item, has));
    case "or":
      return expression.items.some((item) => holds(item, has));
  }
}

function collect(expression: Expression, names: Set<string>): void {
  if (expression.kind === "rule") names.add(expression.rule);
  else if (expression.kind === "not") collect(expression.item, names);
  else for (const item of expression.items) collect(item, names);
}

/** pySigma's identifiers are letters, digits and "_"; "-" and "." are allowed too, for ids and file-like names. */
function tokenise(text: string): string[] | string {
  const tokens: string[] = [];
  const pattern = /[()]|[A-Za-z0-9_][A-Za-z0-9_.-]*|\S/g;
  for (const match of text.matchAll(pattern)) {
    const token = match[0];
    if (!/^[()]$|^[A-Za-z0-9_]/.test(token)) return `"${token}" does not belong in a condition.`;
    tokens.push(token);
    if (tokens.length > maxTokens) return `The condition is longer than ${maxTokens} words.`;
  }
  return tokens.length === 0 ? "The condition is empty." : tokens;
}

function parseOr(cursor: Cursor, depth: number): Expression | string {
  return parseList(cursor, depth, "or", parseAnd);
}

function parseAnd(cursor: Cursor, depth: number): Expression | string {
  return parseList(cursor, depth, "and", parseNot);
}

function parseList(
  cursor: Cursor,
  depth: number,
  kind: "and" | "or",
  parseItem: (cursor: Cursor, depth: number) => Expression | string,
): Expression | string {
  const items: Expression[] = [];
  do {
    const item = parseItem(cursor, depth);
    if (typeof item === "string") return item;
    items.push(item);
  } while (takeKeyword(cursor, kind));
  return items.length === 1 ? items[0]! : { kind, items };
}

function parseNot(cursor: Cursor, depth: number): Expression | string {
  if (depth > maxDepth) return `The condition is nested deeper than ${maxDepth}.`;
  if (takeKeyword(cursor, "not")) {
    const item = parseNot(cursor, depth + 1);
    return typeof item === "string" ? item : { kind: "not", item };
  }
  const token = cursor.tokens[cursor.position];
  if (token === undefined) return "The condition ends where a rule name is expected.";
  if (token === ")" || /^(?:and|or|not)$/i.test(token))
    return `"${token}" stands where a rule name is expected.`;
  cursor.position++;
  if (token !== "(") return { kind: "rule", rule: token };
  const inner = parseOr(cursor, depth + 1);
  if (typeof inner === "string") return inner;
  if (cursor.tokens[cursor.position] !== ")") return 'A "(" has no ")".';
  cursor.position++;
  return inner;
}

function takeKeyword(cursor: Cursor, keyword: string): boolean {
  if (cursor.tokens[cursor.position]?.toLowerCase() !== keyword) return false;
  cursor.position++;
  return true;
}
