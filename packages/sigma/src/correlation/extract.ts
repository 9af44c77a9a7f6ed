import type { MatchValue } from "./match.ts";
import type { ResolvedCorrelation } from "./resolve.ts";

type Get = (field: string) => MatchValue | undefined | null;

/** Longer values name no user, host or address; they are refused so that a hostile event cannot fill the memory. */
const maxValueLength = 8192;

export interface GroupValues {
  readonly key: string;
  readonly display: readonly string[];
}

/** Which fields a correlation reads of the events of each of its rules. */
export interface FieldPlan {
  /** [input][group-by position] */
  readonly groupFields: readonly (readonly string[])[];
  /** [input][position in `field`] */
  readonly valueFields: readonly (readonly string[])[];
}

/**
 * The field that `name` means in events of one of the rules: an alias is each rule's own field. A rule that the alias
 * leaves out is read under the alias's name itself, as pySigma does.
 */
export function fieldOfInput(
  { correlation, inputs }: ResolvedCorrelation,
  input: number,
  name: string,
): string {
  const alias = Object.hasOwn(correlation.aliases, name) ? correlation.aliases[name] : undefined;
  if (alias === undefined) return name;
  const { id, name: ruleName, written } = inputs[input]!;
  for (const key of [ruleName, written, id]) {
    if (key !== undefined && Object.hasOwn(alias, key)) return alias[key]!;
  }
  return name;
}

export function planFields(resolved: ResolvedCorrelation): FieldPlan {
  const { correlation, inputs } = resolved;
  const condition = correlation.condition;
  const valueNames = condition.kind === "threshold" ? condition.fields : [];
  const fields = (names: readonly string[]) =>
    inputs.map((_, input) => names.map((name) => fieldOfInput(resolved, input, name)));
  return { groupFields: fields(correlation.groupBy), valueFields: fields(valueNames) };
}

/** The group of an event, or undefined when a field is missing: such an event takes part in no group. */
export function groupOf(fields: readonly string[], get: Get): GroupValues | undefined {
  if (fields.length === 1) {
    const value = textOfValue(get(fields[0]!));
    return value === undefined ? undefined : { key: value.toLowerCase(), display: [value] };
  }
  let key = "";
  const display: string[] = [];
  for (const field of fields) {
    const value = textOfValue(get(field));
    if (value === undefined) return undefined;
    // The length keeps ("a", "bc") and ("ab", "c") apart whatever characters the values hold.
    key += `${value.length}:${value.toLowerCase()}`;
    display.push(value);
  }
  return { key, display };
}

/** The values that value_count counts: each item of a list; for several fields one tuple; none when one is missing. */
export function countedValues(fields: readonly string[], get: Get): readonly string[] {
  if (fields.length === 1) {
    const value = get(fields[0]!);
    if (Array.isArray(value))
      return [...new Set(value.flatMap((item) => textOfValue(item)?.toLowerCase() ?? []))];
    const text = textOfValue(value);
    return text === undefined ? [] : [text.toLowerCase()];
  }
  const tuple = groupOf(fields, get);
  return tuple === undefined ? [] : [tuple.key];
}

/** The number in a field, or undefined: absent, a list, or no finite decimal number. */
export function numberIn(field: string, get: Get): number | undefined {
  const value = get(field);
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.length > 64) return undefined;
  const text = value.trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Text of a value; a list is one value whatever its order; undefined when there is none or it is too long. */
function textOfValue(value: MatchValue | undefined | null): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object") return textOfList(value);
  const text = String(value);
  return text.length > maxValueLength ? undefined : text;
}

function textOfList(values: readonly (string | number | boolean)[]): string | undefined {
  if (values.length === 0 || values.length > 256) return undefined;
  if (values.length === 1) return textOfValue(values[0]);
  const text = values.map(String).sort().join(", ");
  return text.length > maxValueLength ? undefined : text;
}
