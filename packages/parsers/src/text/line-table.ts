import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext, ZoneHint } from "@firebreak/model/format";
import { addRelated } from "../ecs/related.ts";
import { type DayMonthOrder, readTimeValue } from "../infer/time-value.ts";
import { applyTimedRules, maxRuleChars, type TextRule } from "./rules.ts";

/** A line format told by its wordings alone; the group "@" of a rule is the recorded time. */
export interface LineTable {
  readonly dataset: string;
  readonly rules: readonly TextRule[];
  /** The vote for a line that one of the rules fits. */
  readonly vote: number;
  /** Of times without a zone; absent: the case's zone. */
  readonly zone?: ZoneHint;
  readonly order?: DayMonthOrder;
  /** What a rule cannot say. May name another dataset by giving it. */
  finish?(fields: Fields, record: string): string | undefined;
  continues?(pending: string, line: string): boolean;
}

/** The working parts of a line format, of its table. */
export function lineTable(table: LineTable): Pick<LineFormat, "sniff" | "open"> {
  const fits = (line: string) => {
    const head = line.length > maxRuleChars ? line.slice(0, maxRuleChars) : line;
    return table.rules.some(({ pattern }) => pattern.test(head));
  };
  return {
    sniff: (line) => (fits(line) ? table.vote : 0),
    open: (context) => ({
      ...(table.continues && { continues: table.continues }),
      parse: (record) => parseLine(record, table, context),
    }),
  };
}

function parseLine(record: string, table: LineTable, context: ParseContext): LineResult {
  const read = applyTimedRules(table.rules, record);
  if (read === undefined) return undefined;
  const { fields, recorded } = read;
  const time =
    recorded !== undefined ? readTimeValue(recorded, context.time, table.order, table.zone) : undefined;
  if (recorded !== undefined && time === undefined) return { reject: "no valid time" };
  if (record.length > maxRuleChars && typeof fields.message === "string")
    fields.message += record.slice(maxRuleChars);
  fields["event.kind"] ??= "event";
  const dataset = table.finish?.(fields, record) ?? table.dataset;
  addRelated(fields);
  const draft: EventDraft = time ? { dataset, time, fields } : { dataset, fields };
  return draft;
}
