import type { Fields } from "@firebreak/model/event";
import { rawField } from "../../ecs/raw.ts";
import { inferPairs } from "../../infer/pairs.ts";
import { classify } from "../../network/classify.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";

/** What products call the kind of their event. */
function labelOf(fields: Fields): string {
  return ["type", "subtype", "cat", "category", "log_type", "event", "eventtype", "msg", "message", "note"]
    .map((name) => textOf(fields[rawField(name)]) ?? "")
    .join(" ")
    .trim()
    .slice(0, 500);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const fewestPairs = 4;

/** True when a mark stands in a text as often as pairs are needed. Cheap: most messages of services hold none. */
function holds(message: string, mark: string): boolean {
  let at = -1;
  for (let count = 0; count < fewestPairs; count++) {
    at = message.indexOf(mark, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Fields that make a message worth reading as pairs: without one of them it is prose with a few settings in it. */
const telling = ["source.ip", "destination.ip", "user.name", "url.original", "url.domain", "source.mac"];

/** `name=value` messages of products that nobody has a table for: what the names mean, with a confidence. */
export const payload = {
  name: "generic/logfmt",
  title: "key=value messages within syslog",
  programs: [],
  fallback: true,
  accepts: (message) => holds(message, "=") || holds(message, ": "),
  parse(message, envelope, context) {
    const inference = inferPairs(message, context, fewestPairs);
    if (inference === undefined || !telling.some((name) => inference.fields[name] !== undefined))
      return undefined;
    const { fields, time } = inference.finish("generic/logfmt");
    classify(fields, labelOf(fields), textOf(fields["event.action"]));
    // The envelope's time is the device's; the pairs' is better only where it states its zone.
    const better = time !== undefined && (envelope.time === undefined || time.zoneSource === "in-record");
    return better ? { dataset: "generic/logfmt", fields, time } : { dataset: "generic/logfmt", fields };
  },
} satisfies SyslogPayload;
