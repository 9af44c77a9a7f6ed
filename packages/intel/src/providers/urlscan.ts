import { countOf } from "@firebreak/model/collections";
import { mergeByObservable } from "../feed.ts";
import {
  distinct,
  earliest,
  flagAt,
  isRecord,
  type Json,
  latest,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../loose.ts";
import { type Observable, readObservable, readTyped } from "../observable.ts";
import {
  answered,
  type Document,
  notKnown,
  type Provider,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { get } from "../question.ts";
import { type Judgement, type Reading, type Relation, reading, relation } from "../reading.ts";

/** urlscan.io, search only (https://urlscan.io/docs/api/): what public scans of pages saw. Nothing is submitted. */
export const urlscan = {
  id: "urlscan",
  title: "urlscan.io",
  kind: "service",
  types: ["domain", "address", "url", "hash"],
  key: { variable: "FIREBREAK_URLSCAN_KEY", isRequired: false, headers: (key) => ({ "API-Key": key }) },
  base: { url: "https://urlscan.io/api/v1", variable: "FIREBREAK_URLSCAN_URL" },
  quota: [
    { limit: 60, per: "minute" },
    { limit: 500, per: "day" },
  ],
  questions: (observable) => [get(`/search/?q=${encodeURIComponent(queryFor(observable))}&size=100`)],
  recognise: ({ json }) =>
    isRecord(json) &&
    ((Array.isArray(json.results) &&
      (Object.hasOwn(json, "total") || recordsAt(json, "results").some(isScan))) ||
      isScan(json)),
  read,
} satisfies Provider;

/** Elasticsearch query-string syntax; quotes keep the value one term. */
function queryFor({ type, value }: Observable): string {
  const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
  if (type === "domain") return `domain:${quoted}`;
  if (type === "address") return `ip:${quoted}`;
  if (type === "hash") return `hash:${quoted}`;
  return `page.url:${quoted} OR task.url:${quoted}`;
}

function isScan(value: Json): boolean {
  return isRecord(value.page) && isRecord(value.task);
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  if (!isRecord(json)) return unreadable("report", wrongShape);
  if (isScan(json)) return answered("scan", readResult(json));
  if (!Array.isArray(json.results)) return unreadable("report", textAt(json, "message") ?? wrongShape);
  const scans = recordsAt(json, "results").filter(isScan);
  if (scans.length === 0) return notKnown("report", context.about ?? undefined);
  if (context.about === null) return answered("report", mergeByObservable(scans.flatMap(readResult)));
  return answered("report", [readSearch(context.about, scans, numberAt(json, "total") ?? scans.length)]);
}

/** The search about one observable: how many scans met it, and what they concluded. */
function readSearch(about: Observable, scans: readonly Json[], total: number): Reading {
  const bad = scans.filter(isMalicious);
  const times = scans.map((one) => timeAt(one, "task", "time"));
  const firstSeen = earliest(times);
  const lastSeen = latest(times);
  const link = textAt(scans[0], "result");
  return reading(
    about,
    `${countOf(total, "public scan")} met it${bad.length > 0 ? `, ${bad.length} of the ${scans.length} listed judged malicious` : ""}`,
    {
      ...judgeCount(bad.length, scans.length),
      isAboutTenants: true,
      relations: scans.flatMap((one) => pageRelations(one, about)).slice(0, 400),
      labels: distinct(scans.flatMap((one) => textsAt(one, "verdicts", "overall", "brands"))).slice(0, 20),
      firstSeen,
      lastSeen,
      contentAt: lastSeen,
      link,
    },
  );
}

function judgeCount(bad: number, all: number): Judgement {
  if (bad === 0) return { opinion: "context", weight: 0 };
  return bad >= 3 || bad === all
    ? { opinion: "malicious", weight: 60 }
    : { opinion: "suspicious", weight: 40 };
}

function isMalicious(scan: Json): boolean {
  const verdicts = recordAt(scan, "verdicts");
  if (verdicts === undefined) return false;
  return flagAt(verdicts, "malicious") || Object.values(verdicts).some((one) => flagAt(one, "malicious"));
}

function pageRelations(scan: Json, about: Observable): Relation[] {
  const seenAt = timeAt(scan, "task", "time");
  const targets = [
    readTyped("url", textAt(scan, "page", "url")),
    readTyped("domain", textAt(scan, "page", "domain")),
    readTyped("address", textAt(scan, "page", "ip")),
  ];
  return targets.flatMap((target) => {
    if (target === undefined || (target.type === about.type && target.value === about.value)) return [];
    const kind = target.type === "url" ? ("hosted-url" as const) : ("resolution" as const);
    return relation(kind, target, { seenAt });
  });
}

/** One scan, as a statement about the page's URL, name and address. */
function readResult(scan: Json): Reading[] {
  const score = numberAt(scan, "verdicts", "overall", "score");
  const bad = isMalicious(scan);
  const time = timeAt(scan, "task", "time");
  const link = textAt(scan, "task", "reportURL") ?? textAt(scan, "result");
  const judged = bad
    ? { opinion: "malicious" as const, weight: 70 }
    : score === undefined || score <= 0
      ? { opinion: "context" as const, weight: 0 }
      : { opinion: "suspicious" as const, weight: 30 };
  const brands = distinct([
    ...textsAt(scan, "verdicts", "overall", "brands"),
    ...textsAt(scan, "verdicts", "overall", "categories"),
  ]);
  const summary = `a public scan ${bad ? "judged it malicious" : "met it, and did not judge it malicious"}${brands.length > 0 ? ` (${brands.slice(0, 4).join(", ")})` : ""}`;
  const found = [
    readTyped("url", textAt(scan, "page", "url")),
    readTyped("url", textAt(scan, "task", "url")),
    readTyped("domain", textAt(scan, "page", "domain")),
    readObservable(textAt(scan, "page", "ip")),
  ].filter((one) => one !== undefined);
  const [page] = found;
  const contacted = [
    ...textsAt(scan, "lists", "domains"),
    ...textsAt(scan, "lists", "ips"),
    ...textsAt(scan, "lists", "hashes"),
  ];
  return mergeByObservable(
    found.map((about) =>
      reading(about, summary, {
        // The address of a page serves others too: the page's verdict is not the address's.
        ...(about.type === "address" ? { opinion: "context" as const, weight: 0 } : judged),
        ...(about.type !== "url" && { isAboutTenants: true as const }),
        labels: brands,
        relations:
          about === page
            ? contacted.flatMap((value) =>
                relation("related", readObservable(value), { detail: "loaded by the page" }),
              )
            : [],
        lastSeen: time,
        contentAt: time,
        link,
      }),
    ),
  );
}
