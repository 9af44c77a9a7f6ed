import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { setUrl } from "../../ecs/url.ts";
import { readEpoch } from "../../infer/time-value.ts";
import { createClfDateReader } from "../../text/clf-date.ts";

/** "epoch.ms client referrer URL", the format "referrer". */
const referrer =
  /^(\d{9,10}\.\d{3}) ([0-9a-fA-F.:]{3,45}|[\w.-]{1,253}) (\S{1,8192}) ([a-z]{2,12}:\/\/\S{1,8192})$/;
/** `client [date] "user agent"`, the format "useragent". */
const userAgent =
  /^([0-9a-fA-F.:]{3,45}|[\w.-]{1,253}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:[^\]]{8,20})\] "([^"]{0,8192})"$/;

/** Squid's side logs: where requests came from, and what the clients call themselves. */
export const format = {
  kind: "line",
  name: "proxy/squid-headers",
  title: "Squid referrer and user agent logs",
  version: 1,
  notes:
    '`epoch.ms client referrer URL` (UTC) and `client [dd/Mon/yyyy:hh:mm:ss zone] "agent"` (the zone is in the record).',
  sniff: (line) => (referrer.test(line) || userAgent.test(line) ? 0.92 : 0),
  open(context) {
    const readDate = createClfDateReader(context.time);
    return { parse: (record) => readReferrer(record, context) ?? readAgent(record, readDate) };
  },
} satisfies LineFormat;

function readReferrer(record: string, context: ParseContext): EventDraft | undefined {
  const match = referrer.exec(record.trimEnd());
  if (!match) return undefined;
  const fields = newFields(match[2]!);
  if (match[3] !== "-") fields["http.request.referrer"] = match[3]!;
  setUrl(fields, match[4]!);
  addRelated(fields);
  const time = readEpoch(match[1]!, context.time);
  return time ? { dataset: "proxy/squid", time, fields } : { dataset: "proxy/squid", fields };
}

function readAgent(record: string, readDate: ReturnType<typeof createClfDateReader>): EventDraft | undefined {
  const match = userAgent.exec(record.trimEnd());
  if (!match) return undefined;
  const fields = newFields(match[1]!);
  if (match[3] !== "-" && match[3] !== "") fields["user_agent.original"] = match[3]!;
  addRelated(fields);
  const time = readDate(match[2]!);
  return time ? { dataset: "proxy/squid", time, fields } : { dataset: "proxy/squid", fields };
}

function newFields(client: string): Fields {
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["web"],
    "event.type": ["access"],
    "observer.product": "Squid",
    "observer.type": "proxy",
  };
  setEndpoint(fields, "source", client);
  return fields;
}
