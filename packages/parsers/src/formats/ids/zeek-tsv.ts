import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import {
  defaultDialect,
  readZeekRow,
  unescapeZeek,
  type ZeekColumn,
  type ZeekDialect,
  zeekColumn,
} from "../../zeek/row.ts";

const heads = new WeakMap<Head, boolean>();
const directive = /^#(?:separator|set_separator|empty_field|unset_field|path|open|close|fields|types)\b/;

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

class ZeekParser implements LineParser {
  readonly #context: ParseContext;
  readonly #dialect: ZeekDialect = { ...defaultDialect };
  #path = "unknown";
  #names: readonly string[] = [];
  #columns: readonly ZeekColumn[] = [];

  constructor(context: ParseContext) {
    this.#context = context;
  }

  parse(record: string): LineResult {
    if (record.charCodeAt(0) === 35) return this.#directive(record);
    if (this.#columns.length === 0) return undefined;
    const values = record.split(this.#dialect.separator, 2000);
    if (values.length !== this.#columns.length)
      return { reject: `${values.length} columns where #fields names ${this.#columns.length}` };
    return readZeekRow(this.#path, this.#columns, values, this.#dialect, this.#context);
  }

  #directive(line: string): LineResult {
    if (!directive.test(line)) return line.startsWith("###") ? { skip: "comment" } : undefined;
    const end = line.search(/[\t ,|]/);
    const name = line.slice(1, end < 0 ? line.length : end);
    const value = end < 0 ? "" : line.slice(end + 1);
    if (name === "separator") {
      this.#dialect.separator = unescapeZeek(value.trim()) || "\t";
      this.#columns = [];
    } else if (name === "set_separator") this.#dialect.setSeparator = unescapeZeek(value) || ",";
    else if (name === "empty_field") this.#dialect.empty = value;
    else if (name === "unset_field") this.#dialect.unset = value;
    else if (name === "path" && /^\w{1,60}$/.test(value)) this.#path = value;
    else if (name === "fields") {
      this.#names = value.split(this.#dialect.separator);
      this.#setColumns([]);
    } else if (name === "types") this.#setColumns(value.split(this.#dialect.separator));
    return { skip: "Zeek header" };
  }

  #setColumns(types: readonly string[]): void {
    this.#columns = this.#names.map((name, i) => zeekColumn(name, types[i] ?? "string"));
  }
}
