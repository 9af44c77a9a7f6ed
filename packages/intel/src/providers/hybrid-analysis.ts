import { mergeByObservable } from "../feed.ts";
import { distinct, isRecord, type Json, numberAt, recordsAt, textAt, textsAt, timeAt } from "../loose.ts";
import { hashesAt, type Observable, readObservable, readTyped } from "../observable.ts";
import {
  aboutWhat,
  answered,
  type Document,
  notKnown,
  type Provider,
  type Question,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { postForm } from "../question.ts";
import { type Judgement, type Reading, type Relation, reading, relation, technique } from "../reading.ts";

/** Hybrid Analysis (Falcon Sandbox), API v2 (https://www.hybrid-analysis.com/docs/api/v2): look-ups only. */
export const hybridAnalysis = {
  id: "hybrid-analysis",
  title: "Hybrid Analysis",
  kind: "service",
  types: ["hash", "address", "domain"],
  key: {
    variable: "FIREBREAK_HYBRID_ANALYSIS_KEY",
    isRequired: true,
    headers: (key) => ({ "api-key": key, "User-Agent": "Falcon Sandbox" }),
  },
  base: { url: "https://www.hybrid-analysis.com/api/v2", variable: "FIREBREAK_HYBRID_ANALYSIS_URL" },
  quota: [
    { limit: 200, per: "minute" },
    { limit: 2000, per: "hour" },
  ],
  questions,
  recognise: ({ json }) =>
    reports(json).some(isReport) || (isRecord(json) && Array.isArray(json.search_terms)),
  read,
} satisfies Provider;

function questions({ type, value }: Observable): Question[] {
  if (type === "hash") return [postForm("/search/hash", { hash: value })];
  return [postForm("/search/terms", { [type === "address" ? "host" : "domain"]: value })];
}

/** A list of reports, one report, an overview, or a search's `result` or `reports`. */
function reports(json: unknown): Json[] {
  if (Array.isArray(json)) return recordsAt(json);
  if (!isRecord(json)) return [];
  if (Array.isArray(json.result)) return recordsAt(json, "result");
  if (Array.isArray(json.reports) && !isReport(json)) return recordsAt(json, "reports");
  return [json];
}

function isReport(row: Json): boolean {
  const marks = [
    "threat_score",
    "environment_id",
    "environment_description",
    "vx_family",
    "av_detect",
    "multiscan_result",
    "last_multi_scan",
    "last_file_name",
    "submit_name",
    "mitre_attcks",
  ];
  return (
    marks.filter((name) => Object.hasOwn(row, name)).length >= 2 &&
    (Object.hasOwn(row, "sha256") || Object.hasOwn(row, "job_id"))
  );
}

/** No report: an empty list, or a search that counts none. Anything else without a report is no answer. */
function isEmptySearch(json: unknown): boolean {
  if (Array.isArray(json)) return json.length === 0;
  return (
    isRecord(json) &&
    (numberAt(json, "count") === 0 || (Array.isArray(json.result) && json.result.length === 0))
  );
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  if (isEmptySearch(json)) return notKnown("report", context.about ?? undefined);
  const rows = reports(json);
  const message = textAt(json, "message");
  if (message !== undefined && !rows.some(isReport)) return unreadable("report", message);
  const readings = rows.filter(isReport).flatMap((row) => readReport(row, context) ?? []);
  if (readings.length === 0) return unreadable("report", context.about === null ? aboutWhat : wrongShape);
  const { about } = context;
  // A search by address or name answers with the samples that talked to it.
  const asked = about !== null && about.type !== "hash" ? [searched(about, readings)] : [];
  return answered("report", [...asked, ...mergeByObservable(readings)]);
}

function searched(about: Observable, found: readonly Reading[]): Reading {
  const bad = found.filter(({ opinion }) => opinion === "malicious").length;
  return reading(about, `${found.length} samples talked to it, ${bad} of them judged malicious`, {
    relations: found.flatMap(({ about: sample, detections, opinion }) =>
      relation("communicating", sample, { detections, detail: opinion }),
    ),
  });
}

function readReport(row: Json, { about }: ReadContext): Reading | undefined {
  const hashes = hashesAt(row);
  const url = readTyped("url", textAt(row, "target_url")) ?? readTyped("url", textAt(row, "url"));
  const subject = hashes[0] ?? url ?? (about?.type === "hash" ? about : undefined);
  if (subject === undefined) return undefined;
  const positive = numberAt(row, "av_detect") ?? numberAt(row, "multiscan_result");
  const verdict = textAt(row, "verdict")?.toLowerCase() ?? "no verdict";
  const score = numberAt(row, "threat_score");
  const contentAt = timeAt(row, "analysis_start_time") ?? timeAt(row, "last_multi_scan");
  const family = textAt(row, "vx_family");
  return reading(
    subject,
    [
      verdict,
      ...(score === undefined ? [] : [`threat score ${score} of 100`]),
      ...(positive === undefined ? [] : [`${positive}% of engines`]),
      ...(family ? [family] : []),
    ].join(", "),
    {
      ...judge(verdict, score),
      aliases: hashes.slice(1),
      relations: relationsOf(row),
      techniques: recordsAt(row, "mitre_attcks").flatMap((one) =>
        technique(textAt(one, "attck_id"), textAt(one, "technique")),
      ),
      labels: distinct([
        ...(family ? [family] : []),
        ...textsAt(row, "tags"),
        ...textsAt(row, "classification_tags"),
      ]),
      isCapability: true,
      ...(positive !== undefined && { detections: { positive, total: 100 } }),
      contentAt,
      ...(subject.type === "hash" && { link: `https://www.hybrid-analysis.com/sample/${subject.value}` }),
    },
  );
}

function judge(verdict: string, score: number | undefined): Judgement {
  if (verdict === "malicious") return { opinion: "malicious", weight: 75 };
  if (verdict === "suspicious") return { opinion: "suspicious", weight: 40 };
  if (verdict === "whitelisted") return { opinion: "known good", weight: 0 };
  if (verdict === "no specific threat" || verdict === "no threat")
    return { opinion: "no detections", weight: 0 };
  if (score !== undefined && score >= 70) return { opinion: "suspicious", weight: 45 };
  return { opinion: "context", weight: 0 };
}

function relationsOf(row: Json): Relation[] {
  const contacted = distinct([
    ...textsAt(row, "hosts"),
    ...textsAt(row, "compromised_hosts"),
    ...textsAt(row, "domains"),
  ]);
  return [
    ...contacted.flatMap((value) => relation("contacted", readObservable(value))),
    ...recordsAt(row, "extracted_files").flatMap((file) =>
      relation("dropped", readTyped("hash", textAt(file, "sha256")), { detail: textAt(file, "name") }),
    ),
  ];
}
