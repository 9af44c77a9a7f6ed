import { isRecord, type Json, listAt, recordsAt, textAt, timeAt } from "../loose.ts";
import { type Observable, parseAddress, readTyped } from "../observable.ts";
import {
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
import { get } from "../question.ts";
import { type Reading, reading } from "../reading.ts";

/** Registration data of addresses and names, RFC 9082 and RFC 9083. rdap.org forwards to the registry in charge. */
export const rdap = {
  id: "rdap",
  title: "RDAP",
  kind: "service",
  types: ["address", "domain"],
  base: { url: "https://rdap.org", variable: "FIREBREAK_RDAP_URL" },
  quota: [{ limit: 10, per: "minute" }],
  // rdap.org only forwards; registries name their service so. No key goes along, and only https is followed.
  mayLeadTo: (host) => /^rdap[.-]/.test(host) || host.startsWith("registry.rdap."),
  questions,
  recognise: ({ json }) =>
    isRecord(json) && ["ip network", "domain", "autnum"].includes(textAt(json, "objectClassName") ?? ""),
  read,
} satisfies Provider;

function questions({ type, value }: Observable): Question[] {
  const path =
    type === "address" ? `/ip/${encodeURIComponent(value)}` : `/domain/${encodeURIComponent(value)}`;
  return [{ ...get(path, "registration"), headers: { Accept: "application/rdap+json, application/json" } }];
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  const part = "registration";
  if (!isRecord(json)) return unreadable(part, wrongShape);
  // RFC 9083 §6: an error is an object with errorCode.
  if (textAt(json, "errorCode") === "404") return notKnown(part, context.about ?? undefined);
  if (textAt(json, "errorCode") !== undefined) return unreadable(part, textAt(json, "title") ?? "an error");
  if (textAt(json, "objectClassName") === "domain") {
    const about =
      readTyped("domain", textAt(json, "ldhName") ?? textAt(json, "unicodeName")) ?? context.about;
    return about ? answered(part, [describe(about, json)]) : unreadable(part, wrongShape);
  }
  const first = parseAddress(textAt(json, "startAddress")?.split("/")[0] ?? "");
  const last = parseAddress(textAt(json, "endAddress")?.split("/")[0] ?? "");
  if (first === undefined || last === undefined)
    return context.about ? answered(part, [describe(context.about, json)]) : unreadable(part, wrongShape);
  const [from, to] = [first.toByteArray(), last.toByteArray()];
  return {
    outcome: "answered",
    part,
    readings: [],
    feedSize: 1,
    feed: (observable) => {
      const bytes = observable.type === "address" ? parseAddress(observable.value)?.toByteArray() : undefined;
      if (bytes === undefined || bytes.length !== from.length || isBelow(bytes, from) || isBelow(to, bytes))
        return undefined;
      return describe(observable, json);
    },
  };
}

function isBelow(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}

function describe(about: Observable, json: Json): Reading {
  const events = new Map(
    recordsAt(json, "events").flatMap((one) => {
      const action = textAt(one, "eventAction");
      const date = timeAt(one, "eventDate");
      return action !== undefined && date !== undefined ? [[action, date] as const] : [];
    }),
  );
  const registered = events.get("registration");
  const changed = events.get("last changed");
  const owner = contact(json, "registrant") ?? contact(json, "registrar");
  const abuse = abuseMail(json);
  const parts = [
    textAt(json, "name") ?? textAt(json, "handle") ?? "registered",
    textAt(json, "country"),
    owner,
    registered ? `registered ${registered.slice(0, 10)}` : undefined,
    ...listAt(json, "status").flatMap((one) => (typeof one === "string" && one !== "active" ? [one] : [])),
  ].filter(Boolean);
  return reading(about, parts.join(", "), {
    notes: abuse === undefined ? [] : [`RDAP: abuse is reported to ${abuse}.`],
    firstSeen: registered,
    contentAt: changed,
  });
}

/** Entities nest (RFC 9083 §5.1); the names and mails are jCards (RFC 7095): ["vcard", [["fn", {}, "text", "…"], …]]. */
function entities(json: Json, depth = 0): Json[] {
  if (depth > 4) return [];
  return recordsAt(json, "entities").flatMap((one) => [one, ...entities(one, depth + 1)]);
}

function cardValue(entity: Json, name: string): string | undefined {
  const rows = listAt(listAt(entity, "vcardArray")[1]);
  const row = rows.find((one) => Array.isArray(one) && one[0] === name) as unknown[] | undefined;
  return row === undefined ? undefined : textAt(row[3]);
}

function contact(json: Json, role: string): string | undefined {
  const entity = entities(json).find((one) => listAt(one, "roles").includes(role));
  return entity === undefined ? undefined : (cardValue(entity, "fn") ?? textAt(entity, "handle"));
}

function abuseMail(json: Json): string | undefined {
  return entities(json)
    .filter((one) => listAt(one, "roles").includes("abuse"))
    .map((one) => cardValue(one, "email"))
    .find((mail) => mail !== undefined);
}
