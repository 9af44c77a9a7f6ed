/**
 * The filter tree: plain, serialisable objects that say when a rule is true of one event. The matcher runs it,
 * `renderSql` prints it; both must mean the same. All text comparison ignores case unless `cased` is true.
 */
export type Condition = AndNode | OrNode | NotNode | FieldNode | KeywordNode | ConstantNode;

interface NodeBase {
  /** Name of the detection identifier (selection) this node is the whole of; for explanations. */
  readonly selection?: string;
}

/** True when all items are; an empty list never occurs. */
export interface AndNode extends NodeBase {
  readonly kind: "and";
  readonly items: readonly Condition[];
}

/** True when one item is; an empty list never occurs. */
export interface OrNode extends NodeBase {
  readonly kind: "or";
  readonly items: readonly Condition[];
}

export interface NotNode extends NodeBase {
  readonly kind: "not";
  readonly item: Condition;
}

/** True when any value of the field passes any of the tests. */
export interface FieldNode extends NodeBase {
  readonly kind: "field";
  /** Sigma's name; the taxonomy says which keys of the event it means. */
  readonly field: string;
  readonly tests: readonly ValueTest[];
}

/** True when any value of the event, or its raw text, passes any of the tests. */
export interface KeywordNode extends NodeBase {
  readonly kind: "keyword";
  readonly tests: readonly KeywordTest[];
}

export interface ConstantNode extends NodeBase {
  readonly kind: "constant";
  readonly value: boolean;
}

export type KeywordTest = TextTest | RegexTest;
export type ValueTest =
  | TextTest
  | RegexTest
  | NullTest
  | ExistsTest
  | CidrTest
  | CompareTest
  | DatePartTest
  | FieldRefTest;

/** Whole value equals, contains, starts or ends with `value`, or matches a wildcard pattern. */
export type TextTest =
  | {
      readonly op: "equals" | "contains" | "startswith" | "endswith";
      readonly value: string;
      readonly cased?: true;
    }
  | { readonly op: "wildcard"; readonly pattern: Pattern; readonly cased?: true };

/**
 * A wildcard pattern for the whole value: literal parts and "any length" (0), "exactly one character" (1),
 * "one of the five dashes that start a Windows option" (2).
 */
export type Pattern = readonly (string | 0 | 1 | 2)[];

/** Unanchored search, RE2 syntax; case-sensitive without "i". */
export interface RegexTest {
  readonly op: "regex";
  readonly pattern: string;
  /** Any of "i", "m", "s", in that order. */
  readonly flags: string;
}

/** The field is missing or null. */
export interface NullTest {
  readonly op: "null";
}

/** The field is there, even when empty (`value: false`: it is not). */
export interface ExistsTest {
  readonly op: "exists";
  readonly value: boolean;
}

/** IPv4 or IPv6 network, "192.0.2.0/24". */
export interface CidrTest {
  readonly op: "cidr";
  readonly network: string;
}

export type Comparison = "lt" | "lte" | "gt" | "gte" | "eq";

export interface CompareTest {
  readonly op: "compare";
  readonly comparison: Comparison;
  readonly value: number;
}

export type DatePart = "minute" | "hour" | "day" | "week" | "month" | "year";

/** A number taken from a date, compared. */
export interface DatePartTest {
  readonly op: "date-part";
  readonly part: DatePart;
  readonly comparison: Comparison;
  readonly value: number;
}

/** Compared with the value of another field of the same event. */
export interface FieldRefTest {
  readonly op: "field-ref";
  readonly field: string;
  readonly how: "equals" | "contains" | "startswith" | "endswith";
  readonly cased?: true;
}
