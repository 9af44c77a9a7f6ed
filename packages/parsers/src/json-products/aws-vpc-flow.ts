import type { ParseContext } from "@firebreak/model/format";
import { formatInstant } from "@firebreak/model/time";
import { transportOf } from "../ecs/transport.ts";
import { readEpoch } from "../infer/time-value.ts";
import type { JsonValue } from "../json/parse.ts";
import {
  classify,
  type JsonProduct,
  type ProductDraft,
  putAddress,
  putInteger,
  putText,
  textOf,
} from "../json/product.ts";

/** AWS VPC flow logs as JSON (Athena, CloudWatch exports, Parquet dumps): the text format's field names with "-" or "_". */
export const awsVpcFlow: JsonProduct = {
  name: "aws/vpc-flow",
  title: "AWS VPC flow log (JSON)",
  recognises(record) {
    return (
      record.srcaddr !== undefined &&
      record.dstaddr !== undefined &&
      (record.action ?? record["log-status"] ?? record.log_status) !== undefined
    );
  },
  read(record, draft, context) {
    readVpcFlow(
      (name) => record[name] ?? record[name.replaceAll("-", "_")] ?? record[camel(name)],
      draft,
      context,
    );
  },
};

/** Fills an event from a flow record; `get` looks a field up by its documented name ("pkt-srcaddr"). */
export function readVpcFlow(
  get: (name: string) => JsonValue | undefined,
  draft: ProductDraft,
  context: ParseContext,
): void {
  const fields = draft.fields;
  const started = readEpoch(textOf(get("start")) ?? "", context.time);
  const ended = readEpoch(textOf(get("end")) ?? "", context.time);
  // A record tells of a window that is over: it is dated by its end, as other flow records are.
  draft.time = ended ?? started;
  if (started !== undefined) fields["event.start"] = formatInstant(started);
  if (ended !== undefined) fields["event.end"] = formatInstant(ended);
  classify(fields, "network", "connection");
  fields["cloud.provider"] = "aws";
  fields["observer.type"] = "firewall";
  putText(fields, "cloud.account.id", get("account-id"));
  putText(fields, "cloud.instance.id", get("instance-id"));
  putText(fields, "cloud.region", get("region"));
  putText(fields, "observer.ingress.interface.name", get("interface-id"));
  putAddress(fields, "source", get("pkt-srcaddr") ?? get("srcaddr"));
  putAddress(fields, "destination", get("pkt-dstaddr") ?? get("dstaddr"));
  putInteger(fields, "source.port", get("srcport"));
  putInteger(fields, "destination.port", get("dstport"));
  putInteger(fields, "network.packets", get("packets"));
  putInteger(fields, "network.bytes", get("bytes"));
  putInteger(fields, "source.packets", get("packets"));
  putInteger(fields, "source.bytes", get("bytes"));
  const number = textOf(get("protocol"));
  if (number !== undefined && /^\d{1,3}$/.test(number)) fields["network.iana_number"] = number;
  const protocol = textOf(get("protocol"));
  putText(fields, "network.transport", protocol && transportOf(protocol));
  const direction = textOf(get("flow-direction"));
  if (direction === "ingress") fields["network.direction"] = "inbound";
  else if (direction === "egress") fields["network.direction"] = "outbound";
  const action = textOf(get("action"));
  if (action === undefined) return;
  fields["event.action"] = action.toLowerCase();
  if (action === "ACCEPT") fields["event.outcome"] = "success";
  else if (action === "REJECT") fields["event.outcome"] = "failure";
  fields["event.type"] = ["connection", action === "ACCEPT" ? "allowed" : "denied"];
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
