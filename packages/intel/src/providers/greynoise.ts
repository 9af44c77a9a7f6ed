import {
  distinct,
  flagAt,
  isRecord,
  type Json,
  listAt,
  recordAt,
  recordsAt,
  textAt,
  timeAt,
} from "../loose.ts";
import { readTyped } from "../observable.ts";
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
import { type Judgement, type Reading, reading } from "../reading.ts";

/** GreyNoise: who scans the whole internet, and which addresses belong to common services (https://docs.greynoise.io/). */
export const greynoise = {
  id: "greynoise",
  title: "GreyNoise",
  kind: "service",
  types: ["address"],
  key: { variable: "FIREBREAK_GREYNOISE_KEY", isRequired: false, headers: (key) => ({ key }) },
  base: { url: "https://api.greynoise.io/v3", variable: "FIREBREAK_GREYNOISE_URL" },
  quota: [{ limit: 50, per: "week" }],
  questions: ({ value }) => [get(`/community/${encodeURIComponent(value)}`)],
  recognise: ({ json }) => items(json).some(isOurs),
  read,
} satisfies Provider;

/** One address, a list of them, or the multi-look-up's `data`. */
function items(json: unknown): Json[] {
  return isRecord(json) && !Object.hasOwn(json, "ip") && Array.isArray(json.data)
    ? recordsAt(json, "data")
    : recordsAt(json);
}

function isOurs(json: Json): boolean {
  return (
    typeof json.ip === "string" &&
    (Object.hasOwn(json, "internet_scanner_intelligence") ||
      Object.hasOwn(json, "business_service_intelligence") ||
      Object.hasOwn(json, "riot") ||
      Object.hasOwn(json, "noise") ||
      (Object.hasOwn(json, "seen") && Object.hasOwn(json, "classification")))
  );
}

/** The three forms (community, v2 context and RIOT, v3) brought to one. */
interface Facts {
  isNoise: boolean;
  isService: boolean;
  classification: string | undefined;
  name: string | undefined;
  scanner: Json;
  service: Json;
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  const rows = items(json);
  if (rows.length === 1) return readOne(rows[0]!, context);
  const readings = rows.filter(isOurs).flatMap((row) => readOne(row, { ...context, about: null }).readings);
  return readings.length === 0 ? unreadable("report", wrongShape) : answered("report", readings);
}

function readOne(json: Json, context: ReadContext): ReadDocument {
  const about = readTyped("address", json.ip) ?? context.about;
  if (about === null) return unreadable("report", textAt(json, "message") ?? wrongShape);
  const facts = factsOf(json);
  if (!facts.isNoise && !facts.isService && facts.classification === undefined)
    return notKnown("report", about);
  const { scanner } = facts;
  const firstSeen = timeAt(scanner, "first_seen");
  const lastSeen = timeAt(scanner, "last_seen_timestamp") ?? timeAt(scanner, "last_seen");
  const link = textAt(json, "link") ?? `https://viz.greynoise.io/ip/${encodeURIComponent(about.value)}`;
  const found: Reading = reading(about, summaryOf(facts), {
    ...judge(facts),
    labels: distinct(
      listAt(scanner, "tags").flatMap((tag) => textAt(tag, "name") ?? textAt(tag) ?? []),
    ).slice(0, 40),
    notes: notesOf(facts),
    firstSeen,
    lastSeen,
    contentAt: lastSeen,
    ...(facts.isService && { shared: `a common business service (${facts.name ?? "not named"})` }),
    link,
  });
  return answered("report", [found]);
}

function factsOf(json: Json): Facts {
  const scanner = recordAt(json, "internet_scanner_intelligence") ?? json;
  const service = recordAt(json, "business_service_intelligence") ?? json;
  const isV3 = scanner !== json || service !== json;
  // In v3 the classification belongs to what the scanner data set found; some answers leave `found` out.
  const isFound = !isV3 || !Object.hasOwn(scanner, "found") || flagAt(scanner, "found");
  const word = isFound ? textAt(scanner, "classification")?.toLowerCase() : undefined;
  return {
    isNoise: isV3 ? flagAt(scanner, "found") : flagAt(json, "noise") || flagAt(json, "seen"),
    isService: isV3 ? flagAt(service, "found") : flagAt(json, "riot"),
    classification: word === "unknown" || word === "" ? undefined : word,
    name: textAt(service, "name") ?? textAt(scanner, "actor"),
    scanner,
    service,
  };
}

/** A mass scanner is hostile to everyone, which is less than hostile to us: that is for the logs to say. */
function judge({ isNoise, isService, classification }: Facts): Judgement {
  if (classification === "malicious") return { opinion: "malicious", weight: 60 };
  if (classification === "suspicious") return { opinion: "suspicious", weight: 30 };
  if (isService || classification === "benign") return { opinion: "known good", weight: 0 };
  return isNoise ? { opinion: "suspicious", weight: 20 } : { opinion: "context", weight: 0 };
}

function summaryOf({ isNoise, isService, classification, name }: Facts): string {
  const parts: string[] = [];
  if (isNoise) parts.push(`scans the internet at large, classified ${classification ?? "unknown"}`);
  else if (classification !== undefined) parts.push(`classified ${classification}`);
  if (isService) parts.push("belongs to a common business service");
  if (name !== undefined && !/^(?:unknown|)$/i.test(name)) parts.push(name);
  return parts.join("; ");
}

function notesOf({ scanner }: Facts): string[] {
  const metadata = recordAt(scanner, "metadata");
  const owner = textAt(metadata, "organization");
  const country = textAt(metadata, "country") ?? textAt(metadata, "source_country");
  const parts = [textAt(metadata, "asn"), owner, country, textAt(metadata, "category")].filter(Boolean);
  const extra = [
    ...(flagAt(scanner, "vpn") ? ["a VPN service"] : []),
    ...(flagAt(scanner, "tor") || flagAt(metadata, "tor") ? ["a Tor exit"] : []),
    ...(flagAt(scanner, "spoofable") ? ["no full connection was seen: the source may be forged"] : []),
  ];
  return parts.length + extra.length === 0 ? [] : [`GreyNoise: ${[...parts, ...extra].join(", ")}.`];
}
