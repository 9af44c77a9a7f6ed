import type { Diagnostic } from "../types.ts";

/** Adds a diagnostic at a key of the document. */
export type Report = (
  severity: Diagnostic["severity"],
  code: string,
  message: string,
  keys: readonly (string | number)[],
  next?: string,
) => void;

/** A non-empty text or a number as text, trimmed. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value).trim();
  return text === "" ? undefined : text;
}
