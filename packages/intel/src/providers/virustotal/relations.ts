import { isRecord, type Json, listAt, numberAt, recordAt, recordsAt, textAt, timeAt } from "../../loose.ts";
import { type Observable, readObservable, readTyped } from "../../observable.ts";
import { aboutWhat, answered, type ReadContext, type ReadDocument, unreadable } from "../../provider.ts";
import { type Relation, type RelationKind, reading, relation } from "../../reading.ts";
import { observableOfObject, statsOf } from "./object.ts";

/** VirusTotal's names of relations → ours. Others are kept as "related". */
const kindOf: Readonly<Record<string, RelationKind>> = {
  communicating_files: "communicating",
  referrer_files: "referrer",
  downloaded_files: "downloaded",
  contacted_ips: "contacted",
  contacted_domains: "contacted",
  contacted_urls: "contacted",
  itw_ips: "related",
  itw_domains: "related",
  itw_urls: "related",
  dropped_files: "dropped",
  execution_parents: "execution-parent",
  compressed_parents: "execution-parent",
  pe_resource_parents: "execution-parent",
  email_parents: "execution-parent",
  bundled_files: "bundled",
  pe_resource_children: "bundled",
  resolutions: "resolution",
  urls: "hosted-url",
  last_serving_ip_address: "resolution",
};

/** Collections in links: ".../api/v3/ip_addresses/198.51.100.7/communicating_files?limit=20". */
const selfLink =
  /\/(files|ip_addresses|domains|urls)\/([^/?#]{1,4096})\/(?:relationships\/)?([a-z_]{3,40})(?:[?#]|$)/;

/** Relations that came with an object: `relationships: { communicating_files: { data: [...] } }`. */
export function embeddedRelations(object: Json): Relation[] {
  return Object.entries(recordAt(object, "relationships") ?? {}).flatMap(([name, value]) =>
    recordsAt(value, "data").flatMap((item) => relationTo(name, item)),
  );
}

/** True for the answer of a relation's endpoint: a list of objects, with the subject in its own link. */
export function isRelationList(json: Json): boolean {
  const self = textAt(json, "links", "self");
  return Array.isArray(json.data) && self !== undefined && selfLink.test(self);
}

/** The file, address, domain or URL that an answer's own link is about. */
export function linkedSubject(json: Json): Observable | undefined {
  const self = selfLink.exec(textAt(json, "links", "self") ?? "");
  return self ? subjectOf(self[1]!, self[2]!) : undefined;
}

/** The page of a relation: the subject stands in the link, or was asked about. */
export function readRelationList(json: Json, context: ReadContext): ReadDocument {
  const self = selfLink.exec(textAt(json, "links", "self") ?? "");
  const name = self?.[3] ?? context.part?.replaceAll(" ", "_") ?? "related";
  const part = name.replaceAll("_", " ");
  const about = linkedSubject(json) ?? context.about;
  if (!about) return unreadable(part, aboutWhat);
  const relations = recordsAt(json, "data").flatMap((item) => relationTo(name, item));
  const total = numberAt(json, "meta", "count");
  const listed = listAt(json, "data").length;
  const more =
    total !== undefined && total > listed
      ? ` (${listed} of ${total} listed)`
      : textAt(json, "links", "next")
        ? " (first page)"
        : "";
  return answered(part, [
    reading(about, `${listed} ${part}${more}`, {
      relations,
      relationsTotal: total,
    }),
  ]);
}

function subjectOf(collection: string, id: string): Observable | undefined {
  const value = decode(id);
  if (collection === "ip_addresses") return readTyped("address", value);
  if (collection === "domains") return readTyped("domain", value);
  if (collection === "files") return readTyped("hash", value);
  return readTyped("url", Buffer.from(value, "base64url").toString("utf8"));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function relationTo(name: string, item: Json): Relation[] {
  const kind = kindOf[name] ?? "related";
  const attributes = recordAt(item, "attributes");
  const target = observableOfObject(item) ?? resolutionTarget(item);
  return relation(kind, target, {
    detections: statsOf(attributes),
    seenAt: timeAt(attributes, "date") ?? timeAt(attributes, "last_analysis_date"),
    detail: textAt(attributes, "meaningful_name") ?? textAt(attributes, "type_description"),
  });
}

/** Resolutions are objects of their own, with both ends in their attributes; the id is the two joined. */
function resolutionTarget(item: Json): Observable | undefined {
  if (textAt(item, "type") !== "resolution" || !isRecord(item.attributes)) return undefined;
  const id = textAt(item, "id") ?? "";
  const name = textAt(item, "attributes", "host_name");
  const address = textAt(item, "attributes", "ip_address");
  // For an address the id begins with it, and the name is the other end; for a name it is the other way round.
  const other =
    name !== undefined && address !== undefined && id.startsWith(address) ? name : (address ?? name);
  return readObservable(other);
}
