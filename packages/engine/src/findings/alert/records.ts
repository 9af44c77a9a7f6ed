import type { AlertObservable } from "../../alerts/alert.ts";
import { canonicalName } from "../names.ts";
import { type EventRow, rowsWhere } from "../rows.ts";
import type { Scene } from "../scene.ts";

/** Records read for one observable; the count stays exact. */
export const maxRows = 5000;

export interface Found {
  rows: EventRow[];
  count: number;
  /** Latest dated record of all, also beyond the rows read. */
  lastMs: number | null;
}

/** Records of all sources and all time that name an observable, in whichever field: the first `bound` in order of time. */
export async function recordsOf(
  scene: Pick<Scene, "store" | "profile">,
  observable: Pick<AlertObservable, "type" | "value">,
  bound = maxRows,
): Promise<Found> {
  const where: Record<AlertObservable["type"], string> = {
    address: "e.source_ip = $v OR e.destination_ip = $v OR contains(e.rest, $q)",
    host: "lower(e.host) = lower($v) OR lower(split_part(e.host, '.', 1)) = lower($v) OR contains(lower(e.rest), $q)",
    account: "lower(e.user_name) IN (lower($v), lower($bare), lower($local))",
    mailbox: "contains(lower(e.rest), lower($v)) OR lower(e.user_name) = lower($v)",
    hash: "contains(lower(e.rest), lower($v))",
    url: "e.url = $v OR contains(e.rest, $v) OR (length($path) > 4 AND (e.url = $path OR starts_with(e.url, $path || '?')))",
    domain:
      "lower(e.url_domain) = lower($v) OR lower(e.dns_name) = lower($v) OR ends_with(lower(e.dns_name), $sub) OR ends_with(lower(e.url_domain), $sub) OR contains(lower(e.rest), $q)",
    file: "contains(lower(coalesce(e.file_path, '')), lower($v)) OR contains(lower(coalesce(e.command_line, '')), lower($v)) OR contains(lower(coalesce(e.process, '')), lower($v)) OR contains(lower(e.rest), lower($v))",
  };
  const condition = where[observable.type];
  const values: Record<string, string> = { v: observable.value };
  if (condition.includes("$bare")) Object.assign(values, accountSpellings(scene, observable.value));
  if (condition.includes("$path")) values.path = pathOf(observable.value);
  if (condition.includes("$q")) values.q = quoted(observable);
  // Whoever asks for a name below a domain asks for the domain.
  if (condition.includes("$sub")) values.sub = `.${observable.value.toLowerCase()}`;
  const rows = await scene.store.query<EventRow>(rowsWhere(condition, { limit: bound }), values);
  const [total] = await scene.store.query<{ n: number; last: number | null }>(
    `SELECT count(*) AS n, max(e.ms) AS last FROM events e WHERE ${condition}`,
    values,
  );
  return { rows, count: total!.n, lastMs: total!.last };
}

/** An account without its domain before it; and without its own domain after it. */
function accountSpellings(scene: Pick<Scene, "profile">, value: string): { bare: string; local: string } {
  const bare = value.slice(value.lastIndexOf("\\") + 1);
  return { bare, local: canonicalName(scene.profile, "account", bare).key };
}

/** A web server writes the path only: "/human2.aspx" of "https://mft.example/human2.aspx?x=1". */
function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return "";
  }
}

/** The value as it stands in the JSON of a record's other fields. */
function quoted({ type, value }: Pick<AlertObservable, "type" | "value">): string {
  return JSON.stringify(type === "domain" || type === "host" ? value.toLowerCase() : value);
}
