import { isRefused } from "../../findings/alert/peers.ts";
import { type EventRow, restOf } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import { rowsOf } from "./pivot.ts";
import { isMail } from "./traffic.ts";

/** The mail records of the alert's message, by what became of it. */
export interface MailTrail {
  readonly rows: readonly EventRow[];
  readonly delivered: readonly EventRow[];
  readonly stopped: readonly EventRow[];
  /** Recipients that it was delivered to. */
  readonly recipients: readonly string[];
}

const dayMs = 86_400_000;

/** Records of messages of the alert's sender (or, without one, to its recipient) within a day of the alert. */
export function readMail(context: TriageContext): MailTrail {
  const ofRole = (role: string) =>
    context.pivots.filter(({ observable }) => observable.role === role && observable.type === "mailbox");
  const leads = ofRole("sender").length > 0 ? ofRole("sender") : ofRole("recipient");
  const rows = rowsOf(leads).filter((row) => {
    const gap = context.clock.gapOf(row);
    return isMail(row) && (gap === undefined || Math.abs(gap) <= dayMs);
  });
  const delivered = rows.filter((row) => becameOf(row) === "delivered");
  return {
    rows,
    delivered,
    stopped: rows.filter((row) => becameOf(row) === "stopped"),
    recipients: [...new Set(delivered.flatMap(recipientsOf))].sort(),
  };
}

function becameOf(row: EventRow): "delivered" | "stopped" | undefined {
  const action = row.action ?? "";
  if (
    isRefused(row) ||
    /reject|block|quarantin|not-sent|bounce|junk|fail|drop|discard|den(y|ied)|spam/.test(action)
  )
    return "stopped";
  if (/deliver|mail-sent|^sent$|^allowed$|^accepted$|^pass(ed)?$/.test(action) && row.outcome !== "failure")
    return "delivered";
  return undefined;
}

export function recipientsOf(row: EventRow): string[] {
  const to = restOf(row)["email.to.address"];
  return (Array.isArray(to) ? to : [to])
    .filter((one): one is string => typeof one === "string")
    .map((one) => one.toLowerCase());
}
