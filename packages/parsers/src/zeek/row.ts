import type { EventDraft, Fields, Scalar } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { rawField } from "../ecs/raw.ts";
import { addRelated } from "../ecs/related.ts";
import { readEpoch } from "../infer/time-value.ts";
import type { JsonObject, JsonValue } from "../json/parse.ts";
import type { ProductDraft } from "../json/product.ts";
import { integerOf } from "../text/numbers.ts";
import { readZeekRecord } from "./streams.ts";

const maxMembers = 1000;

export interface ZeekColumn {
  readonly name: string;
  readonly field: string;
  readonly type: string;
}

/** How a log writes its columns: the header's `#separator` block, or its defaults. */
export interface ZeekDialect {
  separator: string;
  setSeparator: string;
  empty: string;
  unset: string;
}

export const defaultDialect: Readonly<ZeekDialect> = {
  separator: "\t",
  setSeparator: ",",
  empty: "(empty)",
  unset: "-",
};

export function zeekColumn(name: string, type: string): ZeekColumn {
  return { name, field: rawField(name), type };
}

/** One row of a Zeek log as an event; `values` and `columns` pair up, columns without a value are left out. */
export function readZeekRow(
  path: string,
  columns: readonly ZeekColumn[],
  values: readonly string[],
  dialect: Readonly<ZeekDialect>,
  context: ParseContext,
): EventDraft {
  const fields: Fields = {};
  const record: JsonObject = {};
  let stamp: string | undefined;
  for (let i = 0; i < values.length; i++) {
    const text = values[i]!;
    if (text === dialect.unset || text === dialect.empty || text === "") continue;
    const column = columns[i]!;
    if (column.name === "ts") stamp = text;
    const value = typed(text, column.type, dialect);
    record[column.name] = value;
    fields[column.field] = value as Scalar | Scalar[];
  }
  const draft: ProductDraft = { dataset: "", fields };
  readZeekRecord(path, record, draft);
  fields["event.kind"] ??= "event";
  addRelated(fields);
  const time = stamp === undefined ? undefined : (readEpoch(stamp, context.time) ?? context.time.iso(stamp));
  return time ? { dataset: draft.dataset, time, fields } : { dataset: draft.dataset, fields };
}

function typed(text: string, type: string, dialect: Readonly<ZeekDialect>): JsonValue {
  if (type === "count" || type === "port" || type === "int") return integerOf(text) ?? text;
  if (type === "bool") return text === "T";
  if (type === "string" || type === "addr" || type === "enum" || type === "time" || type === "interval")
    return text.includes("\\x") ? unescapeZeek(text) : text;
  if (type.startsWith("set[") || type.startsWith("vector["))
    return text
      .split(dialect.setSeparator, maxMembers)
      .filter((member) => member !== dialect.unset)
      .map(unescapeZeek);
  return text;
}

/** "\x09" → tab. Zeek writes so what is not printable or would be a separator. */
export function unescapeZeek(text: string): string {
  return text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
