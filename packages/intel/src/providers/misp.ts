import { feedOf } from "../feed.ts";
import { distinct, flagAt, isRecord, type Json, recordAt, recordsAt, textAt, timeAt } from "../loose.ts";
import { type Observable, readObservable } from "../observable.ts";
import {
  type Document,
  notKnown,
  type Provider,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { postJson } from "../question.ts";
import { type Reading, reading } from "../reading.ts";
import { readTlp, strictest } from "../tlp.ts";

/** MISP of the organisation, and saved events and attributes (https://www.misp-project.org/openapi/). */
export const misp = {
  id: "misp",
  title: "MISP",
  kind: "own server",
  types: ["address", "domain", "url", "hash", "vulnerability"],
  key: { variable: "FIREBREAK_MISP_KEY", isRequired: true, headers: (key) => ({ Authorization: key }) },
  base: { variable: "FIREBREAK_MISP_URL" },
  quota: [{ limit: 10, per: "second" }],
  questions: ({ value }) => [
    postJson("/attributes/restSearch", {
      returnFormat: "json",
      value,
      includeEventTags: 1,
      includeContext: 1,
      limit: 200,
    }),
  ],
  recognise: ({ json }) => attributesOf(json).length > 0 || isEmptyAnswer(json),
  read,
} satisfies Provider;

/** An attribute with what it stands in. */
interface Placed {
  readonly attribute: Json;
  readonly event: Json | undefined;
  /** Attributes of the same object: the hashes of one file. */
  readonly siblings: readonly Json[];
}

const maxDepth = 8;

/** Attributes wherever they are: search answers, events, event lists, objects, a single one. */
function attributesOf(json: unknown): Placed[] {
  const out: Placed[] = [];
  const visit = (value: unknown, event: Json | undefined, depth: number): void => {
    if (depth > maxDepth) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, event, depth + 1);
      return;
    }
    if (!isRecord(value)) return;
    if (isAttribute(value))
      out.push({ attribute: value, event: recordAt(value, "Event") ?? event, siblings: [] });
    if (isRecord(value.Event) && !isAttribute(value)) visit(value.Event, value.Event, depth + 1);
    const here = Object.hasOwn(value, "info") ? value : event;
    for (const object of recordsAt(value, "Object")) {
      const siblings = recordsAt(object, "Attribute").filter(isAttribute);
      for (const attribute of siblings) out.push({ attribute, event: here, siblings });
    }
    if (value.Attribute !== undefined) visit(value.Attribute, here, depth + 1);
    if (value.response !== undefined) visit(value.response, here, depth + 1);
  };
  visit(json, undefined, 0);
  return out;
}

function isAttribute(value: Json): boolean {
  return (
    typeof value.value === "string" &&
    typeof value.type === "string" &&
    (Object.hasOwn(value, "category") || Object.hasOwn(value, "to_ids") || Object.hasOwn(value, "event_id"))
  );
}

function isEmptyAnswer(json: unknown): boolean {
  const response = isRecord(json) ? json.response : undefined;
  if (Array.isArray(response)) return response.length === 0;
  return isRecord(response) && Array.isArray(response.Attribute) && response.Attribute.length === 0;
}

function read({ json }: Document, context: { about: Observable | null }): ReadDocument {
  if (isEmptyAnswer(json)) return notKnown("report", context.about ?? undefined);
  const placed = attributesOf(json);
  if (placed.length === 0)
    return unreadable("report", textAt(json, "message") ?? textAt(json, "name") ?? wrongShape);
  return feedOf("attributes", placed.flatMap(readAttribute), placed.length);
}

function readAttribute({ attribute, event, siblings }: Placed): Reading[] {
  if (flagAt(attribute, "deleted")) return [];
  const found = observablesOf(attribute);
  const isIndicator = flagAt(attribute, "to_ids");
  const info = textAt(event, "info");
  const tags = distinct(
    [...recordsAt(attribute, "Tag"), ...recordsAt(event, "Tag"), ...recordsAt(event, "EventTag")].flatMap(
      (tag) => textAt(tag, "name") ?? textAt(tag, "Tag", "name") ?? [],
    ),
  );
  const tlp = strictest(tags.map(readTlp));
  const warnings = recordsAt(attribute, "warnings").flatMap(
    (one) => textAt(one, "warninglist_name") ?? textAt(one, "name") ?? [],
  );
  const firstSeen = timeAt(attribute, "first_seen");
  const lastSeen = timeAt(attribute, "last_seen");
  const contentAt = timeAt(attribute, "timestamp") ?? timeAt(event, "timestamp") ?? timeAt(event, "date");
  const comment = textAt(attribute, "comment");
  const aliases = siblings.flatMap(observablesOf).filter(({ type }) => type === "hash");
  return found.map((about) =>
    reading(
      about,
      `${isIndicator ? "an indicator" : "mentioned"} in the event "${info ?? textAt(attribute, "event_id") ?? "not named"}"${comment ? ` (${comment.slice(0, 120)})` : ""}`,
      {
        ...weigh(isIndicator, warnings.length > 0, tags),
        aliases: about.type === "hash" ? aliases.filter(({ value }) => value !== about.value) : [],
        labels: tags.slice(0, 30),
        techniques: tags.flatMap((tag) => {
          const id = /\b(T\d{4}(?:\.\d{3})?)\b/.exec(tag)?.[1];
          return id !== undefined && tag.includes("attack-pattern") ? [{ id, why: "a tag in MISP" }] : [];
        }),
        firstSeen,
        lastSeen,
        contentAt,
        tlp,
        ...(warnings.length > 0 && { shared: `on warning lists (${warnings.slice(0, 3).join(", ")})` }),
      },
    ),
  );
}

/** `to_ids` says that the creator means it for detection; without it the attribute is context. */
function weigh(isIndicator: boolean, isWarned: boolean, tags: readonly string[]) {
  if (tags.some((tag) => /false-positive:risk="high"/.test(tag)))
    return { opinion: "context" as const, weight: 0 };
  if (!isIndicator) return { opinion: "context" as const, weight: 5 };
  return isWarned
    ? { opinion: "suspicious" as const, weight: 25 }
    : { opinion: "malicious" as const, weight: 60 };
}

/** Composite types join two values with "|": "filename|sha256", "ip-dst|port", "domain|ip". */
function observablesOf(attribute: Json): Observable[] {
  const value = textAt(attribute, "value") ?? "";
  const parts =
    (textAt(attribute, "type") ?? "").includes("|") || textAt(attribute, "type") === "malware-sample"
      ? value.split("|")
      : [value];
  return parts.flatMap((part) => readObservable(part) ?? []);
}
