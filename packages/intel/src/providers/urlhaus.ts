import { countOf } from "@firebreak/model/collections";
import { feedOf } from "../feed.ts";
import {
  distinct,
  earliest,
  isRecord,
  type Json,
  latest,
  numberAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../loose.ts";
import { hashesAt, type Observable, readObservable, readTyped } from "../observable.ts";
import {
  aboutWhat,
  answered,
  type Document,
  type Provider,
  type Question,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { postForm } from "../question.ts";
import { type Reading, type Relation, reading, relation } from "../reading.ts";
import { abuseChKey, abuseChTerms, statusOf } from "./abuse-ch.ts";

/** URLhaus of abuse.ch (https://urlhaus-api.abuse.ch/): URLs that spread malware, their hosts and payloads. */
export const urlhaus = {
  id: "urlhaus",
  title: "URLhaus",
  kind: "service",
  types: ["url", "domain", "address", "hash"],
  key: abuseChKey,
  base: { url: "https://urlhaus-api.abuse.ch/v1", variable: "FIREBREAK_URLHAUS_URL" },
  quota: [{ limit: 1, per: "second" }],
  terms: abuseChTerms,
  questions,
  recognise: ({ json }) =>
    isRecord(json) &&
    (Object.hasOwn(json, "urlhaus_reference") ||
      (Object.hasOwn(json, "query_status") && Object.hasOwn(json, "url_status")) ||
      textAt(json, "query_status") === "no_results" ||
      (Object.hasOwn(json, "query_status") &&
        recordsAt(json, "urls").some((one) => Object.hasOwn(one, "url_status"))) ||
      (Object.hasOwn(json, "query_status") && Object.hasOwn(json, "urlhaus_download"))),
  read,
} satisfies Provider;

function questions({ type, value }: Observable): Question[] {
  if (type === "url") return [postForm("/url/", { url: value })];
  if (type !== "hash") return [postForm("/host/", { host: value })];
  // URLhaus knows payloads by MD5 and SHA-256 only.
  if (value.length === 40) return [];
  return [postForm("/payload/", { [value.length === 32 ? "md5_hash" : "sha256_hash"]: value })];
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  const state = statusOf(json, "report", context.about);
  if (state !== undefined) return state;
  if (!isRecord(json)) return unreadable("report", wrongShape);
  if (Object.hasOwn(json, "sha256_hash") || Object.hasOwn(json, "md5_hash")) return one(readPayload(json));
  if (readTyped("url", json.url) !== undefined) return one(readUrl(json));
  if (textAt(json, "host") !== undefined) return one(readHost(json));
  if (Object.hasOwn(json, "url_status") && context.about?.type === "url")
    return one(readUrl({ ...json, url: context.about.value }));
  const urls = recordsAt(json, "urls").flatMap((row) => readUrl(row) ?? []);
  if (urls.length > 0) return feedOf("recent URLs", urls);
  return unreadable("report", context.about === null ? aboutWhat : wrongShape);
}

function one(found: Reading | undefined): ReadDocument {
  return found === undefined ? unreadable("report", wrongShape) : answered("report", [found]);
}

function readUrl(json: Json): Reading | undefined {
  const about = readTyped("url", json.url);
  if (about === undefined) return undefined;
  const status = textAt(json, "url_status") ?? "of unstated state";
  const threat = (textAt(json, "threat") ?? "malware").replaceAll("_", " ");
  const firstSeen = timeAt(json, "date_added") ?? timeAt(json, "dateadded");
  const lastSeen = timeAt(json, "last_online") ?? firstSeen;
  const link = textAt(json, "urlhaus_reference");
  return reading(about, `listed for ${threat}, ${status}`, {
    opinion: "malicious",
    weight: status === "online" ? 90 : 80,
    labels: distinct([
      ...textsAt(json, "tags"),
      ...recordsAt(json, "payloads").flatMap((row) => textAt(row, "signature") ?? []),
    ]),
    relations: recordsAt(json, "payloads").flatMap(payloadRelation),
    firstSeen,
    lastSeen,
    contentAt: lastSeen,
    link,
  });
}

function payloadRelation(row: Json): Relation[] {
  const [target] = hashesAt(row, ["response_sha256", "sha256_hash", "response_md5"]);
  const detail = [textAt(row, "filename"), textAt(row, "signature")].filter(Boolean).join(", ");
  // "40 / 70"; null when VirusTotal does not know the payload.
  const result = /^(\d{1,4}) ?\/ ?(\d{1,4})$/.exec(textAt(row, "virustotal", "result") ?? "");
  return relation("downloaded", target, {
    seenAt: timeAt(row, "firstseen"),
    detail,
    detections: result ? { positive: Number(result[1]), total: Number(result[2]) } : undefined,
  });
}

function readHost(json: Json): Reading | undefined {
  const about = readObservable(textAt(json, "host"));
  if (about === undefined) return undefined;
  const urls = recordsAt(json, "urls");
  const count = numberAt(json, "url_count") ?? urls.length;
  const online = urls.filter((row) => textAt(row, "url_status") === "online").length;
  const firstSeen = timeAt(json, "firstseen") ?? earliest(urls.map((row) => timeAt(row, "date_added")));
  const lastSeen = latest(urls.map((row) => timeAt(row, "date_added")));
  const link = textAt(json, "urlhaus_reference");
  const isListed = Object.values(isRecord(json.blacklists) ? json.blacklists : {}).some(
    (value) => typeof value === "string" && value !== "" && !/not listed|unknown/i.test(value),
  );
  return reading(
    about,
    `${countOf(count, "malware URL")} on it, ${online} online${isListed ? "; on further blacklists" : ""}`,
    {
      ...(count > 0
        ? { opinion: "malicious" as const, weight: online > 0 ? 75 : count >= 5 ? 65 : 60 }
        : { opinion: "no detections" as const }),
      isAboutTenants: true,
      labels: distinct(urls.flatMap((row) => textsAt(row, "tags"))).slice(0, 30),
      relations: urls.flatMap((row) => {
        const detail = [textAt(row, "threat"), textAt(row, "url_status")].filter(Boolean).join(", ");
        return relation("hosted-url", readTyped("url", row.url), { detail });
      }),
      firstSeen,
      lastSeen,
      contentAt: lastSeen,
      link,
    },
  );
}

function readPayload(json: Json): Reading | undefined {
  const [about, ...aliases] = hashesAt(json, ["sha256_hash", "md5_hash"]);
  if (about === undefined) return undefined;
  const count = numberAt(json, "url_count") ?? recordsAt(json, "urls").length;
  const signature = textAt(json, "signature");
  const firstSeen = timeAt(json, "firstseen");
  const lastSeen = timeAt(json, "lastseen");
  return reading(
    about,
    `spread from ${countOf(count, "malware URL")}${signature ? `, as ${signature}` : ""}`,
    {
      aliases,
      opinion: "malicious",
      weight: signature ? 85 : 75,
      labels: signature ? [signature] : [],
      relations: recordsAt(json, "urls").flatMap((row) =>
        relation("related", readTyped("url", row.url), { detail: "spread from here" }),
      ),
      firstSeen,
      lastSeen,
      contentAt: lastSeen,
    },
  );
}
