import type { EventStore } from "../store/store.ts";

export type AnchorKind = "session" | "request" | "file" | "event" | "logon" | "mail";

/** One event that carries a key which only the same moment in another source should carry. */
export interface AnchorEvent {
  kind: AnchorKind;
  key: string;
  evidence: string;
  offset: number;
  sub: number | null;
  length: number;
  line: number | null;
  ms: number;
  ns: number;
}

/** About so many events of one kind of key are read at most; more are left out, and the result says so. */
export const maxAnchorEvents = 100_000;
/** A key that one source repeats more often than this names no moment. */
export const maxPerSource = 3;
const maxPerKey = 24;

const json = (field: string) =>
  `CASE WHEN contains(rest, '"${field}":') THEN json_extract_string(rest, '$."${field}"') END`;
/** A key needs all its parts: NULL where one is missing. */
const joined = (...parts: string[]) => parts.map((part) => `(${part})`).join(" || ' ' || ");

const endpoint = (ip: string, port: string) => `${ip} || ':' || ${port}`;
const fromEnd = endpoint("source_ip", "source_port");
const toEnd = endpoint("destination_ip", "destination_port");
const natEnd = `${json("source.nat.ip")} || ':' || ${json("source.nat.port")}`;
/** Both directions of a session have one key; a session between two service ports is a standing one and names no moment. */
const session = (from: string) =>
  `CASE WHEN greatest(source_port, destination_port) >= 1024 THEN
     least(${from}, ${toEnd}) || ' ' || greatest(${from}, ${toEnd}) || ' ' || coalesce(lower(transport), 'tcp') END`;

const keys: readonly { kind: AnchorKind; sql: string }[] = [
  { kind: "session", sql: session(fromEnd) },
  { kind: "session", sql: session(natEnd) },
  {
    kind: "request",
    sql: joined(
      "source_ip",
      "coalesce(http_method, '')",
      "nullif(regexp_replace(url, '^[a-zA-Z]+://[^/]*', ''), '/')",
      json("user_agent.original"),
    ),
  },
  { kind: "file", sql: json("file.hash.sha256") },
  { kind: "file", sql: json("file.hash.md5") },
  { kind: "file", sql: joined(json("file.name"), json("file.size")) },
  { kind: "event", sql: `CASE WHEN length(${json("event.id")}) >= 16 THEN ${json("event.id")} END` },
  {
    kind: "event",
    sql: joined("lower(host)", "channel", "code", json("winlog.record_id")),
  },
  {
    kind: "logon",
    sql: `CASE WHEN ${json("winlog.event_data.TargetLogonId")} NOT IN ('0x0', '0x3e7', '0x3e4', '0x3e5') THEN
      ${joined("lower(host)", "code", json("winlog.event_data.TargetLogonId"))} END`,
  },
  { kind: "mail", sql: json("email.message_id") },
];

/**
 * The events of the store whose keys stand in two sources or more, seldom enough to name a moment. Ordered by kind, key,
 * source and place: the same store gives the same list. Of a kind with too many of them, keys are left out by their hash.
 */
export async function findAnchorEvents(store: EventStore): Promise<{ events: AnchorEvent[]; cut: boolean }> {
  const [sources] = await store.query<{ n: number }>(
    "SELECT count(DISTINCT evidence) AS n FROM events WHERE ms IS NOT NULL ORDER BY n",
  );
  // The keys of a large log are costly to read, and one source has nothing to be held against.
  if (sources!.n < 2) return { events: [], cut: false };
  const kinds = [...new Set(keys.map(({ kind }) => kind))].sort();
  const events: AnchorEvent[] = [];
  let cut = false;
  for (const kind of kinds) {
    const anchors = anchorsSql(kind);
    const [counted] = await store.query<{ n: number }>(
      `${anchors} SELECT count(*) AS n FROM anchors ORDER BY n`,
    );
    const share = Math.ceil(counted!.n / maxAnchorEvents);
    cut ||= share > 1;
    if (counted!.n === 0) continue;
    events.push(
      ...(await store.query<AnchorEvent>(
        `${anchors} SELECT a.* EXCLUDE (h) FROM anchors a WHERE a.h % ${share} = 0
         ORDER BY a.key, a.evidence, a."offset", a.sub`,
      )),
    );
  }
  return { events, cut };
}

/** A table `anchors`. Keys are counted by hash: their texts together are larger than the store may be in memory. */
function anchorsSql(kind: AnchorKind): string {
  const arms = keys
    .filter((one) => one.kind === kind)
    .map(
      ({ sql }) =>
        `SELECT '${kind}' AS kind, ${sql} AS key, evidence, "offset", sub, length, line, ms, ns FROM events WHERE ms IS NOT NULL`,
    );
  return `WITH keyed AS (SELECT *, hash(key) AS h FROM (${arms.join("\nUNION ALL ")})
      WHERE key IS NOT NULL AND length(key) BETWEEN 8 AND 2000),
    seldom AS (SELECT h FROM keyed GROUP BY h HAVING min(evidence) <> max(evidence) AND count(*) <= ${maxPerKey}),
    anchors AS (SELECT k.* FROM keyed k SEMI JOIN seldom s ON s.h = k.h)`;
}

/** Two events with one key in two sources; `first` is in the source with the smaller id. */
export interface AnchorPair {
  kind: AnchorKind;
  key: string;
  first: AnchorEvent;
  second: AnchorEvent;
  /** The key pairs more than one event of these two sources: a port used again, a retry. */
  ambiguous: boolean;
}

/** Pairs of events by the two sources that they stand in ("idA idB"). */
export function pairUp(events: readonly AnchorEvent[]): Map<string, AnchorPair[]> {
  const pairs = new Map<string, AnchorPair[]>();
  for (let from = 0; from < events.length; ) {
    let to = from;
    while (
      to < events.length &&
      events[to]!.key === events[from]!.key &&
      events[to]!.kind === events[from]!.kind
    )
      to++;
    pairKey(events.slice(from, to), pairs);
    from = to;
  }
  return pairs;
}

function pairKey(events: readonly AnchorEvent[], pairs: Map<string, AnchorPair[]>): void {
  const bySource = new Map<string, AnchorEvent[]>();
  for (const event of events) {
    const list = bySource.get(event.evidence);
    if (list) list.push(event);
    else bySource.set(event.evidence, [event]);
  }
  const sources = [...bySource].filter(([, list]) => list.length <= maxPerSource);
  for (const [i, [first, firstEvents]] of sources.entries()) {
    for (const [second, secondEvents] of sources.slice(i + 1)) {
      const name = `${first} ${second}`;
      const list = pairs.get(name) ?? [];
      pairs.set(name, list);
      const ambiguous = firstEvents.length > 1 || secondEvents.length > 1;
      for (const one of firstEvents)
        for (const other of secondEvents)
          list.push({ kind: one.kind, key: one.key, first: one, second: other, ambiguous });
    }
  }
}
