import { countOf } from "@firebreak/model/collections";
import type { RuleTally } from "../detections.ts";
import { type EventRow, refOf, restOf } from "../rows.ts";

/** Records that a rule found. */
export interface RuleRows {
  rule: RuleTally["rule"];
  rows: EventRow[];
}

/** "Title (2 records, first reference)". */
export const ruleRowsText = ({ rule, rows }: RuleRows) =>
  `${rule.title} (${countOf(rows.length, "record")}, ${refOf(rows[0]!)})`;

const dayMs = 86_400_000;

/** Somebody reset the account's password or second factor within a day before: what a caller talks a help desk into. */
export function resetsBefore(tallies: readonly RuleTally[], account: string, ms: number): RuleRows[] {
  return tallies.flatMap(({ rule, rows }) => {
    if (!rule.techniques.some((id) => id === "T1556.006" || id.startsWith("T1098"))) return [];
    const theirs = rows.filter(
      (row) =>
        row.ms !== null &&
        row.ms <= ms &&
        ms - row.ms <= dayMs &&
        row.user_name?.toLowerCase() !== account.toLowerCase() &&
        [restOf(row)["user.target.name"]]
          .flat()
          .some((name) => String(name).toLowerCase() === account.toLowerCase()),
    );
    return theirs.length > 0 ? [{ rule, rows: theirs }] : [];
  });
}
