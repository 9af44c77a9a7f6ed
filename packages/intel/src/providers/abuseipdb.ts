import { feedOf } from "../feed.ts";
import {
  distinct,
  flagAt,
  isRecord,
  type Json,
  latest,
  listAt,
  numberAt,
  recordsAt,
  textAt,
  timeAt,
} from "../loose.ts";
import { readTyped } from "../observable.ts";
import {
  answered,
  type Document,
  type Provider,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { get } from "../question.ts";
import { type Judgement, type Reading, reading } from "../reading.ts";

/** Report categories by number (https://www.abuseipdb.com/categories). */
const categories = [
  "",
  "DNS compromise",
  "DNS poisoning",
  "fraud orders",
  "DDoS attack",
  "FTP brute force",
  "ping of death",
  "phishing",
  "fraud VoIP",
  "open proxy",
  "web spam",
  "e-mail spam",
  "blog spam",
  "VPN address",
  "port scan",
  "hacking",
  "SQL injection",
  "spoofing",
  "brute force",
  "bad web bot",
  "exploited host",
  "web application attack",
  "SSH",
  "attack on things",
];

/** AbuseIPDB, API v2 (https://docs.abuseipdb.com/): what others report of an address. */
export const abuseipdb = {
  id: "abuseipdb",
  title: "AbuseIPDB",
  kind: "service",
  types: ["address"],
  key: { variable: "FIREBREAK_ABUSEIPDB_KEY", isRequired: true, headers: (key) => ({ Key: key }) },
  base: { url: "https://api.abuseipdb.com/api/v2", variable: "FIREBREAK_ABUSEIPDB_URL" },
  quota: [{ limit: 1000, per: "day" }],
  questions: ({ value }) => [get(`/check?ipAddress=${encodeURIComponent(value)}&maxAgeInDays=90&verbose`)],
  recognise: ({ json }) =>
    rowsOf(json).some((one) => Object.hasOwn(one, "abuseConfidenceScore")) ||
    (isRecord(json) && Object.hasOwn(json, "abuseConfidenceScore")) ||
    recordsAt(json, "errors").some((one) => Object.hasOwn(one, "detail") && Object.hasOwn(one, "status")),
  read,
} satisfies Provider;

/** One check, the blacklist's list, or the addresses of a checked block. */
function rowsOf(json: unknown): Json[] {
  const block = recordsAt(json, "data", "reportedAddress");
  return block.length > 0 ? block : recordsAt(json, "data");
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  const error = recordsAt(json, "errors")[0];
  if (error !== undefined) return unreadable("report", textAt(error, "detail") ?? "an error without a text");
  const items = isRecord(json) && Object.hasOwn(json, "abuseConfidenceScore") ? [json] : rowsOf(json);
  const readings = items.flatMap((one) => readCheck(one, context) ?? []);
  if (readings.length === 0) return unreadable("report", wrongShape);
  return readings.length > 1 ? feedOf("blacklist", readings) : answered("report", readings);
}

function readCheck(data: Json, { about }: ReadContext): Reading | undefined {
  const address = readTyped("address", textAt(data, "ipAddress")) ?? about ?? undefined;
  const score = numberAt(data, "abuseConfidenceScore");
  if (address === undefined || score === undefined) return undefined;
  const reports =
    numberAt(data, "totalReports") ?? numberAt(data, "numReports") ?? listAt(data, "reports").length;
  const users = numberAt(data, "numDistinctUsers");
  const kinds = distinct(
    recordsAt(data, "reports").flatMap((one) =>
      listAt(one, "categories").map((id) => categories[Number(id)] ?? ""),
    ),
  ).filter((one) => one !== "");
  const lastSeen =
    timeAt(data, "lastReportedAt") ??
    latest(recordsAt(data, "reports").map((one) => timeAt(one, "reportedAt")));
  const isListed = flagAt(data, "isWhitelisted");
  const summary = [
    `abuse confidence ${score} of 100, ${reports} reports${users === undefined ? "" : ` by ${users} people`}`,
    ...(kinds.length > 0 ? [kinds.slice(0, 6).join(", ")] : []),
    ...(isListed ? ["on its whitelist"] : []),
  ].join("; ");
  const shared = sharedOf(data);
  return reading(address, score === 0 && reports === 0 ? "no reports in 90 days" : summary, {
    ...judge(score, reports, isListed),
    labels: [...kinds, ...(flagAt(data, "isTor") ? ["Tor"] : [])],
    notes: notesOf(data),
    detections: { positive: score, total: 100 },
    lastSeen,
    shared,
    link: `https://www.abuseipdb.com/check/${encodeURIComponent(address.value)}`,
  });
}

function judge(score: number, reports: number, isListed: boolean): Judgement {
  if (isListed && score < 25) return { opinion: "known good", weight: 0 };
  if (score >= 75) return { opinion: "malicious", weight: 70 };
  if (score >= 25) return { opinion: "suspicious", weight: 40 };
  if (score > 0) return { opinion: "suspicious", weight: 20 };
  // Reports that AbuseIPDB itself gives no confidence are told, and weigh next to nothing.
  return { opinion: "no detections", weight: reports > 0 ? 5 : 0 };
}

function notesOf(data: Json): string[] {
  const usage = textAt(data, "usageType");
  const owner = textAt(data, "isp");
  const country = textAt(data, "countryCode");
  const domain = textAt(data, "domain");
  if (usage === undefined && owner === undefined) return [];
  return [`AbuseIPDB: ${[owner, domain, country, usage].filter(Boolean).join(", ")}.`];
}

function sharedOf(data: Json): string | undefined {
  const usage = textAt(data, "usageType") ?? "";
  if (/content delivery/i.test(usage)) return "a content delivery network";
  if (/search engine/i.test(usage)) return "a search engine's crawler";
  return flagAt(data, "isTor") ? "a Tor exit" : undefined;
}
