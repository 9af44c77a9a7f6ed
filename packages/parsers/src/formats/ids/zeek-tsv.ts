import type { Fields, Scalar } from "@firebreak/model/event";
import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { readZeekRecord } from "../../ecs/zeek.ts";
import { readEpoch } from "../../infer/time-value.ts";
import type { JsonObject, JsonValue } from "../../json/parse.ts";
import type { ProductDraft } from "../../json/product.ts";
import { integerOf } from "../../text/numbers.ts";

const heads = new WeakMap<Head, boolean>();
const directive = /^#(?:separator|set_separator|empty_field|unset_field|path|open|close|fields|types)\b/;
const maxMembers = 1000;

/** Zeek's default log writer: tab-separated with a header of `#` lines (docs.zeek.org, "Zeek Log Formats"). UTC epoch. */
export const format = {
  kind: "line",
  name: "ids/zeek-tsv",
  title: "Zeek logs as tab-separated text",
  version: 1,
  notes:
    "By #separator and #fields. Any log stream; the dataset is zeek/<#path>. Times are epoch seconds, UTC; unset and empty values are left out.",
  sniff(line, head) {
    if (line.charCodeAt(0) === 35) return directive.test(line) ? 0.97 : 0;
    let known = heads.get(head);
    if (known === undefined) {
      known = /^#fields[\t ,|]/m.test(head.text) && /^#types[\t ,|]/m.test(head.text);
      heads.set(head, known);
    }
    return known && line.includes("\t") ? 0.7 : 0;
  },
  open(context) {
    return new ZeekParser(context);
  },
} satisfies LineFormat;

interface Column {
  readonly name: string;
  readonly field: string;
  readonly type: string;
}

class ZeekParser implements LineParser {
  readonly #context: ParseContext;
  #separator = "\t";
  #setSeparator = ",";
  #empty = "(empty)";
  #unset = "-";
  #path = "unknown";
  #names: readonly string[] = [];
  #columns: readonly Column[] = [];

  constructor(context: ParseContext) {
    this.#context = context;
  }

  parse(record: string): LineResult {
    if (record.charCodeAt(0) === 35) return this.#directive(record);
    if (this.#columns.length === 0) return undefined;
    const values = record.split(this.#separator, 2000);
    if (values.length !== this.#columns.length)
      return { reject: `${values.length} columns where #fields names ${this.#columns.length}` };
    return this.#event(values);
  }

  #directive(line: string): LineResult {
    if (!directive.test(line)) return line.startsWith("###") ? { skip: "comment" } : undefined;
    const end = line.search(/[\t ,|]/);
    const name = line.slice(1, end < 0 ? line.length : end);
    const value = end < 0 ? "" : line.slice(end + 1);
    if (name === "separator") {
      this.#separator = unescapeZeek(value.trim()) || "\t";
      this.#columns = [];
    } else if (name === "set_separator") this.#setSeparator = unescapeZeek(value) || ",";
    else if (name === "empty_field") this.#empty = value;
    else if (name === "unset_field") this.#unset = value;
    else if (name === "path" && /^\w{1,60}$/.test(value)) this.#path = value;
    else if (name === "fields") {
      this.#names = value.split(this.#separator);
      this.#setColumns([]);
    } else if (name === "types") this.#setColumns(value.split(this.#separator));
    return { skip: "Zeek header" };
  }

  #setColumns(types: readonly string[]): void {
    this.#columns = this.#names.map((name, i) => ({
      name,
      field: rawField(name),
      type: types[i] ?? "string",
    }));
  }

  #event(values: readonly string[]): LineResult {
    const fields: Fields = {};
    const record: JsonObject = {};
    let stamp: string | undefined;
    for (let i = 0; i < values.length; i++) {
      const text = values[i]!;
      if (text === this.#unset || text === this.#empty || text === "") continue;
      const column = this.#columns[i]!;
      if (column.name === "ts") stamp = text;
      const value = this.#typed(text, column.type);
      record[column.name] = value;
      fields[column.field] = value as Scalar | Scalar[];
    }
    const draft: ProductDraft = { dataset: "", fields };
    readZeekRecord(this.#path, record, draft);
    fields["event.kind"] ??= "event";
    addRelated(fields);
    const time =
      stamp === undefined
        ? undefined
        : (readEpoch(stamp, this.#context.time) ?? this.#context.time.iso(stamp));
    return time ? { dataset: draft.dataset, time, fields } : { dataset: draft.dataset, fields };
  }

  #typed(text: string, type: string): JsonValue {
    if (type === "count" || type === "port" || type === "int") return integerOf(text) ?? text;
    if (type === "bool") return text === "T";
    if (type === "string" || type === "addr" || type === "enum" || type === "time" || type === "interval")
      return text.includes("\\x") ? unescapeZeek(text) : text;
    if (type.startsWith("set[") || type.startsWith("vector["))
      return text
        .split(this.#setSeparator, maxMembers)
        .filter((member) => member !== this.#unset)
        .map(unescapeZeek);
    return text;
  }
}

/** "\x09" → tab. Zeek writes so what is not printable or would be a separator. */
function unescapeZeek(text: string): string {
  return text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
