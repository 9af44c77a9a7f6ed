import { isRecord, type Json, recordAt, recordsAt, textAt } from "../../loose.ts";
import { type Observable, readObservable } from "../../observable.ts";
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
} from "../../provider.ts";
import { isBehaviour, isMitreTrees, readBehaviour, readMitreTrees } from "./behaviour.ts";
import { readObject } from "./object.ts";
import { isRelationList, readRelationList } from "./relations.ts";
import { isVersion2, readVersion2, version2Items } from "./v2.ts";

const objectTypes = new Set(["file", "ip_address", "domain", "url"]);
const errorCode = /^(?:[A-Z][A-Za-z]+Error|NotAvailableYet|[A-Z][A-Za-z]+QueryError)$/;

/** VirusTotal, API v3 (https://docs.virustotal.com/reference/overview), and saved answers of v2. */
export const virustotal = {
  id: "virustotal",
  title: "VirusTotal",
  kind: "service",
  types: ["hash", "address", "domain", "url"],
  key: {
    variable: "FIREBREAK_VIRUSTOTAL_KEY",
    isRequired: true,
    headers: (key) => ({ "x-apikey": key }),
  },
  base: { url: "https://www.virustotal.com/api/v3", variable: "FIREBREAK_VIRUSTOTAL_URL" },
  quota: [
    { limit: 4, per: "minute" },
    { limit: 500, per: "day" },
  ],
  terms:
    "The public key of VirusTotal must not be used in commercial products or services, nor in business workflows.",
  questions,
  recognise: ({ json }) => isOurs(json),
  read,
} satisfies Provider;

const relationsOf: Record<string, readonly string[]> = {
  hash: [
    "behaviour_summary",
    "contacted_ips",
    "contacted_domains",
    "contacted_urls",
    "dropped_files",
    "execution_parents",
  ],
  address: ["communicating_files", "referrer_files", "resolutions"],
  domain: ["communicating_files", "referrer_files", "resolutions"],
  url: [],
};

function questions({ type, value }: Observable): Question[] {
  const collection = {
    hash: "files",
    address: "ip_addresses",
    domain: "domains",
    url: "urls",
    vulnerability: "",
  }[type];
  const id = type === "url" ? Buffer.from(value, "utf8").toString("base64url") : encodeURIComponent(value);
  const path = `/${collection}/${id}`;
  const relations = (relationsOf[type] ?? []).map((name): Question => {
    const isSummary = name === "behaviour_summary";
    return {
      part: isSummary ? "behaviour" : name.replaceAll("_", " "),
      method: "GET",
      path: isSummary ? `${path}/${name}` : `${path}/${name}?limit=40`,
      rank: 1,
    };
  });
  return [{ part: "report", method: "GET", path, rank: 0 }, ...relations];
}

function isOurs(json: unknown): boolean {
  if (Array.isArray(json))
    return version2Items(json).length > 0 || json.some((one) => isRecord(one) && isObject(one));
  if (!isRecord(json)) return false;
  if (isVersion2(json) || isObject(json) || isMitreTrees(json) || isBareAttributes(json)) return true;
  const code = textAt(json, "error", "code");
  if (code !== undefined && errorCode.test(code) && !Object.hasOwn(json, "data")) return true;
  const data = json.data;
  if (isRecord(data)) return isObject(data) || isBehaviour(data);
  if (!Array.isArray(data)) return false;
  const first = data.find(isRecord);
  if (first === undefined) return isRelationList(json);
  return (
    isRelationList(json) ||
    isObject(first) ||
    textAt(first, "type") === "file_behaviour" ||
    textAt(first, "type") === "resolution"
  );
}

function isObject(value: Json): boolean {
  const type = textAt(value, "type");
  return (
    type !== undefined &&
    objectTypes.has(type) &&
    textAt(value, "id") !== undefined &&
    (isRecord(value.attributes) || isRecord(value.links) || Object.keys(value).length === 2)
  );
}

/** Attributes that were saved without their envelope. */
function isBareAttributes(value: Json): boolean {
  return isRecord(value.last_analysis_stats) && !Object.hasOwn(value, "data");
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  if (Array.isArray(json)) return readMany(json, context);
  if (!isRecord(json)) return unreadable("report", wrongShape);
  if (isRecord(json.error)) return readError(json.error, context);
  if (isVersion2(json)) return readVersion2(json, context);
  if (isMitreTrees(json)) return readMitreTrees(json, context);
  if (isBareAttributes(json)) return readBare(json, context);
  const data = json.data ?? (isObject(json) ? json : undefined);
  if (isRecord(data)) {
    if (isObject(data)) return readObjects([data], context);
    if (isBehaviour(data) || context.part === "behaviour") return readBehaviour(json, context);
    return unreadable(context.part ?? "report", wrongShape);
  }
  if (!Array.isArray(data)) return unreadable(context.part ?? "report", wrongShape);
  const types = new Set(recordsAt(data).map((one) => textAt(one, "type")));
  if (types.has("file_behaviour")) return readBehaviour(json, context);
  const isAsked = context.part !== null && context.part !== "report";
  if (isRelationList(json) || types.has("resolution") || isAsked) return readRelationList(json, context);
  return readObjects(recordsAt(data), context);
}

function readObjects(objects: readonly Json[], context: ReadContext): ReadDocument {
  const readings = objects.flatMap((one) => withSubject(one, context) ?? []);
  return readings.length === 0 ? unreadable("report", aboutWhat) : answered("report", readings);
}

/** A URL's id may be a hash that cannot be turned back: then the answer is about what was asked. */
function withSubject(object: Json, { about }: ReadContext) {
  const found = readObject(object);
  if (found !== undefined || about?.type !== "url" || textAt(object, "type") !== "url") return found;
  return readObject({ ...object, attributes: { ...recordAt(object, "attributes"), url: about.value } });
}

function readMany(items: readonly unknown[], context: ReadContext): ReadDocument {
  const readings = items.flatMap((item) =>
    isRecord(item) ? read({ text: "", json: item }, context).readings : [],
  );
  return readings.length === 0 ? unreadable("report", wrongShape) : answered("report", readings);
}

function readBare(json: Json, context: ReadContext): ReadDocument {
  const hash = textAt(json, "sha256") ?? textAt(json, "md5");
  const url = textAt(json, "url");
  const object =
    hash !== undefined
      ? { type: "file", id: hash }
      : url !== undefined
        ? { type: "url", id: url }
        : context.about?.type === "address"
          ? { type: "ip_address", id: context.about.value }
          : context.about?.type === "domain"
            ? { type: "domain", id: context.about.value }
            : undefined;
  return object === undefined
    ? unreadable("report", aboutWhat)
    : readObjects([{ ...object, attributes: json }], context);
}

/** `{ error: { code, message } }`. The message of a 404 names the observable: `File "…" not found`. */
function readError(error: Json, context: ReadContext): ReadDocument {
  const code = textAt(error, "code") ?? "an error without a code";
  const message = textAt(error, "message") ?? "";
  const part = context.part ?? "report";
  if (code === "NotFoundError") {
    const named = /"([^"]{4,4096})"/.exec(message)?.[1];
    return notKnown(part, context.about ?? (named === undefined ? undefined : readObservable(named)));
  }
  if (code === "ForbiddenError") return { ...unreadable(part, message), outcome: "not permitted" };
  return unreadable(part, `${code}: ${message}`);
}
