import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
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

/** The time of an alert of Snort or Suricata, with the blanks behind it. */
export const snortStamp =
  /^(?:(\d{2,4})\/)?(\d\d)\/(\d\d)(?:\/(\d{2,4}))?-(\d\d):(\d\d):(\d\d)\.(\d{1,9})\s+/;

/** "MM/DD-" (Snort), "MM/DD/YY-" (snort -y), "MM/DD/YYYY-" (Suricata), "YY/MM/DD-" where the first number can be no month. */
export function readSnortStamp(match: RegExpExecArray, context: ParseContext): EventTime | undefined {
  let [year, month, day] = [match[1] ?? match[4], match[2]!, match[3]!];
  if (match[4] === undefined && match[1] !== undefined && match[1].length === 2 && Number(match[1]) <= 12) {
    // Three two-digit numbers that begin with a possible month: month, day, year.
    [month, day, year] = [match[1], match[2]!, match[3]!];
  }
  const original = match[0].trim();
  const civil = {
    month: Number(month),
    day: Number(day),
    hour: Number(match[5]),
    minute: Number(match[6]),
    second: Number(match[7]),
    nanos: Number(match[8]!.padEnd(9, "0")),
  };
  if (year === undefined) return context.time.yearless(civil, original);
  return context.time.local(
    { ...civil, year: year.length === 2 ? 2000 + Number(year) : Number(year) },
    original,
  );
}
