import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { noFields } from "../../ecs/shape.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/netscreen";

export const payload = {
  name: dataset,
  title: "Juniper NetScreen (ScreenOS)",
  programs: [],
  accepts: (message) => message.includes("NetScreen device_id="),
  parse,
} satisfies SyslogPayload;

const known = dictionary({
  device_id: "observer.serial_number",
  src: "source.ip:ip",
  dst: "destination.ip:ip",
  src_port: "source.port:port",
  dst_port: "destination.port:port",
  proto: "network.transport:transport",
  policy_id: "rule.id",
  sent: "source.bytes:integer",
  rcvd: "destination.bytes:integer",
  "src zone": "observer.ingress.zone",
  "dst zone": "observer.egress.zone",
});

/** "src-xlated ip=… port=…": the port belongs to the address before it. */
const translated = dictionary({
  "source.ip": "source.nat.ip:ip",
  "source.port": "source.nat.port:port",
  "destination.ip": "destination.nat.ip:ip",
  "destination.port": "destination.nat.port:port",
});

/** Names hold one space ("src zone"), values may too ("service=msrpc Endpoint Mapper(tcp)"): a value ends before the next known name. */
const pair =
  /(device_id|start_time|duration|policy_id|service|proto|src zone|dst zone|action|sent|rcvd|src|dst|src_port|dst_port|session_id|reason|src-xlated ip|dst-xlated ip|port|icmp type)=("[^"]*"|.*?)(?= +(?:\[[^\]]{1,40}\]system|device_id|start_time|duration|policy_id|service|proto|src zone|dst zone|action|sent|rcvd|src|dst|src_port|dst_port|session_id|reason|src-xlated ip|dst-xlated ip|port|icmp type)[=-]|\s*$)/g;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const start = message.indexOf("NetScreen device_id=");
  if (start < 0) return undefined;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Juniper",
    "observer.product": "NetScreen",
    "observer.type": "firewall",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const code = /system-(\w+)-(\d{5})(?:\((\w+)\))?/.exec(message);
  if (code) {
    fields["log.level"] = code[1]!;
    fields["event.code"] = code[2]!;
  }
  let action = "";
  let side = "";
  for (const match of message.slice(start, start + 4000).matchAll(pair)) {
    const value = match[2]!.replace(/^"|"$/g, "").trim();
    if (match[1] === "action") action = value;
    else if (match[1] === "duration") setSeconds(fields, value);
    else if (match[1]!.endsWith("-xlated ip")) {
      side = match[1]!.startsWith("src") ? "source" : "destination";
      assign(fields, translated, `${side}.ip`, value);
    } else if (match[1] === "port" && side !== "") assign(fields, translated, `${side}.port`, value);
    else assign(fields, known, match[1]!, value);
  }
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  const verdict = connectionVerdict(action);
  if (verdict !== undefined) setVerdict(fields, verdict, action);
  addTotals(fields);
  return { dataset, fields };
}
