import type { Fields } from "@firebreak/model/event";
import { setAddressPort } from "../ecs/endpoint.ts";
import { noFields } from "../ecs/shape.ts";
import { transportOf } from "../ecs/transport.ts";

/** `[1:2100498:7] message [Classification: x] [Priority: 2] {TCP} a:p -> b:p`, with or without the "[**]" around. */
const start = /^(?:\[(Drop|wDrop|Blocked)\] )?(?:\[\*\*\] )?\[(\d+):(\d+):(\d+)\] ?/;
/** What may stand between the message and the two ends. */
const tail =
  /^(.*?) ?(?:\[\*\*\] ?)?(?:\[Classification: ?([^\]]*)\]:? ?)?(?:\[Priority: (\d+)\]:? ?)?(?:<[^>]*> ?)?(?:[<{]([\w:-]+)[>}] )?$/;
/** Longest text that is searched for where the message ends: every start of it is tried. */
const maxTailChars = 600;

/** True for the text of an alert of Snort or Suricata ("alert_fast", "alert_syslog", fast.log). */
export function isAlert(text: string): boolean {
  return start.test(text) && splitEnds(text) !== undefined;
}

/** "… a:p -> b:p" cut at its last arrow: linear, however long the message is. */
function splitEnds(text: string): { message: string; source: string; destination: string } | undefined {
  const arrow = text.lastIndexOf(" -> ");
  if (arrow < 0) return undefined;
  const destination = text.slice(arrow + 4).trimEnd();
  const from = text.lastIndexOf(" ", arrow - 1) + 1;
  const source = text.slice(from, arrow);
  if (source === "" || destination === "" || /\s/.test(destination)) return undefined;
  return { message: text.slice(0, from), source, destination };
}

/** Reads the text of an alert; undefined when it is none. */
export function readAlert(text: string): Fields | undefined {
  const head = start.exec(text);
  const ends = head && splitEnds(text);
  if (!ends || ends.message.length < head[0].length) return undefined;
  const cut = Math.max(head[0].length, ends.message.length - maxTailChars);
  const match = tail.exec(ends.message.slice(cut));
  if (!match) return undefined;
  const dropped = head[1] === "Drop" || head[1] === "Blocked";
  const name = (ends.message.slice(head[0].length, cut) + match[1]!).replace(/^"|"$/g, "");
  const fields: Fields = {
    ...noFields,
    "event.kind": "alert",
    "event.category": ["intrusion_detection", "network"],
    "event.type": [dropped ? "denied" : "info"],
    "event.action": dropped ? "dropped" : "detected",
    "rule.id": head[3]!,
    "rule.version": head[4]!,
    "firebreak.raw.gid": head[2]!,
  };
  if (dropped) fields["event.outcome"] = "failure";
  if (name !== "") {
    fields["rule.name"] = name;
    fields.message = name;
  }
  if (match[2]) fields["rule.category"] = match[2];
  if (match[3]) fields["event.severity"] = Number(match[3]);
  if (match[4]) {
    const transport = transportOf(match[4].replace(/^PROTO:0*/, ""));
    if (transport !== undefined) fields["network.transport"] = transport;
    else fields["firebreak.raw.protocol"] = match[4];
  }
  setAddressPort(fields, "source", ends.source);
  setAddressPort(fields, "destination", ends.destination);
  return fields;
}
