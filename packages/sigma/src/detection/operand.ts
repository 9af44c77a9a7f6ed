import type { Comparison, DatePart, Pattern } from "../condition/tree.ts";
import { RuleFault } from "../load/fault.ts";
import { parsePattern } from "./pattern.ts";

export type PlainValue = string | number | boolean | null;

/** One value of a detection item on its way through the modifiers. */
export type Operand =
  | { readonly type: "value"; readonly value: PlainValue }
  | { readonly type: "text"; readonly pattern: Pattern }
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "regex"; readonly source: string; readonly flags: string }
  | { readonly type: "cidr"; readonly network: string }
  | { readonly type: "exists"; readonly value: boolean }
  | { readonly type: "compare"; readonly comparison: Comparison; readonly value: number }
  | {
      readonly type: "date-part";
      readonly part: DatePart;
      readonly comparison: Comparison;
      readonly value: number;
    }
  | {
      readonly type: "field-ref";
      readonly field: string;
      readonly how: "equals" | "contains" | "startswith" | "endswith";
    };

/** What modifiers say about the item as a whole. */
export interface ItemFlags {
  all: boolean;
  cased: boolean;
  negated: boolean;
}

export interface ModifierContext {
  readonly flags: ItemFlags;
  readonly placeholders: Readonly<Record<string, readonly string[]>>;
  readonly modifier: string;
}

/** A modifier turns one operand into its variants (any of which may match) or sets a flag. */
export type Modifier = (operand: Operand, context: ModifierContext) => Operand | readonly Operand[];

/** The operand as a pattern, for modifiers that work on text. */
export function patternOf(operand: Operand, context: ModifierContext): Pattern {
  if (operand.type === "text") return operand.pattern;
  if (operand.type === "value" && operand.value !== null) return parsePattern(String(operand.value));
  throw misuse(operand, context);
}

/** The operand as it was written, for modifiers that have their own syntax. */
export function writtenOf(operand: Operand, context: ModifierContext): string {
  if (operand.type === "value" && operand.value !== null) return String(operand.value);
  throw misuse(operand, context);
}

export function numberOf(operand: Operand, context: ModifierContext): number {
  const written = writtenOf(operand, context).trim();
  const value = written === "" ? Number.NaN : Number(written);
  if (Number.isFinite(value)) return value;
  throw new RuleFault(
    "modifier-value",
    `"${context.modifier}" needs a number, not ${JSON.stringify(written)}.`,
  );
}

export function misuse(operand: Operand, context: ModifierContext): RuleFault {
  const what = operand.type === "value" ? "null" : `the result of another modifier (${operand.type})`;
  return new RuleFault("modifier-order", `"${context.modifier}" cannot be applied to ${what}.`);
}
