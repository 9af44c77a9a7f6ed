import { countOf } from "@firebreak/model/collections";
import { isRefused } from "../../findings/alert/peers.ts";
import { sessionsOf } from "../../findings/alert/sessions.ts";
import type { EventRow } from "../../findings/rows.ts";
import type { TriageScene } from "../context.ts";

/** How a record of a far end is to be read: a contact, a refused one, a name that was only looked up, or a mention. */
export type Contact = "outbound" | "inbound" | "refused" | "resolved" | "mentioned";

/** What a record shows between the organisation and a far end that it names. */
export function contactOf(scene: Pick<TriageScene, "networks">, row: EventRow): Contact {
  if (row.dns_name !== null && row.url === null) return "resolved";
  const isRequest = row.url !== null && (row.http_method !== null || row.http_status !== null);
  const hasEnds = row.source_ip !== null || row.destination_ip !== null;
  // A browser's history, a program's connection list: the machine that the row stands for is one end.
  const isOwnRecord =
    row.host !== null && row.host !== row.observer && (row.url !== null || row.destination_ip !== null);
  if (!isRequest && !hasEnds && !isOwnRecord) return "mentioned";
  if (row.kind === "enrichment" || isMail(row)) return "mentioned";
  if (
    isRefused(row) ||
    (row.url !== null && row.outcome === "failure" && /den|block|filter/.test(row.action ?? ""))
  )
    return "refused";
  if (row.source_ip !== null && scene.networks.isInternal(row.source_ip)) return "outbound";
  if (row.destination_ip !== null && scene.networks.isInternal(row.destination_ip) && row.source_ip !== null)
    return "inbound";
  return isOwnRecord || isRequest ? "outbound" : "mentioned";
}

/** A record of mail transport names addresses and links without anyone having gone there. */
export function isMail(row: Pick<EventRow, "rest" | "dataset">): boolean {
  return row.rest.includes('"email.') || /mail|postfix|exim|exchange|smtp|dovecot/.test(row.dataset);
}

/** "3 records, 2 sessions"; a session that was logged twice says so. */
export function countSessions(rows: readonly EventRow[]): { text: string; sessions: number } {
  const sessions = sessionsOf(rows);
  const twice = sessions.filter((one) => one.length > 1 && one[0]!.source_port !== null);
  const note =
    twice.length > 0
      ? ` (${twice[0]!.length} records with source port ${twice[0]![0]!.source_port} are one session)`
      : "";
  return {
    sessions: sessions.length,
    text: `${countOf(rows.length, "record")}, ${countOf(sessions.length, "session")}${note}`,
  };
}

/** The machine of a record on the organisation's side: its internal address, else the host that wrote it. */
export function insiderOf(scene: Pick<TriageScene, "networks">, row: EventRow): string | undefined {
  if (row.source_ip !== null && scene.networks.isInternal(row.source_ip)) return row.source_ip;
  if (row.destination_ip !== null && scene.networks.isInternal(row.destination_ip)) return row.destination_ip;
  if (row.host !== null && row.host !== row.observer) return row.host;
  return row.user_name ?? undefined;
}
