import type { Fields } from "@firebreak/model/event";
import { setAddressPort } from "../ecs/endpoint.ts";
import { transportOf } from "../ecs/transport.ts";

/** `[1:2100498:7] message [Classification: x] [Priority: 2] {TCP} a:p -> b:p`, with or without the "[**]" around. */
const alert =
  /^(?:\[(Drop|wDrop|Blocked)\] )?(?:\[\*\*\] )?\[(\d+):(\d+):(\d+)\] ?(.*?) ?(?:\[\*\*\] ?)?(?:\[Classification: ?([^\]]*)\]:? ?)?(?:\[Priority: (\d+)\]:? ?)?(?:<[^>]*> ?)?(?:[<{]([\w:-]+)[>}] )?(\S+) -> (\S+)\s*$/;

/** True for the text of an alert of Snort or Suricata ("alert_fast", "alert_syslog", fast.log). */
export function isAlert(text: string): boolean {
  return alert.test(text);
}

/** Reads the text of an alert; undefined when it is none. */
export function readAlert(text: string): Fields | undefined {
  const match = alert.exec(text);
  if (!match) return undefined;
  const dropped = match[1] === "Drop" || match[1] === "Blocked";
  const name = match[5]!.replace(/^"|"$/g, "");
  const fields: Fields = {
    "event.kind": "alert",
    "event.category": ["intrusion_detection", "network"],
    "event.type": [dropped ? "denied" : "info"],
    "event.action": dropped ? "dropped" : "detected",
    "rule.id": match[3]!,
    "rule.version": match[4]!,
    "firebreak.raw.gid": match[2]!,
  };
  if (dropped) fields["event.outcome"] = "failure";
  if (name !== "") {
    fields["rule.name"] = name;
    fields.message = name;
  }
  if (match[6]) fields["rule.category"] = match[6];
  if (match[7]) fields["event.severity"] = Number(match[7]);
  if (match[8]) {
    const transport = transportOf(match[8].replace(/^PROTO:0*/, ""));
    if (transport !== undefined) fields["network.transport"] = transport;
    else fields["firebreak.raw.protocol"] = match[8];
  }
  setAddressPort(fields, "source", match[9]!);
  setAddressPort(fields, "destination", match[10]!);
  return fields;
}
