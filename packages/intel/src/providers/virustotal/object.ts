import {
  distinct,
  flagAt,
  type Json,
  listAt,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../../loose.ts";
import { hashesAt, type Observable, readTyped } from "../../observable.ts";
import {
  type Detections,
  type Judgement,
  type Reading,
  type Relation,
  reading,
  technique,
  weighDetections,
} from "../../reading.ts";
import { idsRelations } from "./ids.ts";
import { embeddedRelations } from "./relations.ts";

/** Engines that looked: timeouts, failures and unsupported types are no looks (guide §5, VirusTotal v3). */
const counted = ["harmless", "undetected", "malicious", "suspicious"] as const;

/** Detections of an object's `last_analysis_stats`, else counted from `last_analysis_results`. */
export function statsOf(attributes: unknown): Detections | undefined {
  const stats = recordAt(attributes, "last_analysis_stats");
  if (stats !== undefined && counted.some((name) => numberAt(stats, name) !== undefined)) {
    const of = (name: string) => Math.max(0, numberAt(stats, name) ?? 0);
    return {
      positive: of("malicious") + of("suspicious"),
      total: counted.reduce((sum, name) => sum + of(name), 0),
    };
  }
  const results = recordAt(attributes, "last_analysis_results");
  if (results === undefined) return undefined;
  const categories = Object.values(results).flatMap((one) => textAt(one, "category") ?? []);
  const total = categories.filter((one) => (counted as readonly string[]).includes(one)).length;
  const positive = categories.filter((one) => one === "malicious" || one === "suspicious").length;
  return total === 0 ? undefined : { positive, total };
}

/** The observable that an object of VirusTotal is: its id, or for URLs and files what the attributes say. */
export function observableOfObject(object: Json): Observable | undefined {
  const attributes = recordAt(object, "attributes") ?? {};
  const id = textAt(object, "id") ?? "";
  switch (textAt(object, "type")) {
    case "file":
      return readTyped("hash", textAt(attributes, "sha256") ?? id) ?? readTyped("hash", id);
    case "ip_address":
      return readTyped("address", id);
    case "domain":
      return readTyped("domain", id);
    case "url":
      return (
        readTyped("url", textAt(attributes, "url")) ??
        readTyped("url", textAt(object, "context_attributes", "url")) ??
        readTyped("url", urlOfId(id))
      );
    default:
      return undefined;
  }
}

/** A URL's id is unpadded base64url of the URL, or its SHA-256, which cannot be turned back. */
function urlOfId(id: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{8,8000}$/.test(id) || /^[0-9a-f]{64}$/.test(id)) return undefined;
  return Buffer.from(id, "base64url").toString("utf8");
}

/** One object (file, address, domain, URL) as a statement about it. undefined when it is none of these. */
export function readObject(object: Json): Reading | undefined {
  const about = observableOfObject(object);
  if (about === undefined) return undefined;
  const attributes = recordAt(object, "attributes") ?? {};
  const detections = statsOf(attributes);
  const judged =
    detections === undefined ? { opinion: "context" as const, weight: 0 } : weighDetections(detections);
  const label = textAt(attributes, "popular_threat_classification", "suggested_threat_label");
  const relations: Relation[] = [...embeddedRelations(object), ...idsRelations(attributes)];
  return reading(about, summaryOf(detections, label, attributes), {
    ...withVotes(judged, attributes),
    aliases: aliasesOf(about, attributes),
    relations,
    labels: labelsOf(attributes, label),
    notes: notesOf(attributes),
    techniques: techniquesOf(attributes),
    detections,
    contentAt: timeAt(attributes, "last_analysis_date") ?? timeAt(attributes, "last_modification_date"),
    firstSeen: timeAt(attributes, "first_submission_date") ?? timeAt(attributes, "creation_date"),
    lastSeen: timeAt(attributes, "last_submission_date"),
    shared: sharedOf(attributes),
    link: linkTo(about, textAt(object, "id")),
  });
}

function linkTo(about: Observable, id: string | undefined): string {
  const gui = "https://www.virustotal.com/gui";
  const value = encodeURIComponent(about.value);
  if (about.type === "hash") return `${gui}/file/${value}`;
  if (about.type === "address") return `${gui}/ip-address/${value}`;
  if (about.type === "domain") return `${gui}/domain/${value}`;
  return `${gui}/url/${encodeURIComponent(id ?? "")}`;
}

