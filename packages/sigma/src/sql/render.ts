import type { Condition, FieldNode, FieldRefTest, KeywordNode, KeywordTest } from "../condition/tree.ts";
import type { SqlField } from "./field.ts";
import { foldedSql } from "./text.ts";
import { compareTexts, ignoresCase, type PresentTest, renderEquals, renderTest } from "./value-test.ts";

/** Where a query finds what a condition asks for. */
export interface SqlBinding {
  /** The field of a Sigma name. */
  field(name: string): SqlField;
  /** All values of the event and its raw text, for keywords. */
  keywords: SqlField;
}

export interface SqlCondition {
  /** DuckDB expression, true or false, never NULL. */
  readonly sql: string;
  /**
   * True: exactly the events that the matcher matches. False: those and perhaps more, because SQL cannot judge some of
   * the values (IPv6 networks, parts of dates); the matcher must look at what the query finds.
   */
  readonly isExact: boolean;
}

/**
 * Prints a condition as a DuckDB expression that means the same as the matcher.
 *
 * A pattern that RE2 accepts here but DuckDB does not (its programs are limited to 8 MB) makes the query fail; the
 * caller then runs the matcher.
 *
 * @example
 * const { sql } = renderSql(rule.condition, { field: (name) => jsonField("rest", [name]), keywords: jsonAllValues("rest") });
 * connection.run(`SELECT * FROM events WHERE ${sql}`);
 */
export function renderSql(condition: Condition, binding: SqlBinding): SqlCondition {
  const state = { binding, isExact: true };
  const sql = render(condition, state, true);
  return { sql, isExact: state.isExact };
}

interface State {
  readonly binding: SqlBinding;
  isExact: boolean;
}

/** @param isTaken whether values that SQL cannot judge count as matches: true, and false inside NOT */
function render(node: Condition, state: State, isTaken: boolean): string {
  switch (node.kind) {
    case "constant":
      return String(node.value);
    case "and":
    case "or": {
      const items = node.items.map((item) => render(item, state, isTaken));
      return items.length === 1 ? items[0]! : `(${items.join(node.kind === "and" ? " AND " : " OR ")})`;
    }
    case "not":
      return `(NOT ${render(node.item, state, !isTaken)})`;
    case "keyword":
      return renderKeyword(node, state, isTaken);
    case "field":
      return renderField(node, state, isTaken);
  }
}

function renderKeyword({ tests }: KeywordNode, state: State, isTaken: boolean): string {
  return anyPasses(state.binding.keywords, tests, state, isTaken);
}

function renderField(node: FieldNode, state: State, isTaken: boolean): string {
  const field = state.binding.field(node.field);
  const parts: string[] = [];
  const present: PresentTest[] = [];
  for (const test of node.tests) {
    if (test.op === "null") parts.push(isNull(field));
    else if (test.op === "exists") parts.push(`(${field.sql} IS ${test.value ? "NOT NULL" : "NULL"})`);
    else if (test.op === "field-ref") parts.push(renderFieldRef(test, field, state));
    else present.push(test);
  }
  if (present.length > 0) parts.push(anyPasses(field, present, state, isTaken));
  return parts.length === 1 ? parts[0]! : `(${parts.join(" OR ")})`;
}

/** Absent, or an empty list. */
function isNull({ kind, sql }: SqlField): string {
  return kind === "scalar" ? `(${sql} IS NULL)` : `(coalesce(len(${sql}), 0) = 0)`;
}

function anyValue({ kind, sql }: SqlField, test: (value: string) => string, name = "v"): string {
  if (kind === "scalar") return `coalesce(${test(sql)}, false)`;
  return `coalesce(len(list_filter(${sql}, lambda ${name}: ${test(name)})) > 0, false)`;
}

/** Values are folded once, however many tests ignore case; the other tests see them as they are. */
function anyPasses(
  field: SqlField,
  tests: readonly (PresentTest | KeywordTest)[],
  state: State,
  isTaken: boolean,
): string {
  const folded = tests.filter(ignoresCase);
  const raw = tests.filter((test) => !ignoresCase(test));
  const parts: string[] = [];
  if (folded.length > 0)
    parts.push(anyValue(foldedField(field), (value) => anyTest(folded, value, state, isTaken)));
  if (raw.length > 0) parts.push(anyValue(field, (value) => anyTest(raw, value, state, isTaken)));
  return parts.length === 1 ? parts[0]! : `(${parts.join(" OR ")})`;
}

function foldedField({ kind, sql }: SqlField): SqlField {
  if (kind === "scalar") return { kind, sql: foldedSql(sql) };
  return { kind, sql: `list_transform(${sql}, lambda f: ${foldedSql("f")})` };
}

function anyTest(
  tests: readonly (PresentTest | KeywordTest)[],
  value: string,
  state: State,
  isTaken: boolean,
): string {
  const parts: string[] = [];
  const equals: string[] = [];
  for (const test of tests) {
    if (test.op === "equals" && !test.cased) {
      equals.push(test.value);
      continue;
    }
    const { sql, open } = renderTest(test, value);
    parts.push(sql);
    if (open === undefined) continue;
    state.isExact = false;
    if (isTaken) parts.push(open);
  }
  if (equals.length > 0) parts.unshift(renderEquals(equals, value));
  return parts.length === 1 ? parts[0]! : `(${parts.join(" OR ")})`;
}

function renderFieldRef({ field: name, how, cased }: FieldRefTest, field: SqlField, state: State): string {
  const prepare = (value: string) => (cased ? value : foldedSql(value));
  const other = state.binding.field(name);
  return anyValue(field, (value) =>
    anyValue(other, (reference) => compareTexts(how, prepare(value), prepare(reference)), "r"),
  );
}
