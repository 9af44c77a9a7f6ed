import { setAddressPort } from "../ecs/endpoint.ts";
import { transportOf } from "../ecs/transport.ts";
import { classify, type JsonProduct, putInteger, putText, textOf, timeOf } from "../json/product.ts";
import { putMac } from "../zeek/values.ts";

/** Snort 3 alert_json. `timestamp` has no year, `seconds` is an epoch and only there when configured. */
export const snort: JsonProduct = {
  name: "network/snort-json",
  title: "Snort 3 alerts as JSON",
  recognises: (record) =>
    typeof record.rule === "string" &&
    /^\d+:\d+:\d+$/.test(record.rule) &&
    (record.src_ap !== undefined || record.src_addr !== undefined || record.pkt_num !== undefined),
  read(record, draft, context) {
    const fields = draft.fields;
    const [gid, sid, revision] = textOf(record.rule)!.split(":");
    fields["event.kind"] = "alert";
    fields["observer.product"] = "Snort";
    fields["observer.type"] = "ids";
    const action = textOf(record.action);
    const stopped = action !== undefined && /drop|block|reject|reset/i.test(action);
    classify(fields, "intrusion_detection", stopped ? "denied" : "info");
    fields["event.action"] = stopped ? "dropped" : "detected";
    if (stopped) fields["event.outcome"] = "failure";
    fields["firebreak.raw.gid"] = gid!;
    fields["rule.id"] = sid!;
    fields["rule.version"] = revision!;
    putText(fields, "rule.name", record.msg);
    putText(fields, "rule.category", textOf(record.class) === "none" ? undefined : record.class);
    putInteger(fields, "event.severity", record.priority);
    const transport = transportOf(textOf(record.proto) ?? "");
    if (transport !== undefined) fields["network.transport"] = transport;
    putText(fields, "network.protocol", textOf(record.service) === "unknown" ? undefined : record.service);
    putText(fields, "observer.ingress.interface.name", record.iface);
    putMac(fields, "source.mac", record.eth_src);
    putMac(fields, "destination.mac", record.eth_dst);
    setAddressPort(fields, "source", textOf(record.src_ap) ?? textOf(record.src_addr) ?? "-");
    setAddressPort(fields, "destination", textOf(record.dst_ap) ?? textOf(record.dst_addr) ?? "-");
    putInteger(fields, "source.port", record.src_port);
    putInteger(fields, "destination.port", record.dst_port);
    draft.time = timeOf(record.seconds, context) ?? readStamp(textOf(record.timestamp) ?? "", context);
  },
};

/** "03/05-10:00:00.123456", "24/03/05-10:00:00.123456". */
function readStamp(text: string, context: Parameters<JsonProduct["read"]>[2]) {
  const match = /^(?:(\d\d)\/)?(\d\d)\/(\d\d)-(\d\d):(\d\d):(\d\d)\.(\d{1,9})$/.exec(text);
  if (!match) return undefined;
  const civil = {
    month: Number(match[2]),
    day: Number(match[3]),
    hour: Number(match[4]),
    minute: Number(match[5]),
    second: Number(match[6]),
    nanos: Number(match[7]!.padEnd(9, "0")),
  };
  return match[1] === undefined
    ? context.time.yearless(civil, text)
    : context.time.local({ ...civil, year: 2000 + Number(match[1]) }, text);
}
