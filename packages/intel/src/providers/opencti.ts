import { mergeByObservable } from "../feed.ts";
import { distinct, isRecord, type Json, listAt, numberAt, recordsAt, textAt, timeAt } from "../loose.ts";
import { type Observable, readObservable, readTyped } from "../observable.ts";
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
import { postJson } from "../question.ts";
import { type Judgement, type Reading, reading } from "../reading.ts";
import { readTlp, strictest } from "../tlp.ts";

/** Fields that are asked for: the score, labels, markings, indicators and reports of an observable. */
const query = `query Observable($filters: FilterGroup) { stixCyberObservables(filters: $filters, first: 20) { edges { node { id entity_type observable_value x_opencti_score created_at updated_at objectLabel { value } objectMarking { definition } indicators { edges { node { id name pattern valid_from valid_until x_opencti_score } } } reports { edges { node { id name published } } } } } } }`;

/** OpenCTI of the organisation (https://docs.opencti.io/latest/reference/api/): GraphQL, filters as since version 5.12. */
export const opencti = {
  id: "opencti",
  title: "OpenCTI",
  kind: "own server",
  types: ["address", "domain", "url", "hash"],
  key: {
    variable: "FIREBREAK_OPENCTI_KEY",
    isRequired: true,
    headers: (key) => ({ Authorization: `Bearer ${key}` }),
  },
  base: { variable: "FIREBREAK_OPENCTI_URL" },
  quota: [{ limit: 10, per: "second" }],
  questions: (observable) => [
    postJson("/graphql", { query, variables: { filters: filtersFor(observable) } }),
  ],
  recognise: ({ json }) =>
    isRecord(json) &&
    isRecord(json.data) &&
    ["stixCyberObservables", "stixCyberObservable", "indicators", "indicator"].some((name) =>
      Object.hasOwn(json.data as Json, name),
    ),
  read,
} satisfies Provider;

function filtersFor({ type, value }: Observable) {
  const names = { 32: "hashes.MD5", 40: "hashes.SHA-1", 64: "hashes.SHA-256" } as Record<number, string>;
  const key = type === "hash" ? (names[value.length] ?? "value") : "value";
  return { mode: "and", filters: [{ key, values: [value], operator: "eq", mode: "or" }], filterGroups: [] };
}

/** A connection's nodes, a plain list, or one object. */
function nodesOf(value: unknown): Json[] {
  if (isRecord(value) && Array.isArray(value.edges))
    return value.edges.flatMap((edge) => (isRecord(edge) && isRecord(edge.node) ? [edge.node] : []));
  return listAt(value).filter(isRecord);
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  const errors = recordsAt(json, "errors");
  const data = isRecord(json) && isRecord(json.data) ? json.data : undefined;
  if (data === undefined) return unreadable("report", textAt(errors[0], "message") ?? wrongShape);
  const observables = [...nodesOf(data.stixCyberObservables), ...nodesOf(data.stixCyberObservable)];
  const indicators = [...nodesOf(data.indicators), ...nodesOf(data.indicator)];
  const readings = [
    ...observables.flatMap((node) => readNode(node, context) ?? []),
    ...indicators.flatMap((node) => readNode(node, context) ?? []),
  ];
  if (readings.length > 0) return answered("report", mergeByObservable(readings));
  if (observables.length + indicators.length === 0)
    return errors.length > 0
      ? unreadable("report", textAt(errors[0], "message") ?? wrongShape)
      : notKnown("report", context.about ?? undefined);
  return unreadable("report", wrongShape);
}

function readNode(node: Json, { about }: ReadContext): Reading | undefined {
  const hashes = recordsAt(node, "hashes").flatMap((one) => readTyped("hash", textAt(one, "hash")) ?? []);
  const subject =
    readObservable(textAt(node, "observable_value") ?? textAt(node, "value") ?? textAt(node, "name")) ??
    hashes[0] ??
    patternSubject(node) ??
    about;
  if (!subject) return undefined;
  const indicators = nodesOf(node.indicators);
  const names = nodesOf(node.reports).flatMap((one) => textAt(one, "name") ?? []);
  const score = numberAt(node, "x_opencti_score");
  const labels = distinct(
    [...recordsAt(node, "objectLabel"), ...nodesOf(node.objectLabel)].flatMap(
      (one) => textAt(one, "value") ?? [],
    ),
  );
  const tlp = strictest(
    [...recordsAt(node, "objectMarking"), ...nodesOf(node.objectMarking)].map((one) =>
      readTlp(textAt(one, "definition")),
    ),
  );
  const firstSeen = timeAt(node, "created_at") ?? timeAt(node, "valid_from");
  const contentAt = timeAt(node, "updated_at") ?? timeAt(node, "modified");
  const told = [
    score === undefined ? "without a score" : `score ${score} of 100`,
    `${indicators.length} indicators`,
    ...(names.length > 0
      ? [
          `in ${names.length} reports (${names
            .slice(0, 2)
            .map((name) => `"${name}"`)
            .join(", ")})`,
        ]
      : []),
  ];
  return reading(subject, told.join(", "), {
    ...judge(score, indicators.length > 0 || Object.hasOwn(node, "pattern")),
    aliases: hashes.filter(({ value }) => value !== subject.value),
    labels,
    firstSeen,
    contentAt,
    tlp,
  });
}

function patternSubject(node: Json): Observable | undefined {
  return readObservable(/= ?'([^']{3,2000})'/.exec(textAt(node, "pattern") ?? "")?.[1]);
}

/** OpenCTI gives every observable a score of 50 unless someone says otherwise: the middle says nothing. */
function judge(score: number | undefined, hasIndicator: boolean): Judgement {
  if (score !== undefined && score >= 75) return { opinion: "malicious", weight: 65 };
  if (score !== undefined && score > 50) return { opinion: "suspicious", weight: 40 };
  if (hasIndicator && (score === undefined || score >= 30)) return { opinion: "suspicious", weight: 35 };
  return { opinion: "context", weight: 0 };
}
