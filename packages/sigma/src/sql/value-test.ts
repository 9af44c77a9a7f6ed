import ipaddr from "ipaddr.js";
import type {
  CidrTest,
  CompareTest,
  Comparison,
  Pattern,
  RegexTest,
  TextTest,
  ValueTest,
} from "../condition/tree.ts";
import { anyDash, anyLength, dashes } from "../detection/pattern.ts";
import { fold } from "../match/fold.ts";
import { literal, regexLiteral } from "./text.ts";

export type PresentTest = Exclude<ValueTest, { op: "null" | "exists" | "field-ref" }>;

/**
 * A test that SQL can only decide for some values. The others are `open`: the query takes them for a match (or, under
 * NOT, for none), so that it finds all that match and perhaps more.
 */
export interface SqlTest {
  /** Boolean expression that is true of values that pass for certain. */
  readonly sql: string;
  /** Boolean expression that is true of values that SQL cannot judge; absent when it can judge all. */
  readonly open?: string;
}

/** True of tests that compare text without case: they are given the folded value. */
export function ignoresCase(test: PresentTest): boolean {
  switch (test.op) {
    case "equals":
    case "contains":
    case "startswith":
    case "endswith":
    case "wildcard":
      return test.cased !== true;
    default:
      return false;
  }
}

/** @param value expression of one text that is not NULL, folded for tests that ignore case */
export function renderTest(test: PresentTest, value: string): SqlTest {
  switch (test.op) {
    case "regex":
      return { sql: regexSql(test, value) };
    case "cidr":
      return cidrSql(test, value);
    case "compare":
      return { sql: compareSql(test, value) };
    case "date-part":
      // Dates come in many notations; the matcher reads those that have the digits of one.
      return { sql: "false", open: `regexp_matches(${value}, '[0-9]{4}')` };
    default:
      return { sql: textSql(test, value) };
  }
}

/**
 * One membership test for all plain values: rules list thousands of hashes.
 * @param value expression of one folded text
 */
export function renderEquals(values: readonly string[], value: string): string {
  const list = [...new Set(values.map(fold))].map(literal);
  return list.length === 1 ? `${value} = ${list[0]}` : `${value} IN (${list.join(", ")})`;
}

function textSql(test: TextTest, value: string): string {
  const prepare = (text: string) => (test.cased ? text : fold(text));
  if (test.op === "wildcard")
    return `regexp_full_match(${value}, ${literal(wildcardRegex(test.pattern, prepare))})`;
  return compareTexts(test.op, value, literal(prepare(test.value)));
}

/** Two text expressions compared whole or in part. */
export function compareTexts(
  op: "equals" | "contains" | "startswith" | "endswith",
  left: string,
  right: string,
): string {
  switch (op) {
    case "equals":
      return `${left} = ${right}`;
    case "contains":
      return `contains(${left}, ${right})`;
    case "startswith":
      return `starts_with(${left}, ${right})`;
    case "endswith":
      return `ends_with(${left}, ${right})`;
  }
}

/** "s": a wildcard stands for line breaks too. */
function wildcardRegex(pattern: Pattern, prepare: (text: string) => string): string {
  const parts = pattern.map((part) => {
    if (typeof part === "string") return regexLiteral(prepare(part));
    if (part === anyLength) return ".*";
    return part === anyDash
      ? `[${dashes.map((dash) => regexLiteral(dash).replace("-", "\\-")).join("")}]`
      : ".";
  });
  return `(?s)${parts.join("")}`;
}

/** DuckDB's regular expressions are RE2's, as the matcher's are; the flags are set in the pattern, none by default. */
function regexSql({ pattern, flags }: RegexTest, value: string): string {
  const off = ["i", "m", "s"].filter((flag) => !flags.includes(flag)).join("");
  const setting = off === "" ? flags : `${flags}-${off}`;
  return `regexp_matches(${value}, ${literal(`(?${setting})${pattern}`)})`;
}

const operators: Readonly<Record<Comparison, string>> = { lt: "<", lte: "<=", gt: ">", gte: ">=", eq: "=" };

/** What JavaScript trims. */
const space =
  "[\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}]";
const decimal = "[+-]?(?:[0-9]{1,400}(?:\\.[0-9]{0,400})?|\\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?";

/** A number beyond the largest is infinite, as it is in JavaScript, and not NULL. */
function compareSql({ comparison, value: limit }: CompareTest, value: string): string {
  const digits = `nullif(regexp_extract(${value}, ${literal(`^${space}{0,8}(${decimal})${space}{0,8}$`)}, 1), '')`;
  const infinite = `CAST(CASE WHEN starts_with(${digits}, '-') THEN '-Infinity' ELSE 'Infinity' END AS DOUBLE)`;
  const number = `CASE WHEN ${digits} IS NULL THEN NULL ELSE coalesce(TRY_CAST(${digits} AS DOUBLE), ${infinite}) END`;
  return `coalesce(${number} ${operators[comparison]} CAST('${limit}' AS DOUBLE), false)`;
}

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const dotted = `^${octet}(?:\\.${octet}){3}$`;

/** Whatever could be an address in another notation. */
const addressLike = `${space}*(?:[0-9][0-9a-fA-FxX.]*|[0-9a-fA-F.]*:[0-9a-fA-F:.]*(?:%.*)?)${space}*`;

/** Dotted IPv4 is judged here; IPv6 and rarer notations (spaces around, hexadecimal, fewer parts) are left open. */
function cidrSql({ network }: CidrTest, value: string): SqlTest {
  const [address, bits] = ipaddr.parseCIDR(network);
  const isDotted = `regexp_matches(${value}, ${literal(dotted)})`;
  const open = `(NOT ${isDotted} AND regexp_full_match(${value}, ${literal(addressLike)}))`;
  if (address.kind() !== "ipv4") return { sql: "false", open };
  const size = 2 ** (32 - bits);
  const first = Math.floor(address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0) / size);
  const number = [16_777_216, 65_536, 256, 1]
    .map((weight, index) => `CAST(split_part(${value}, '.', ${index + 1}) AS BIGINT) * ${weight}`)
    .join(" + ");
  return { sql: `(CASE WHEN ${isDotted} THEN (${number}) // ${size} = ${first} ELSE false END)`, open };
}
