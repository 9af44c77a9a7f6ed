import { countedValues, fieldOfInput, groupOf, numberIn, planFields } from "./extract.ts";
import type { CorrelationMatch, CorrelationStats, MatchValue } from "./match.ts";
import type { Carried, Occurrence } from "./occurrence.ts";
import type { ResolvedCorrelation } from "./resolve.ts";

type Get = (field: string) => MatchValue | undefined | null;

/** A match of an inner correlation on its way to an outer one. */
export interface InnerMatch {
  readonly match: CorrelationMatch;
  /** When it counts as having happened. */
  readonly time: { readonly ms: number; readonly ns: number };
  /** Fields that outer correlations asked for, besides the match's own group values. */
  readonly carriedFields: readonly string[];
  /** Values of those fields, one set for each combination among its events. */
  readonly carried: readonly Carried[];
}

/** What is known of an event before its fields are read. */
interface About {
  readonly ms: number;
  readonly ns: number;
  readonly ref: string;
  readonly match: CorrelationMatch | undefined;
}

/** Reads group, values and number out of events; counts those that cannot take part. */
export interface Reader {
  event(about: About, input: number, get: Get): Occurrence | undefined;
  /** One for each group that the inner match's events fall in. */
  inner(inner: InnerMatch, input: number): Iterable<Occurrence>;
}

const none: readonly string[] = [];
const noCarried: readonly Carried[] = [];

/** @param carriedFields fields that outer correlations want to know; may still grow after this call */
export function createReader(
  resolved: ResolvedCorrelation,
  carriedFields: readonly string[],
  stats: CorrelationStats,
): Reader {
  const { type } = resolved.correlation;
  const plan = planFields(resolved);
  const inputLists = resolved.inputs.map((_, index) => [index]);
  const isCounting = type === "value_count";
  const isComputing = type.startsWith("value_") && !isCounting;

  const event: Reader["event"] = ({ ms, ns, ref, match }, input, get) => {
    const group = groupOf(plan.groupFields[input]!, get);
    if (group === undefined) {
      stats.ungrouped++;
      return undefined;
    }
    const fields = plan.valueFields[input]!;
    const values = isCounting ? countedValues(fields, get) : none;
    const amount = isComputing ? numberIn(fields[0]!, get) : 0;
    if (amount === undefined || (isCounting && values.length === 0)) {
      stats.valueless++;
      return undefined;
    }
    const { key, display } = group;
    const carried = carriedOf(resolved, input, carriedFields, get);
    return { ms, ns, ref, key, display, inputs: inputLists[input]!, values, amount, carried, match };
  };

  return {
    event,
    inner(inner, input) {
      const { match, time, carried } = inner;
      const about = { ms: time.ms, ns: time.ns, ref: match.id, match };
      const byKey = new Map<string, Occurrence>();
      for (const values of carried.length === 0 ? [none] : carried) {
        const occurrence = event(about, input, innerGet(inner, values));
        if (occurrence === undefined) continue;
        const known = byKey.get(occurrence.key);
        byKey.set(occurrence.key, known === undefined ? occurrence : join(known, occurrence));
      }
      return byKey.values();
    },
  };
}

/** The same inner match in one group with several values: all are counted. */
function join(a: Occurrence, b: Occurrence): Occurrence {
  const values = [...new Set([...a.values, ...b.values])];
  return { ...a, values, carried: [...a.carried, ...b.carried] };
}

/** The fields of an inner match: its group values, then what it carries of its events. */
function innerGet({ match, carriedFields }: InnerMatch, values: Carried): Get {
  return (field) => {
    if (Object.hasOwn(match.group, field)) return match.group[field];
    const index = carriedFields.indexOf(field);
    return index < 0 ? undefined : values[index];
  };
}

function carriedOf(
  resolved: ResolvedCorrelation,
  input: number,
  fields: readonly string[],
  get: Get,
): readonly Carried[] {
  if (fields.length === 0) return noCarried;
  return [fields.map((field) => get(fieldOfInput(resolved, input, field)) ?? undefined)];
}
