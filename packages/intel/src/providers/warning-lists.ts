import { type Json, recordsAt, textAt, textsAt } from "../loose.ts";
import { hostOf, inNetwork, type Observable, parseAddress } from "../observable.ts";
import { type Document, type Provider, type ReadDocument, unreadable, wrongShape } from "../provider.ts";
import { type Reading, reading } from "../reading.ts";

/**
 * Lists of known-good and shared things, in the form of MISP's warning lists (https://github.com/MISP/misp-warninglists):
 * `{ name, description, version, type, list }`, type cidr, hostname, string, substring or regex. They annotate a card.
 */
export const warningLists = {
  id: "warning-lists",
  title: "Warning lists",
  kind: "document",
  types: ["address", "domain", "url", "hash"],
  quota: [],
  recognise: ({ json }) => listsOf(json).length > 0,
  read,
} satisfies Provider;

const kinds = new Set(["cidr", "hostname", "string", "substring"]);

/** One list, several, or several under `lists`. */
function listsOf(json: unknown): Json[] {
  return [...recordsAt(json), ...recordsAt(json, "lists")].filter(
    (one) =>
      typeof one.name === "string" &&
      typeof one.type === "string" &&
      Array.isArray(one.list) &&
      (kinds.has(one.type) || one.type === "regex"),
  );
}

interface Matcher {
  readonly name: string;
  readonly description: string;
  readonly matches: (observable: Observable) => boolean;
}

function read({ json }: Document): ReadDocument {
  const lists = listsOf(json);
  const readable = lists.filter((one) => kinds.has(String(one.type)));
  // Expressions of strangers would need a linear-time engine; few lists use them.
  const left = lists.length - readable.length;
  const detail = left > 0 ? `${left} lists of the type "regex" are not read` : undefined;
  if (readable.length === 0) return unreadable("lists", detail ?? wrongShape);
  const matchers = readable.map(matcherOf);
  return {
    outcome: "answered",
    part: "lists",
    readings: [],
    feedSize: readable.reduce((sum, one) => sum + textsAt(one, "list").length, 0),
    feed: (observable) => match(matchers, observable),
    ...(detail !== undefined && { detail }),
  };
}

function matcherOf(list: Json): Matcher {
  const values = textsAt(list, "list").map((value) => value.toLowerCase());
  return {
    name: textAt(list, "name") ?? "an unnamed list",
    description: textAt(list, "description") ?? "",
    matches: matchesOf(String(list.type), values),
  };
}

function matchesOf(type: string, values: readonly string[]): Matcher["matches"] {
  if (type === "cidr") {
    const byKind = values.map((value) =>
      value.includes("/") ? value : `${value}/${value.includes(":") ? 128 : 32}`,
    );
    return ({ type: kind, value }) =>
      kind === "address" &&
      parseAddress(value) !== undefined &&
      byKind.some((network) => inNetwork(value, network));
  }
  const exact = new Set(values.map((value) => value.replace(/^\./, "")));
  if (type === "hostname")
    return (observable) => suffixes(nameOf(observable)).some((name) => exact.has(name));
  if (type === "string") return ({ value }) => exact.has(value.toLowerCase());
  return ({ value }) => values.some((part) => value.toLowerCase().includes(part));
}

function nameOf({ type, value }: Observable): string {
  if (type === "domain") return value;
  const host = type === "url" ? hostOf(value) : undefined;
  return host?.type === "domain" ? host.value : "";
}

/** "a.b.example": itself and every parent. */
function suffixes(name: string): string[] {
  const labels = name.split(".");
  return name === "" ? [] : labels.map((_, i) => labels.slice(i).join("."));
}

function match(matchers: readonly Matcher[], observable: Observable): Reading | undefined {
  const found = matchers.filter(({ matches }) => matches(observable));
  const first = found[0];
  if (first === undefined) return undefined;
  const names = found.map(({ name }) => name).slice(0, 4);
  const text = `on ${names.map((name) => `"${name}"`).join(", ")}`;
  return reading(observable, text, {
    opinion: "known good",
    shared: `${text}${first.description === "" ? "" : `: ${first.description}`}`,
    labels: names,
  });
}
