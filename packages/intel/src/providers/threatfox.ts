import { feedOf, mergeByObservable } from "../feed.ts";
import {
  distinct,
  isRecord,
  type Json,
  listAt,
  numberAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../loose.ts";
import { hashesAt, type Observable, readObservable } from "../observable.ts";
import {
  answered,
  type Document,
  type Provider,
  type Question,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { postJson } from "../question.ts";
import { type Reading, reading, relation } from "../reading.ts";
import { abuseChKey, abuseChTerms, statusOf } from "./abuse-ch.ts";

/** ThreatFox of abuse.ch (https://threatfox.abuse.ch/api/): indicators of malware, with a confidence. */
export const threatfox = {
  id: "threatfox",
  title: "ThreatFox",
  kind: "service",
  types: ["address", "domain", "url", "hash"],
  key: abuseChKey,
  base: { url: "https://threatfox-api.abuse.ch/api/v1", variable: "FIREBREAK_THREATFOX_URL" },
  quota: [{ limit: 1, per: "second" }],
  terms: abuseChTerms,
  questions,
  recognise: ({ json }) =>
    textAt(json, "query_status") === "no_result" ||
    (isRecord(json) && Object.hasOwn(json, "query_status") && rowsOf(json).some(isRow)) ||
    (isRecord(json) && exportRows(json).length > 0),
  read,
} satisfies Provider;

function questions({ type, value }: Observable): Question[] {
  const query =
    type === "hash"
      ? { query: "search_hash", hash: value }
      : { query: "search_ioc", search_term: value, exact_match: false };
  // ThreatFox searches samples by MD5 and SHA-256.
  if (type === "hash" && value.length === 40) return [];
  return [postJson("/", query)];
}

function isRow(row: Json): boolean {
  return (Object.hasOwn(row, "ioc") || Object.hasOwn(row, "ioc_value")) && Object.hasOwn(row, "ioc_type");
}

function rowsOf(json: unknown): Json[] {
  return recordsAt(json, "data");
}

/** The daily export: an object of lists by id, with `ioc_value` for `ioc`. */
function exportRows(json: Json): Json[] {
  return Object.entries(json).flatMap(([id, value]) =>
    /^\d+$/.test(id) ? listAt(value).filter(isRecord).filter(isRow) : [],
  );
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  const state = statusOf(json, "report", context.about);
  if (state !== undefined) return state;
  if (!isRecord(json)) return unreadable("report", wrongShape);
  const exported = exportRows(json);
  if (exported.length > 0) return feedOf("export", exported.flatMap(readRow));
  const rows = rowsOf(json);
  const readings = rows.flatMap(readRow);
  if (readings.length === 0) return unreadable("report", wrongShape);
  return answered("report", mergeByObservable([...readings, ...sampleReadings(rows, context)]));
}

function readRow(row: Json): Reading[] {
  const value = textAt(row, "ioc") ?? textAt(row, "ioc_value") ?? "";
  const type = textAt(row, "ioc_type") ?? "";
  const about = readObservable(type === "ip:port" ? value.replace(/:\d{1,5}$/, "") : value);
  if (about === undefined) return [];
  const confidence = numberAt(row, "confidence_level") ?? 50;
  const malware = textAt(row, "malware_printable") ?? textAt(row, "malware") ?? "an unnamed malware";
  const threat = (textAt(row, "threat_type") ?? "threat").replaceAll("_", " ");
  const firstSeen = timeAt(row, "first_seen") ?? timeAt(row, "first_seen_utc");
  const lastSeen = timeAt(row, "last_seen") ?? timeAt(row, "last_seen_utc");
  const port = type === "ip:port" ? `, port ${value.split(":").at(-1)}` : "";
  const id = textAt(row, "id");
  const tags = textsAt(row, "tags").flatMap((text) => text.split(","));
  return [
    reading(about, `listed as ${threat} of ${malware} with confidence ${confidence}${port}`, {
      opinion: confidence >= 50 ? "malicious" : "suspicious",
      weight: confidence >= 75 ? 85 : confidence >= 50 ? 65 : 35,
      labels: distinct([malware, ...tags]),
      relations: recordsAt(row, "malware_samples").flatMap((sample) => {
        const [target] = hashesAt(sample, ["sha256_hash", "md5_hash"]);
        return relation("communicating", target, { detail: malware, seenAt: timeAt(sample, "time_stamp") });
      }),
      firstSeen,
      lastSeen,
      contentAt: lastSeen ?? firstSeen,
      ...(id && { link: `https://threatfox.abuse.ch/ioc/${encodeURIComponent(id)}/` }),
    }),
  ];
}

/** A search for a hash answers with the indicators of its malware: the hash itself is then a sample of it. */
function sampleReadings(rows: readonly Json[], { about }: ReadContext): Reading[] {
  if (about?.type !== "hash" || rows.some((row) => textAt(row, "ioc")?.toLowerCase() === about.value))
    return [];
  const names = distinct(rows.flatMap((row) => textAt(row, "malware_printable") ?? []));
  return [
    reading(about, `a sample of ${names.slice(0, 3).join(", ") || "a listed malware"}`, {
      opinion: "malicious",
      weight: 75,
      labels: names,
      relations: rows
        .flatMap(readRow)
        .flatMap((row) => relation("related", row.about, { detail: row.summary })),
    }),
  ];
}
