import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../ecs/endpoint.ts";
import { noFields } from "../ecs/shape.ts";
import { setUrl } from "../ecs/url.ts";
import { integerOf } from "../text/numbers.ts";
import { splitQuoted } from "../text/quoted.ts";

/** `[time] "user" client status "GET url HTTP/1.1" "category" "reputation" "type" bytes-to-client bytes-from-client "agent" "virus" "block reason" …`. */
const row = /^\[(\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "[^"]*" [\da-fA-F.:]{2,45} \d{3} "/;

/** True for the default access log of McAfee (Skyhigh) Web Gateway. Cheap. */
export function isWebGatewayRow(text: string): boolean {
  return row.test(text);
}

/** Its fields and its recorded time; undefined when the text is none. */
export function readWebGatewayRow(text: string): { stamp: string; fields: Fields } | undefined {
  const match = row.exec(text);
  if (!match) return undefined;
  const cells = splitQuoted(text, match[1]!.length + 2, 40);
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "McAfee",
    "observer.product": "Web Gateway",
    "observer.type": "proxy",
    "event.category": ["web"],
    "event.type": ["access"],
  };
  const [user, client, status, request, category, risk, mime, sent, received, agent, virus, block] = cells;
  if (user) fields["user.name"] = user;
  setEndpoint(fields, "source", client ?? "");
  const code = integerOf(status ?? "");
  if (code !== undefined) {
    fields["http.response.status_code"] = code;
    fields["event.outcome"] = Number(code) < 400 ? "success" : "failure";
  }
  const parts = /^(\S+) (\S+)(?: HTTP\/([\d.]+))?$/.exec(request ?? "");
  if (parts) {
    fields["http.request.method"] = parts[1]!;
    setUrl(fields, parts[2]!, parts[1] === "CONNECT");
    if (parts[3] !== undefined) fields["http.version"] = parts[3];
  }
  if (category) fields["rule.category"] = category;
  if (risk) fields["firebreak.raw.reputation"] = risk;
  if (mime) fields["http.response.mime_type"] = mime;
  setBytes(fields, "destination.bytes", sent);
  setBytes(fields, "source.bytes", received);
  if (agent) fields["user_agent.original"] = agent;
  if (virus) {
    fields["rule.name"] = virus;
    fields["event.kind"] = "alert";
    fields["event.category"] = ["malware", "web"];
  }
  const stopped = block !== undefined && /^\d+$/.test(block) && block !== "0";
  fields["event.action"] = stopped ? "blocked" : "allowed";
  fields["event.type"] = ["access", stopped ? "denied" : "allowed"];
  if (stopped) fields["firebreak.raw.block_reason"] = block;
  return { stamp: match[1]!, fields };
}

function setBytes(fields: Fields, name: string, text: string | undefined): void {
  const number = integerOf(text ?? "");
  if (number !== undefined) fields[name] = number;
}
