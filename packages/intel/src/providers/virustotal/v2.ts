import { type Json, latest, listAt, numberAt, recordAt, recordsAt, textAt, timeAt } from "../../loose.ts";
import { hashesAt, type Observable, readTyped } from "../../observable.ts";
import {
  aboutWhat,
  answered,
  notKnown,
  type ReadContext,
  type ReadDocument,
  unreadable,
} from "../../provider.ts";
import {
  type Detections,
  type Relation,
  type RelationKind,
  reading,
  relation,
  weighDetections,
} from "../../reading.ts";

/** Answers of the API v2, which are kept in many old cases: flat objects with `response_code` and `verbose_msg`. */
export function isVersion2(json: Json): boolean {
  return (
    Object.hasOwn(json, "response_code") &&
    ["verbose_msg", "scans", "positives", "detected_urls", "resolutions", "permalink"].some((name) =>
      Object.hasOwn(json, name),
    )
  );
}

const lists: readonly [string, RelationKind][] = [
  ["detected_communicating_samples", "communicating"],
  ["undetected_communicating_samples", "communicating"],
  ["detected_referrer_samples", "referrer"],
  ["undetected_referrer_samples", "referrer"],
  ["detected_downloaded_samples", "downloaded"],
  ["undetected_downloaded_samples", "downloaded"],
  ["detected_urls", "hosted-url"],
  ["resolutions", "resolution"],
];

export function readVersion2(json: Json, context: ReadContext): ReadDocument {
  const about = subjectOf(json) ?? context.about ?? undefined;
  const code = numberAt(json, "response_code");
  // 0: not in the dataset; -2: still queued; -1: an invalid question.
  if (code === 0) return notKnown("report", about);
  if (code !== undefined && code < 0) return unreadable("report", textAt(json, "verbose_msg") ?? "no result");
  if (about === undefined) return unreadable("report", aboutWhat);
  const detections = detectionsOf(json);
  const relations = lists.flatMap(([name, kind]) =>
    listAt(json, name).flatMap((item) => relationOf(kind, item)),
  );
  // An address has no engines of its own in v2: detected URLs on it are its detections.
  const judged =
    detections === undefined ? { opinion: "no detections" as const, weight: 0 } : weighDetections(detections);
  const contentAt = timeAt(json, "scan_date") ?? latest(relations.map(({ seenAt }) => seenAt));
  const owner = textAt(json, "as_owner");
  return answered("report", [
    reading(about, summaryOf(detections), {
      ...judged,
      aliases: hashesAt(json, ["md5", "sha1", "sha256"]).filter(({ value }) => value !== about.value),
      relations,
      notes:
        owner === undefined
          ? []
          : [
              `VirusTotal: AS${textAt(json, "asn") ?? ""} ${owner}, ${textAt(json, "country") ?? "no country"}.`,
            ],
      detections,
      contentAt,
      link: textAt(json, "permalink"),
    }),
  ]);
}

function summaryOf(detections: Detections | undefined): string {
  if (detections === undefined) return "no engines of its own in this old form of answer; see the relations";
  return detections.positive > 0 ? `${detections.positive} of ${detections.total} engines detect it` : "";
}

function subjectOf(json: Json): Observable | undefined {
  const hash = readTyped("hash", json.sha256) ?? readTyped("hash", json.md5) ?? readTyped("hash", json.sha1);
  return (
    hash ??
    readTyped("url", json.url) ??
    readTyped("hash", json.resource) ??
    readTyped("url", json.resource) ??
    readTyped("address", json.resource)
  );
}

function detectionsOf(json: Json): Detections | undefined {
  const positive = numberAt(json, "positives");
  const total = numberAt(json, "total");
  if (positive !== undefined && total !== undefined) return { positive, total };
  const scans = Object.values(recordAt(json, "scans") ?? {});
  if (scans.length === 0) return undefined;
  return { positive: scans.filter((one) => recordAt(one)?.detected === true).length, total: scans.length };
}

/** Lists hold objects; undetected URLs are tuples [url, sha256, positives, total, date]. */
function relationOf(kind: RelationKind, item: unknown): Relation[] {
  const target =
    readTyped("hash", textAt(item, "sha256")) ??
    readTyped("url", textAt(item, "url")) ??
    readTyped("domain", textAt(item, "hostname")) ??
    readTyped("address", textAt(item, "ip_address"));
  const positive = numberAt(item, "positives");
  const total = numberAt(item, "total");
  return relation(kind, target, {
    detections: positive === undefined || total === undefined ? undefined : { positive, total },
    seenAt: timeAt(item, "date") ?? timeAt(item, "scan_date") ?? timeAt(item, "last_resolved"),
  });
}

/** v2 answers sometimes come as a list, one for each resource asked. */
export function version2Items(json: unknown): Json[] {
  return recordsAt(json).filter(isVersion2);
}
