import { feedOf } from "../feed.ts";
import {
  distinct,
  isRecord,
  type Json,
  listAt,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../loose.ts";
import { type Observable, readObservable } from "../observable.ts";
import { type Document, type Provider, type ReadDocument, unreadable, wrongShape } from "../provider.ts";
import { type Reading, reading, type Technique, type Tlp } from "../reading.ts";
import { readTlp, strictest } from "../tlp.ts";

/** STIX 2.0 and 2.1 bundles (https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html) as local feeds. */
export const stix = {
  id: "stix",
  title: "STIX feed",
  kind: "document",
  types: ["address", "domain", "url", "hash", "vulnerability"],
  quota: [],
  recognise: ({ json }) =>
    objectsOf(json).some(
      (one) => Object.hasOwn(one, "type") && /^[a-z0-9-]+--[0-9a-f-]{36}$/.test(textAt(one, "id") ?? ""),
    ),
  read,
} satisfies Provider;

/** Ids of the predefined markings: STIX 2.1 §7.2.1.4 (TLP 1) and the TLP 2.0 extension definition. */
const tlpIds: Readonly<Record<string, Tlp>> = {
  "613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
  "34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
  "f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
  "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
  "94868c89-83c2-464b-929b-a1a8aa3c8487": "CLEAR",
  "bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "GREEN",
  "55d920b0-5e8b-4f79-9ee9-91f868d9b421": "AMBER",
  "939a9414-2ddd-4d32-a0cd-375ea402b003": "AMBER+STRICT",
  "e828b379-4e03-4974-9ac4-e53a884c97c1": "RED",
};

const observedTypes = new Set(["ipv4-addr", "ipv6-addr", "domain-name", "url", "file", "vulnerability"]);

/** A bundle's objects, a TAXII envelope's, a list of either, or one object. */
function objectsOf(json: unknown): Json[] {
  if (Array.isArray(json)) return json.flatMap((one) => (isRecord(one) ? objectsOf(one) : []));
  if (!isRecord(json)) return [];
  if (Array.isArray(json.objects)) return recordsAt(json, "objects");
  return typeof json.type === "string" && typeof json.id === "string" ? [json] : [];
}

function read({ json }: Document): ReadDocument {
  const objects = objectsOf(json);
  if (objects.length === 0) return unreadable("bundle", wrongShape);
  const byId = new Map(objects.map((one) => [textAt(one, "id") ?? "", one]));
  const readings = objects.flatMap((one) =>
    one.type === "indicator"
      ? readIndicator(one, byId)
      : observedTypes.has(String(one.type))
        ? readObserved(one, byId)
        : [],
  );
  return feedOf("bundle", readings, objects.length);
}

function readIndicator(indicator: Json, byId: ReadonlyMap<string, Json>): Reading[] {
  if (indicator.revoked === true) return [];
  const found = patternValues(textAt(indicator, "pattern") ?? "");
  const confidence = numberAt(indicator, "confidence");
  const linked = linkedTo(indicator, byId);
  const names = distinct(
    linked.flatMap((one) =>
      ["malware", "threat-actor", "intrusion-set", "campaign", "tool"].includes(String(one.type))
        ? (textAt(one, "name") ?? [])
        : [],
    ),
  );
  const kinds = [...textsAt(indicator, "indicator_types"), ...textsAt(indicator, "labels")];
  const until = timeAt(indicator, "valid_until");
  const from = timeAt(indicator, "valid_from") ?? timeAt(indicator, "created");
  const contentAt = timeAt(indicator, "modified") ?? timeAt(indicator, "created");
  const tlp = markingOf(indicator, byId);
  const isBenign = kinds.some((kind) => /benign/i.test(kind));
  const hashes = found.filter(({ type }) => type === "hash");
  return found.map((about) =>
    reading(
      about,
      `an indicator "${textAt(indicator, "name") ?? textAt(indicator, "id") ?? ""}"${confidence === undefined ? "" : ` with confidence ${confidence}`}${names.length > 0 ? ` of ${names.slice(0, 3).join(", ")}` : ""}${until === undefined ? "" : `, valid until ${until.slice(0, 10)}`}`,
      {
        ...(isBenign ? { opinion: "known good" as const, weight: 0 } : weigh(confidence)),
        // Several hashes in one pattern are usually one file's; only values of other kinds are its own statement.
        aliases:
          about.type === "hash"
            ? hashes.filter(({ value }) => value !== about.value && value.length !== about.value.length)
            : [],
        labels: distinct([...names, ...kinds]).slice(0, 30),
        techniques: linked.flatMap(techniqueOf),
        firstSeen: from,
        contentAt,
        tlp,
      },
    ),
  );
}

function weigh(confidence: number | undefined) {
  if (confidence === undefined) return { opinion: "malicious" as const, weight: 60 };
  if (confidence >= 70) return { opinion: "malicious" as const, weight: 70 };
  return confidence >= 40
    ? { opinion: "suspicious" as const, weight: 45 }
    : { opinion: "suspicious" as const, weight: 25 };
}

/** Values that a pattern compares with "=": STIX patterning §4. A quote inside a value is written \'. */
function patternValues(pattern: string): Observable[] {
  const values = [...pattern.matchAll(/=\s{0,10}'((?:[^'\\]|\\.){1,4000})'/g)].map(([, value]) =>
    value!.replace(/\\(.)/g, "$1"),
  );
  const found = values.flatMap((value) => readObservable(value) ?? []);
  return found.filter(
    (one, i) => found.findIndex(({ type, value }) => type === one.type && value === one.value) === i,
  );
}

/** A bare observable in a bundle is a mention, no indicator. */
function readObserved(object: Json, byId: ReadonlyMap<string, Json>): Reading[] {
  const hashes = Object.values(recordAt(object, "hashes") ?? {}).flatMap(
    (value) => readObservable(textAt(value)) ?? [],
  );
  const value = object.type === "vulnerability" ? textAt(object, "name") : textAt(object, "value");
  const about = value === undefined ? hashes[0] : readObservable(value);
  if (about === undefined) return [];
  const tlp = markingOf(object, byId);
  return [
    reading(
      about,
      `mentioned${textAt(object, "name") && object.type === "file" ? ` as ${textAt(object, "name")}` : ""}, without an indicator`,
      {
        aliases: hashes.filter((one) => one.value !== about.value),
        tlp,
      },
    ),
  ];
}

function linkedTo(indicator: Json, byId: ReadonlyMap<string, Json>): Json[] {
  const id = textAt(indicator, "id");
  const out: Json[] = [];
  for (const one of byId.values()) {
    if (one.type !== "relationship" || textAt(one, "source_ref") !== id) continue;
    const target = byId.get(textAt(one, "target_ref") ?? "");
    if (target !== undefined) out.push(target);
  }
  return out;
}

function techniqueOf(object: Json): Technique[] {
  if (object.type !== "attack-pattern") return [];
  const id = recordsAt(object, "external_references")
    .flatMap((one) => textAt(one, "external_id") ?? [])
    .find((one) => /^T\d{4}/.test(one));
  return id === undefined ? [] : [{ id, why: textAt(object, "name") ?? "linked in a STIX feed" }];
}

function markingOf(object: Json, byId: ReadonlyMap<string, Json>): Tlp | undefined {
  return strictest(
    listAt(object, "object_marking_refs").map((ref) => {
      const id = textAt(ref) ?? "";
      const marking = byId.get(id);
      return (
        tlpIds[id.replace("marking-definition--", "")] ??
        readTlp(textAt(marking, "definition", "tlp")) ??
        readTlp(textAt(marking, "name"))
      );
    }),
  );
}
