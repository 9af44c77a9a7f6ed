import type { Fields } from "@firebreak/model/event";
import type { ParseContext, TimeReader } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { readTimeValue } from "../infer/time-value.ts";
import { isJsonObject, type JsonObject } from "./parse.ts";
import { jsonPath, valueAt } from "./path.ts";
import { type JsonProduct, type ProductDraft, timeOf, utcByFormat } from "./product.ts";
import { compileTable, type Mapping } from "./table.ts";

/** A product as data: how one of its records is known, where its time stands, what its keys mean. */
export interface ProductTable {
  readonly name: string;
  readonly title: string;
  recognises(record: JsonObject): boolean;
  /** Paths of the time, the first that holds one wins. Without a zone in the text it is UTC. */
  readonly time: readonly string[];
  /** Fields that every record of the product has. */
  readonly fixed?: Fields;
  readonly map: readonly Mapping[];
  /** What a table cannot say: runs after it. */
  finish?(record: JsonObject, draft: ProductDraft): void;
}

/**
 * Makes a product of its table.
 * @example product({ name: "a/b", title: "B", recognises: holds("x.y"), time: ["at"], map: [["text", "user.name", "x.y"]] })
 */
export function product(table: ProductTable): JsonProduct {
  const map = compileTable(table.map);
  const times = table.time.map(jsonPath);
  return {
    name: table.name,
    title: table.title,
    recognises: table.recognises,
    read(record, draft, context) {
      for (const path of times) {
        draft.time = readTime(valueAt(record, path), context);
        if (draft.time !== undefined) break;
      }
      Object.assign(draft.fields, table.fixed);
      map(record, draft.fields);
      table.finish?.(record, draft);
    },
  };
}

function readTime(value: JsonObject[string], context: ParseContext): EventTime | undefined {
  if (isJsonObject(value)) return splitInstant(value, context.time);
  const known = timeOf(value, context);
  if (known !== undefined || typeof value !== "string") return known;
  return readTimeValue(value, context.time, "unknown", utcByFormat);
}

/** Java's Instant as an object: `{ "epochSecond": 1, "nanoOfSecond": 2 }` (Log4j), `{ "epochSecond": 1, "nano": 2 }`. */
export function splitInstant(value: JsonObject, time: TimeReader): EventTime | undefined {
  const seconds = value.epochSecond;
  const nanos = value.nanoOfSecond ?? value.nano ?? 0;
  if (typeof seconds !== "number" || typeof nanos !== "number" || nanos < 0 || nanos >= 1e9) return undefined;
  const ms = seconds * 1000 + Math.floor(nanos / 1e6);
  if (!(Math.abs(ms) < 8.64e15)) return undefined;
  return time.instant(ms, nanos % 1e6, `${seconds}.${String(nanos).padStart(9, "0")}`);
}

/** True for records that hold a value at every one of the paths. */
export function holds(...paths: readonly string[]): (record: JsonObject) => boolean {
  const split = paths.map(jsonPath);
  return (record) => split.every((path) => valueAt(record, path) !== undefined);
}
