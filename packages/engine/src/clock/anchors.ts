import { compareText } from "@firebreak/model/collections";
import { derivedDatabase } from "../store/derived.ts";
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
const natEnd = endpoint("nat_ip", "nat_port");
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
    const found = await anchorsOf(store, kind);
    events.push(...found.events);
    cut ||= found.cut;
  }
  await store.run(`DROP TABLE IF EXISTS ${anchorKeys}`);
  await store.run(`DROP TABLE IF EXISTS ${anchors}`);
  return { events, cut };
}

const anchorKeys = `${derivedDatabase}.anchor_keys`;
const anchors = `${derivedDatabase}.anchors`;

/**
 * Keys are kept as hashes first, one way to make them after the other, and read as texts only where two sources share one: all
 * texts together are larger than the store may be in memory.
 */
async function anchorsOf(
  store: EventStore,
  kind: AnchorKind,
): Promise<{ events: readonly AnchorEvent[]; cut: boolean }> {
  const ways = keys.filter((one) => one.kind === kind).map(({ sql }) => sql);
  await store.run(
    `CREATE OR REPLACE TABLE ${anchorKeys} (h UBIGINT, way INTEGER, evidence VARCHAR, "offset" BIGINT, sub INTEGER)`,
  );
  for (const [way, sql] of ways.entries())
    await store.run(
      `INSERT INTO ${anchorKeys} SELECT hash(key), ${way}, evidence, "offset", sub FROM
         (SELECT ${sql} AS key, evidence, "offset", sub FROM events WHERE ms IS NOT NULL)
       WHERE key IS NOT NULL AND length(key) BETWEEN 8 AND 2000`,
    );
  await store.run(
    `CREATE OR REPLACE TABLE ${anchors} AS SELECT k.* FROM ${anchorKeys} k SEMI JOIN
       (SELECT h FROM ${anchorKeys} GROUP BY h HAVING min(evidence) <> max(evidence) AND count(*) <= ${maxPerKey}) s ON s.h = k.h`,
  );
  const [counted] = await store.query<{ n: number }>(`SELECT count(*) AS n FROM ${anchors} ORDER BY n`);
  if (counted!.n === 0) return { events: [], cut: false };
  const share = Math.ceil(counted!.n / maxAnchorEvents);
  const texts = ways.map(
    (sql, way) =>
      `SELECT '${kind}' AS kind, ${sql} AS key, evidence, "offset", sub, length, line, ms, ns FROM events e SEMI JOIN
         (SELECT * FROM ${anchors} WHERE way = ${way} AND h % ${share} = 0) a
         ON a.evidence = e.evidence AND a."offset" = e."offset" AND a.sub IS NOT DISTINCT FROM e.sub`,
  );
  const events: AnchorEvent[] = [];
  for (const text of texts) events.push(...(await store.query<AnchorEvent>(`${text} ORDER BY ALL`)));
  return { events: events.sort(compareAnchors), cut: share > 1 };
}

function compareAnchors(a: AnchorEvent, b: AnchorEvent): number {
  return (
    compareText(a.key, b.key) ||
    compareText(a.evidence, b.evidence) ||
    a.offset - b.offset ||
    (a.sub ?? -1) - (b.sub ?? -1)
  );
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
