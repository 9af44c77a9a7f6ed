import { InputError } from "@firebreak/engine/case/input";

export interface RangeOptions {
  from?: string;
  to?: string;
}

/** `--from` and `--to` as a half-open span; nothing when neither is given. Throws InputError for what is no time. */
export function rangeOf({ from, to }: RangeOptions): { range?: { fromMs: number; toMs: number } } {
  if (from === undefined && to === undefined) return {};
  const fromMs = from === undefined ? Number.NEGATIVE_INFINITY : instantOf("--from", from);
  const toMs = to === undefined ? Number.POSITIVE_INFINITY : instantOf("--to", to);
  return { range: { fromMs, toMs } };
}

function instantOf(option: string, text: string): number {
  // A time without a zone is UTC, as the output is; JavaScript would take the machine's.
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  const isDay = /^\d{4}-\d\d(?:-\d\d)?$/.test(text);
  const ms = Date.parse(hasZone || isDay ? text : `${text.replace(" ", "T")}Z`);
  if (Number.isNaN(ms))
    throw new InputError(
      `${option} ${JSON.stringify(text)}: not a time. Give ISO 8601 such as 2026-03-01 or 2026-03-01T08:30:00Z.`,
    );
  return ms;
}
