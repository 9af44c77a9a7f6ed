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
const header =
  /^(?=.*\b(?:srcaddr|pkt-srcaddr|interface-id)\b)(?:[a-z][a-z0-9-]{1,40})(?: [a-z][a-z0-9-]{1,40}){3,60}$/;
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
    "By the header line (version account-id interface-id …) or the shape of the default columns. `start` is the time, UTC.",
  sniff(line, head) {
    if (defaultLine.test(line) && tail.test(line)) return 0.95;
    if (header.test(line)) return 0.98;
    let known = heads.get(head);
    if (known === undefined) {
      known = header.test(head.lines[0] ?? "");
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
    if (header.test(record)) {
      this.#columns = record.split(" ");
      return { skip: "VPC flow log header" };
    }
    const values = record.trim().split(" ", 200);
    // CloudWatch exports put their own time in front.
    if (values.length === this.#columns.length + 1 && /^\d{4}-\d\d-\d\dT/.test(values[0]!)) values.shift();
    if (values.length !== this.#columns.length) {
      return values.length > 5 && this.#columns !== defaultColumns
        ? { reject: `${values.length} columns where the header names ${this.#columns.length}` }
        : undefined;
    }
    if (this.#columns === defaultColumns && !tail.test(record)) return undefined;
    return this.#event(values);
  }

  #event(values: readonly string[]): LineResult {
    const fields: Fields = {};
    const held = new Map<string, string>();
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value === "-") continue;
      held.set(this.#columns[i]!, value);
      fields[rawField(this.#columns[i]!)] = value;
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