function summaryOf(detections: Detections | undefined, label: string | undefined, attributes: Json): string {
  const votes = votesOf(attributes);
  const parts: string[] = [];
  if (detections === undefined) parts.push("no analysis is given");
  else if (detections.positive > 0)
    parts.push(`${detections.positive} of ${detections.total} engines detect it`);
  if (label !== undefined) parts.push(`label ${label}`);
  const reputation = numberAt(attributes, "reputation");
  if (reputation !== undefined && reputation !== 0) parts.push(`community score ${reputation}`);
  if (votes !== undefined) parts.push(`votes ${votes.malicious} malicious, ${votes.harmless} harmless`);
  return parts.join("; ");
}

function votesOf(attributes: Json): { malicious: number; harmless: number } | undefined {
  const malicious = numberAt(attributes, "total_votes", "malicious") ?? 0;
  const harmless = numberAt(attributes, "total_votes", "harmless") ?? 0;
  return malicious + harmless > 0 ? { malicious, harmless } : undefined;
}

const dislikeWeight = 10;

/** People's votes and the community score are a weak sign: anyone may vote. */
function withVotes(judged: Judgement, attributes: Json) {
  const votes = votesOf(attributes) ?? { malicious: 0, harmless: 0 };
  const reputation = numberAt(attributes, "reputation") ?? 0;
  const isDisliked = votes.malicious > votes.harmless || reputation < 0;
  return isDisliked && judged.weight === 0 ? { ...judged, weight: dislikeWeight } : judged;
}

function aliasesOf(about: Observable, attributes: Json): Observable[] {
  if (about.type !== "hash") return [];
  return hashesAt(attributes, ["md5", "sha1", "sha256"]).filter(
    ({ value }) => value !== about.value && !/^0+$/.test(value),
  );
}

function labelsOf(attributes: Json, label: string | undefined): string[] {
  const families = recordsAt(attributes, "popular_threat_classification", "popular_threat_name").flatMap(
    (one) => textAt(one, "value") ?? [],
  );
  const rules = recordsAt(attributes, "crowdsourced_yara_results").flatMap((one) => {
    const name = textAt(one, "rule_name");
    return name === undefined ? [] : [`YARA ${name}`];
  });
  const sandboxes = Object.values(recordAt(attributes, "sandbox_verdicts") ?? {}).flatMap((one) =>
    textsAt(one, "malware_names"),
  );
  return distinct([
    ...(label === undefined ? [] : [label]),
    ...families,
    ...textsAt(attributes, "tags"),
    ...rules,
    ...sandboxes,
  ]).slice(0, 60);
}

function notesOf(attributes: Json): string[] {
  const notes: string[] = [];
  const owner = textAt(attributes, "as_owner");
  const asn = numberAt(attributes, "asn");
  if (owner !== undefined || asn !== undefined)
    notes.push(
      `VirusTotal: ${asn === undefined ? "network" : `AS${asn}`} ${owner ?? ""}${textAt(attributes, "country") ? `, ${textAt(attributes, "country")}` : ""}.`.replace(
        / +/g,
        " ",
      ),
    );
  const names = distinct([textAt(attributes, "meaningful_name"), ...textsAt(attributes, "names")])
    .filter((name) => name !== undefined)
    .slice(0, 5);
  if (names.length > 0) notes.push(`VirusTotal: submitted as ${names.join(", ")}.`);
  const registrar = textAt(attributes, "registrar");
  const created = timeAt(attributes, "creation_date");
  if (registrar !== undefined || created !== undefined)
    notes.push(
      `VirusTotal: registered${created ? ` ${created.slice(0, 10)}` : ""}${registrar ? ` with ${registrar}` : ""}.`,
    );
  if (
    flagAt(attributes, "signature_info", "verified") ||
    textAt(attributes, "signature_info", "verified") === "Signed"
  )
    notes.push(
      `VirusTotal: signed by ${textAt(attributes, "signature_info", "signers")?.split(";")[0] ?? "an unnamed signer"}.`,
    );
  if (recordAt(attributes, "known_distributors") !== undefined)
    notes.push(
      `VirusTotal: distributed by ${textsAt(attributes, "known_distributors", "distributors").slice(0, 3).join(", ") || "a known vendor"}.`,
    );
  return notes;
}

function sharedOf(attributes: Json): string | undefined {
  const tags = listAt(attributes, "tags");
  if (tags.includes("cdn")) return "tagged as a content delivery network";
  return undefined;
}

function techniquesOf(attributes: Json) {
  return recordsAt(attributes, "mitre_attack_techniques").flatMap((one) =>
    technique(textAt(one, "id"), textAt(one, "signature_description") ?? "seen in a VirusTotal sandbox"),
  );
}
