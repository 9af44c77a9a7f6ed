import { isIP } from "node:net";
import { EcsFlat } from "@elastic/ecs";

/** What ECS says of one field; the parts of the schema's entry that can be checked. */
interface EcsField {
  readonly type: string;
  readonly normalize: readonly string[];
  readonly allowed_values?: readonly { name: string; expected_event_types?: readonly string[] }[];
  readonly expected_values?: readonly string[];
}

const schema = new Map<string, EcsField>(Object.entries(EcsFlat as unknown as Record<string, EcsField>));

/**
 * Names beside ECS that events keep, because rules and shippers know them: Winlogbeat's for Windows, Filebeat's place of the
 * record in its file. All else that ECS has no name for stands below `firebreak.`.
 */
const kept = new Set(["log.offset", "log.file.line"]);
const keptPrefixes = ["firebreak.", "winlog."];

/** Pairs of category and type that ECS does not expect and that say what no other field of ECS can. */
const acceptedPairs = new Set([
  // A web proxy's verdict on a request; ECS expects verdicts of networks only.
  "web/allowed",
  "web/denied",
  // A product stopped the malware it found; ECS expects "info" whatever was done.
  "malware/denied",
]);

const expectedTypes = new Map(
  schema.get("event.category")!.allowed_values!.map((one) => [one.name, one.expected_event_types ?? []]),
);

/** True for a name that an event may use. */
export function isEventField(name: string): boolean {
  return (
    schema.has(name) ||
    kept.has(name) ||
    keptPrefixes.some((prefix) => name.startsWith(prefix)) ||
    isBelow(name, ({ type }) => type === "flattened") ||
    /^(?:container\.)?labels\./.test(name)
  );
}

/** What ECS 9 would not accept of an event's flat fields, each as "field: why"; empty when all is well. */
export function ecsProblems(fields: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const field = schema.get(name);
    if (field !== undefined) problems.push(...valueProblems(name, field, value));
    else if (!isEventField(name)) problems.push(`${name}: neither in ECS nor below firebreak.`);
  }
  const pairs = pairProblems(list(fields["event.category"]), list(fields["event.type"]));
  return [...problems, ...pairs];
}

/** Types that stand with none of the categories that expect them, as "event.type: category/type". */
export function pairProblems(categories: readonly string[], types: readonly string[]): string[] {
  return types
    .filter(
      (type) =>
        !categories.some(
          (one) => expectedTypes.get(one)?.includes(type) || acceptedPairs.has(`${one}/${type}`),
        ),
    )
    .map((type) => `event.type: ${categories.join("+") || "no category"}/${type}`);
}

function valueProblems(name: string, field: EcsField, value: unknown): string[] {
  const wantsList = field.normalize.includes("array");
  // Members of an array of objects (dns.answers) are parallel lists in the flat form.
  const mayBeList = wantsList || isBelow(name, ({ normalize }) => normalize.includes("array"));
  if (Array.isArray(value) ? !mayBeList : wantsList)
    return [`${name}: ${wantsList ? "not a list" : "a list"}`];
  const allowed = field.allowed_values?.map((one) => one.name) ?? field.expected_values;
  return list(value).flatMap((one) => {
    if (!fits(field.type, one)) return [`${name}: ${JSON.stringify(one)} is no ${field.type}`];
    if (allowed !== undefined && !allowed.includes(one)) return [`${name}: ${one} is not among ECS's values`];
    if (name.endsWith(".port") && !(Number(one) >= 0 && Number(one) <= 65_535))
      return [`${name}: ${one} is no port`];
    return [];
  });
}

function isBelow(name: string, holds: (field: EcsField) => boolean): boolean {
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const parent = schema.get(name.slice(0, dot));
    if (parent !== undefined && holds(parent)) return true;
  }
  return false;
}

/** JSON as Elasticsearch's types want it. Integers beyond 2^53 are decimal text (`Scalar` of the model), which a long accepts. */
function fits(type: string, value: unknown): boolean {
  switch (type) {
    case "long":
    case "integer":
      return Number.isSafeInteger(value) || isLongText(value);
    case "float":
    case "double":
    case "scaled_float":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "ip":
      return typeof value === "string" && isIP(value) > 0;
    case "date":
      return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value);
    case "object":
    case "nested":
    case "flattened":
    case "geo_point":
      return false;
    default:
      return typeof value === "string";
  }
}

function isLongText(value: unknown): boolean {
  return (
    typeof value === "string" &&
    /^-?\d{16,19}$/.test(value) &&
    BigInt.asIntN(64, BigInt(value)) === BigInt(value)
  );
}

function list(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as string[];
}
