import type { FieldValue, Scalar } from "@firebreak/model/event";
import { integerOf } from "../text/numbers.ts";
import { ecsFieldNames } from "./fields.generated.ts";
import { cleanIp } from "./ip.ts";

/** The type of each field of ECS 9, made on first use. */
let types: Map<string, string> | undefined;

function typeOf(name: string): string | undefined {
  types ??= new Map(
    Object.entries(ecsFieldNames).flatMap(([type, names]) =>
      names.split(" ").map((one) => [one, type] as const),
    ),
  );
  return types.get(name);
}

/** The value in the type of a field; undefined when it is none of that type. */
export type Conformer = (value: FieldValue) => FieldValue | undefined;

/**
 * How values that another product recorded under a name of ECS become values of the field, in its type and number: `"22"` of
 * "source.port" becomes 22, `["a"]` of "host.name" becomes "a". Undefined when ECS has no such field.
 * @example conformerOf("source.port")?.("22") // 22
 */
export function conformerOf(name: string): Conformer | undefined {
  const type = name.startsWith("labels.") ? "text" : typeOf(name);
  if (type === undefined) return undefined;
  const isList = type.endsWith("[]");
  const mayBeList = isList || type.endsWith("*");
  const kind = type.replace(/[[\]*]+$/, "");
  return (value) => {
    if (!Array.isArray(value)) {
      const one = scalar(kind, value as Scalar);
      return one !== undefined && isList ? [one] : one;
    }
    const all = (value as readonly Scalar[]).map((one) => scalar(kind, one));
    if (all.length === 0 || all.includes(undefined)) return undefined;
    if (mayBeList) return all as Scalar[];
    return all.length === 1 ? all[0] : undefined;
  };
}

function scalar(kind: string, value: Scalar): Scalar | undefined {
  switch (kind) {
    case "long":
      if (typeof value === "number") return Number.isInteger(value) ? value : undefined;
      return typeof value === "string" ? integerOf(value) : undefined;
    case "float": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? number : undefined;
    }
    case "boolean":
      if (value === "true" || value === "false") return value === "true";
      return typeof value === "boolean" ? value : undefined;
    case "ip":
      return cleanIp(String(value));
    case "date":
      return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value)
        ? value
        : undefined;
    default:
      return String(value);
  }
}
