import type { Diagnostic } from "../types.ts";

/** Where a document stands, and how to point into it. */
export interface DocumentLocation {
  readonly path: string;
  /** 1-based line of the document's first key. */
  readonly line: number;
  /** SHA-256 of the document's text. */
  readonly sha256: string;
  /** Position of a key or item: `locate(["correlation", "rules", 0])`; of the nearest parent that exists. */
  locate(keys: readonly (string | number)[]): { line: number; column: number };
}

/** One YAML document as plain values, sorted by what it is. */
export interface RuleDocument {
  readonly kind: "rule" | "correlation" | "filter";
  readonly value: Readonly<Record<string, unknown>>;
  readonly location: DocumentLocation;
}

/** A located diagnostic. */
export function problem(
  location: DocumentLocation,
  severity: Diagnostic["severity"],
  code: string,
  message: string,
  keys: readonly (string | number)[] = [],
  next?: string,
): Diagnostic {
  const { line, column } = location.locate(keys);
  const base = { code, severity, message, file: location.path, line, column };
  return next === undefined ? base : { ...base, next };
}
