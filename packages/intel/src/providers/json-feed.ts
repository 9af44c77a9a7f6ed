import { feedOf } from "../feed.ts";
import { distinct, isRecord, type Json, listAt, numberAt, textAt, timeAt } from "../loose.ts";
import { type Observable, readObservable } from "../observable.ts";
import { type Document, type Provider, type ReadDocument, unreadable, wrongShape } from "../provider.ts";
import { type Reading, reading } from "../reading.ts";
import { weighListed } from "./csv-feed.ts";

const names = [
  "ioc",
  "ioc_value",
  "indicator",
  "value",
  "ip",
  "ip_address",
  "ipAddress",
  "dst_ip",
  "address",
  "domain",
  "host",
  "hostname",
  "url",
  "sha256",
  "sha256_hash",
  "sha1",
  "md5",
  "md5_hash",
  "hash",
  "cve",
  "cveID",
] as const;

/** Local lists as JSON: texts, or objects with a member that names what it holds (Feodo Tracker's blocklist and its like). */
export const jsonFeed = {
  id: "json-feed",
  title: "Local JSON list",
  kind: "document",
  types: ["address", "domain", "url", "hash", "vulnerability"],
  quota: [],
  recognise: ({ json }) => {
    const rows = rowsOf(json);
    const found = rows.filter((row) => observablesIn(row).length > 0).length;
    // An export of something else may hold an address here and there: a list holds one in every row.
    return found > 0 && found >= rows.length * 0.9;
  },
  read,
} satisfies Provider;

function rowsOf(json: unknown): unknown[] {
  if (Array.isArray(json)) return listAt(json);
  if (!isRecord(json)) return [];
  const list = Object.values(json).find((value) => Array.isArray(value) && value.length > 0);
  return listAt(list ?? []);
}

function observablesIn(row: unknown): Observable[] {
  if (typeof row === "string") return [readObservable(row) ?? []].flat();
  if (!isRecord(row)) return [];
  return names.flatMap((name) => readObservable(textAt(row, name)) ?? []);
}

function read({ json }: Document): ReadDocument {
  const rows = rowsOf(json);
  const readings = rows.flatMap(readRow);
  if (readings.length === 0) return unreadable("list", wrongShape);
  const left = rows.filter((row) => observablesIn(row).length === 0).length;
  const feed = feedOf("list", readings, rows.length - left);
  return left > 0 ? { ...feed, detail: `${left} entries hold no address, name, URL, hash or CVE` } : feed;
}

function readRow(row: unknown): Reading[] {
  const observables = observablesIn(row);
  const first = observables[0];
  if (first === undefined) return [];
  const item: Json = isRecord(row) ? row : {};
  const what =
    textAt(item, "malware") ??
    textAt(item, "threat") ??
    textAt(item, "description") ??
    textAt(item, "comment");
  const firstSeen = timeAt(item, "first_seen") ?? timeAt(item, "date_added") ?? timeAt(item, "created");
  const lastSeen = timeAt(item, "last_seen") ?? timeAt(item, "last_online");
  const hashes = observables.filter(({ type }) => type === "hash" && first.type === "hash");
  return [
    reading(first, `on a local list${what === undefined ? "" : ` (${what.slice(0, 120)})`}`, {
      ...weighListed(numberAt(item, "confidence") ?? Number.NaN),
      aliases: hashes.slice(1),
      labels: distinct([what].flatMap((text) => text?.slice(0, 120) ?? [])),
      firstSeen,
      lastSeen,
      contentAt: lastSeen,
    }),
  ];
}
