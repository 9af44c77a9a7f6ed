import { createHash } from "node:crypto";
import { type DocumentLocation, problem } from "../load/document.ts";
import { quote, readMetadata } from "../load/metadata.ts";
import { isMap } from "../load/values.ts";
import type { Diagnostic } from "../types.ts";
import { type Report, textOf } from "./input.ts";
import { readCondition } from "./parse-condition.ts";
import { timespanMs } from "./timespan.ts";
import { type CorrelationRule, type CorrelationType, correlationTypes } from "./types.ts";

/** Where the document stands; what the loader knows more (`locate`, `sha256`) makes better diagnostics. */
export type CorrelationLocation = Partial<DocumentLocation> & Pick<DocumentLocation, "path">;

const maxRules = 1000;
const maxGroupFields = 32;
const maxAliases = 64;
const knownKeys = new Set(["type", "rules", "aliases", "group-by", "timespan", "condition", "generate"]);

/**
 * Reads one `correlation:` document.
 *
 * Any mistake that leaves the meaning open is an error and there is no correlation; a mistake that does not is a
 * warning. Never throws. Names in `rules` are not looked up here: `resolveCorrelations` does that for a whole set.
 *
 * @param document the document as plain values: `{ title, correlation: { type, rules, ... } }`
 * @param techniqueAliases old ATT&CK technique id → current one
 * @example parseCorrelation({ title: "Guessing", correlation: { type: "event_count", rules: ["failed"], timespan: "5m",
 *   "group-by": ["user.name"], condition: { gte: 10 } } }, { path: "guess.yml" }).correlation?.timespanMs // 300000
 */
export function parseCorrelation(
  document: unknown,
  location: CorrelationLocation,
  techniqueAliases?: Readonly<Record<string, string>>,
): { correlation?: CorrelationRule; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const place = completeLocation(location, document);
  const report: Report = (severity, code, message, keys, next) => {
    diagnostics.push(problem(place, severity, code, message, keys, next));
  };
  const body = isMap(document) ? document.correlation : undefined;
  if (!isMap(document) || !isMap(body)) {
    report("error", "no-correlation", 'The document has no "correlation" map.', ["correlation"]);
    return { diagnostics };
  }
  const { metadata, diagnostics: about } = readMetadata(document, place, techniqueAliases);
  diagnostics.push(...about);
  for (const key of Object.keys(body)) if (!knownKeys.has(key)) reportUnknownKey(key, report);

  const type = readType(body.type, report);
  const listed = readRules(body.rules, report);
  const span = readTimespan(body.timespan, report);
  const groupBy = readGroupBy(body["group-by"], report);
  const aliases = readAliases(body.aliases, report);
  const generate = readGenerate(body.generate, report);
  if (type === undefined || listed === undefined) return { diagnostics };
  const read = readCondition(body.condition, type, listed, report);
  if (read === undefined || span === undefined || groupBy === undefined || aliases === undefined)
    return { diagnostics };
  if (diagnostics.some((item) => item.severity === "error")) return { diagnostics };
  warnOfAliases(aliases, read.rules, groupBy, read.condition, report);
  const correlation: CorrelationRule = {
    ...metadata,
    kind: "correlation",
    type,
    rules: read.rules,
    groupBy,
    timespan: span.text,
    timespanMs: span.ms,
    aliases,
    condition: read.condition,
    generate,
  };
  return { correlation, diagnostics };
}

function completeLocation(location: CorrelationLocation, document: unknown): DocumentLocation {
  const line = location.line ?? 1;
  return {
    path: location.path,
    line,
    // The loader passes the hash of the text; a document made by a program is identified by its content.
    sha256:
      location.sha256 ??
      createHash("sha256")
        .update(JSON.stringify(document) ?? "")
        .digest("hex"),
    locate: (keys) => location.locate?.(keys) ?? { line, column: 1 },
  };
}

function reportUnknownKey(key: string, report: Report): void {
  const next =
    key === "timeframe" ? 'Write "timespan".' : key === "groupby" ? 'Write "group-by".' : undefined;
  report(
    "warning",
    "unknown-correlation-key",
    `${quote(key)} means nothing in a correlation.`,
    ["correlation", key],
    next,
  );
}

function readType(value: unknown, report: Report): CorrelationType | undefined {
  const type = correlationTypes.find((item) => item === value);
  if (type === undefined) {
    const message =
      value === undefined ? "The correlation has no type." : `${quote(value)} is not a correlation type.`;
    report(
      "error",
      "unknown-correlation-type",
      message,
      ["correlation", "type"],
      `Types: ${correlationTypes.join(", ")}.`,
    );
  }
  return type;
}

