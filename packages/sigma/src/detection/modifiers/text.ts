import type { Pattern } from "../../condition/tree.ts";
import { RuleFault } from "../../load/fault.ts";
import { type Modifier, type ModifierContext, type Operand, patternOf } from "../operand.ts";
import { anyDash, hasWildcard, openEnd, openStart, parsePattern } from "../pattern.ts";

const placeholderVariantsMax = 20_000;

/** `contains`, `startswith`, `endswith`: open the pattern, the regex or the field comparison at one end or both. */
function openAt(how: "contains" | "startswith" | "endswith"): Modifier {
  return (operand, context) => {
    if (operand.type === "field-ref") return { ...operand, how };
    if (operand.type === "regex") return { ...operand, source: anchor(operand.source, how) };
    let pattern = patternOf(operand, context);
    if (how !== "startswith") pattern = openStart(pattern);
    if (how !== "endswith") pattern = openEnd(pattern);
    return { type: "text", pattern };
  };
}

/** A regex is a search, so `contains` adds nothing and the others anchor it. */
function anchor(source: string, how: "contains" | "startswith" | "endswith"): string {
  if (how === "contains") return source;
  return how === "startswith" ? `^(?:${source})` : `(?:${source})$`;
}

/** A dash or slash where an option starts: no word character before it and one after it (pySigma's `\B[-/]\b`). */
const optionStart = /(?<![\p{L}\p{N}_])[-/](?=[\p{L}\p{N}_])/u;

const windash: Modifier = (operand, context) => {
  const pattern = patternOf(operand, context).flatMap((part): Pattern => {
    if (typeof part !== "string") return [part];
    const pieces = part.split(optionStart);
    return pieces.flatMap((piece, at): Pattern => {
      const literal = literalPattern(piece);
      return at === 0 ? literal : [anyDash, ...literal];
    });
  });
  return { type: "text", pattern };
};

const placeholder = /(\\%)|%([^%\s\\]+)%/g;

/** `%name%` becomes each of the values given for it; `\%` is a percent sign. A name without values refuses the rule. */
const expand: Modifier = (operand, context) => {
  let variants: Pattern[] = [[]];
  for (const part of patternOf(operand, context)) {
    const choices = typeof part === "string" ? expandLiteral(part, context) : [[part] as Pattern];
    if (variants.length * choices.length > placeholderVariantsMax) {
      throw new RuleFault("too-many-values", `Placeholders expand to over ${placeholderVariantsMax} values.`);
    }
    variants = variants.flatMap((before) => choices.map((choice) => join(before, choice)));
  }
  return variants.map((pattern): Operand => ({ type: "text", pattern }));
};

function expandLiteral(text: string, context: ModifierContext): Pattern[] {
  let variants: Pattern[] = [[]];
  let from = 0;
  const append = (choices: readonly Pattern[]) => {
    variants = variants.flatMap((before) => choices.map((choice) => join(before, choice)));
    if (variants.length > placeholderVariantsMax) {
      throw new RuleFault("too-many-values", `Placeholders expand to over ${placeholderVariantsMax} values.`);
    }
  };
  for (const match of text.matchAll(placeholder)) {
    append([literalPattern(text.slice(from, match.index))]);
    append(match[1] === undefined ? valuesOf(match[2]!, context) : [["%"]]);
    from = match.index + match[0].length;
  }
  append([literalPattern(text.slice(from))]);
  return variants;
}

function valuesOf(name: string, context: ModifierContext): Pattern[] {
  const wanted = name.toLowerCase();
  const known = Object.keys(context.placeholders).find((key) => key.toLowerCase() === wanted);
  const values = known === undefined ? [] : context.placeholders[known]!;
  if (values.length > 0) return values.map((value) => parsePattern(value));
  throw new RuleFault(
    "unresolved-placeholder",
    `No values are given for the placeholder %${name}%.`,
    [],
    `State the organisation's values for "${name}" to use this rule.`,
  );
}

function literalPattern(text: string): Pattern {
  return text === "" ? [] : [text];
}

function join(left: Pattern, right: Pattern): Pattern {
  const last = left.at(-1);
  const first = right[0];
  if (typeof last !== "string" || typeof first !== "string") return [...left, ...right];
  return [...left.slice(0, -1), last + first, ...right.slice(1)];
}

const fieldref: Modifier = (operand, context) => {
  const pattern = patternOf(operand, context);
  const [field] = pattern;
  if (hasWildcard(pattern) || typeof field !== "string" || pattern.length !== 1) {
    throw new RuleFault("modifier-value", '"fieldref" needs the name of a field, without wildcards.');
  }
  return { type: "field-ref", field, how: "equals" };
};

export const textModifiers = {
  contains: openAt("contains"),
  startswith: openAt("startswith"),
  endswith: openAt("endswith"),
  windash,
  expand,
  fieldref,
} as const;
