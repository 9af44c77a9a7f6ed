import type { Fields } from "@firebreak/model/event";
import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import type { ProductDraft } from "../../json/product.ts";
import { readVpcFlow } from "../../json-products/aws-vpc-flow.ts";

const defaultColumns =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status".split(
    " ",
  );
const columnsOf = (text: string) => text.split(" ");
/** Orders that AWS documents for the later versions ("Flow log record examples"), told apart by what must stand where. */
const layouts: readonly (readonly [shape: RegExp, columns: readonly string[]])[] = [
  [
    /^[3-9] vpc-\S+ subnet-\S+ \S+ eni-\S+ \d{12} (?:IPv[46]|EFA) /,
    columnsOf(
      "version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags log-status",
    ),
  ],
  [
    /^[3-9] eni-\S+ \d{12} vpc-\S+ subnet-\S+ \S+ [\da-fA-F.:]{2,45} [\da-fA-F.:]{2,45} \d+ \d+ \d+ \d+ (?:IPv[46]|EFA) /,
    columnsOf(
      "version interface-id account-id vpc-id subnet-id instance-id srcaddr dstaddr srcport dstport protocol tcp-flags type pkt-srcaddr pkt-dstaddr action log-status",
    ),
  ],
  [
    /^[5-9] [\da-fA-F.:]{2,45} [\da-fA-F.:]{2,45} \d+ \d+ \d+ \d{10} \d{10} (?:IPv[46]|EFA) \d+ \d+ \d{12} vpc-/,
    columnsOf(
      "version srcaddr dstaddr srcport dstport protocol start end type packets bytes account-id vpc-id subnet-id instance-id interface-id region az-id sublocation-type sublocation-id action tcp-flags pkt-srcaddr pkt-dstaddr pkt-src-aws-service pkt-dst-aws-service traffic-path flow-direction log-status",
    ),
  ],
];
const layoutOf = (line: string) => layouts.find(([shape]) => shape.test(line))?.[1];
const names = /^(?:[a-z][a-z0-9-]{1,40})(?: [a-z][a-z0-9-]{1,40}){3,60}$/;
const telling = /\b(?:srcaddr|pkt-srcaddr|interface-id)\b/;
const isHeader = (line: string) => names.test(line) && telling.test(line);
const defaultLine = /^[2-9] \d{12}|^[2-9] (?:unknown|-) /;
const tail = / (?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)$/;

const heads = new WeakMap<Head, boolean>();

/** AWS VPC flow logs as text: the default columns, or the order that the header line names. Epoch seconds, UTC. */
export const format = {
  kind: "line",
  name: "cloud/aws-vpc-flow",
  title: "AWS VPC flow log (text)",
  version: 1,
  notes:
    "By the header line (version account-id interface-id …) or the shape of the default columns. `end` is the time, UTC.",
  sniff(line, head) {
    if (defaultLine.test(line) && tail.test(line)) return 0.95;
    if (isHeader(line)) return 0.98;
    if (layoutOf(line) !== undefined) return 0.95;
    let known = heads.get(head);
    if (known === undefined) {
      known = isHeader(head.lines[0] ?? "");
      heads.set(head, known);
    }
    return known ? 0.7 : 0;
  },
  open(context) {
    return new FlowParser(context);
  },
} satisfies LineFormat;

class FlowParser implements LineParser {
  readonly #context: ParseContext;
  #columns: readonly string[] = defaultColumns;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  parse(record: string): LineResult {
    if (isHeader(record)) {
      this.#columns = record.split(" ");
      return { skip: "VPC flow log header" };
    }
    const values = record.trim().split(" ", 200);
    // CloudWatch exports put their own time in front.
    if (values.length === this.#columns.length + 1 && /^\d{4}-\d\d-\d\dT/.test(values[0]!)) values.shift();
    if (this.#columns === defaultColumns) {
      const columns = layoutOf(record);
      if (columns !== undefined && columns.length === values.length) return this.#event(values, columns);
    }
    if (values.length !== this.#columns.length) {
      return values.length > 5 && this.#columns !== defaultColumns
        ? { reject: `${values.length} columns where the header names ${this.#columns.length}` }
        : undefined;
    }
    if (this.#columns === defaultColumns && !tail.test(record)) return undefined;
    return this.#event(values, this.#columns);
  }

  #event(values: readonly string[], columns: readonly string[]): LineResult {
    const fields: Fields = {};
    const held = new Map<string, string>();
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value === "-") continue;
      held.set(columns[i]!, value);
      fields[rawField(columns[i]!)] = value;
    }
    if (/^(?:NODATA|SKIPDATA)$/.test(held.get("log-status") ?? ""))
      fields["event.reason"] = held.get("log-status")!;
    const draft: ProductDraft = { dataset: "aws/vpc-flow", fields };
    readVpcFlow((name) => held.get(name), draft, this.#context);
    fields["event.kind"] = "event";
    addRelated(fields);
    return draft.time
      ? { dataset: draft.dataset, time: draft.time, fields }
      : { dataset: draft.dataset, fields };
  }
}