/** Empty when the key is absent: a boolean condition then names the rules. */
function readRules(value: unknown, report: Report): string[] | undefined {
  if (value === undefined || value === null) return [];
  const items = Array.isArray(value) ? value : [value];
  const where = ["correlation", "rules"];
  if (items.length > maxRules) {
    report(
      "error",
      "too-many-rules",
      `A correlation names at most ${maxRules} rules, this one ${items.length}.`,
      where,
    );
    return undefined;
  }
  const names: string[] = [];
  for (const [index, item] of items.entries()) {
    const name = textOf(item);
    if (name === undefined) {
      report("error", "invalid-rule-reference", `${quote(item)} is no rule id or name.`, [...where, index]);
      return undefined;
    }
    if (names.includes(name)) {
      report("warning", "repeated-rule", `${quote(name)} is listed twice; once is meant.`, [...where, index]);
    } else names.push(name);
  }
  return names;
}

function readTimespan(value: unknown, report: Report): { text: string; ms: number } | undefined {
  const text = textOf(value);
  const ms = text === undefined ? undefined : timespanMs(text);
  if (text !== undefined && ms !== undefined) return { text, ms };
  const message =
    value === undefined ? "The correlation has no timespan." : `${quote(value)} is no timespan.`;
  const next =
    'A whole number above 0 and a unit: s, m, h, d, w, M (month), y; "90m" is one and a half hours.';
  report("error", "invalid-timespan", message, ["correlation", "timespan"], next);
  return undefined;
}

function readGroupBy(value: unknown, report: Report): string[] | undefined {
  const where = ["correlation", "group-by"];
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    report("info", "no-group-by", "Without group-by all events are one group.", where);
    return [];
  }
  const fields = (Array.isArray(value) ? value : [value]).map(textOf);
  if (fields.length > maxGroupFields || fields.some((field) => field === undefined)) {
    report("error", "invalid-group-by", `group-by is a list of 1 to ${maxGroupFields} field names.`, where);
    return undefined;
  }
  return [...new Set(fields as string[])];
}

function readAliases(value: unknown, report: Report): Record<string, Record<string, string>> | undefined {
  if (value === undefined || value === null) return {};
  const where = ["correlation", "aliases"];
  if (!isMap(value) || Object.keys(value).length > maxAliases) {
    report("error", "invalid-aliases", `aliases is a map of at most ${maxAliases} names.`, where);
    return undefined;
  }
  const aliases: Record<string, Record<string, string>> = Object.create(null);
  for (const [alias, mapping] of Object.entries(value)) {
    if (!isMap(mapping) || Object.keys(mapping).length > maxRules) {
      report("error", "invalid-aliases", `The alias ${quote(alias)} is not a map of rule to field.`, [
        ...where,
        alias,
      ]);
      return undefined;
    }
    const fields: Record<string, string> = Object.create(null);
    for (const [rule, field] of Object.entries(mapping)) {
      const name = textOf(field);
      if (name === undefined) {
        report("error", "invalid-aliases", `${quote(field)} is no field name.`, [...where, alias, rule]);
        return undefined;
      }
      fields[rule] = name;
    }
    aliases[alias] = fields;
  }
  return aliases;
}

function readGenerate(value: unknown, report: Report): boolean {
  if (value === undefined || value === null || typeof value === "boolean") return value === true;
  report("error", "invalid-generate", `generate is true or false, not ${quote(value)}.`, [
    "correlation",
    "generate",
  ]);
  return false;
}

/** A mapping for a rule that is not correlated is a typing mistake; an alias nobody uses has no effect. */
function warnOfAliases(
  aliases: CorrelationRule["aliases"],
  rules: readonly string[],
  groupBy: readonly string[],
  condition: CorrelationRule["condition"],
  report: Report,
): void {
  const used = new Set([...groupBy, ...(condition.kind === "threshold" ? condition.fields : [])]);
  for (const [alias, mapping] of Object.entries(aliases)) {
    const where = ["correlation", "aliases", alias];
    if (!used.has(alias))
      report("warning", "unused-alias", `The alias ${quote(alias)} is not used in group-by.`, where);
    for (const rule of Object.keys(mapping)) {
      if (rules.includes(rule)) continue;
      report("warning", "alias-of-unknown-rule", `${quote(rule)} is not one of the rules.`, [...where, rule]);
    }
  }
}
