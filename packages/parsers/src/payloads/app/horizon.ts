import type { Fields } from "@firebreak/model/event";
import { setAccount } from "../../ecs/account.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { readStructuredData } from "../../formats/syslog/rfc5424-header.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "vmware/horizon";

/** Omnissa (VMware) Horizon: all that an event is about stands in structured data of its own, `[View@6876 EventType="…" …]`. */
export const payload = {
  name: dataset,
  title: "VMware (Omnissa) Horizon events",
  programs: ["view", "horizon"],
  parse,
} satisfies SyslogPayload;

function parse(message: string): PayloadDraft | undefined {
  const at = message.indexOf("[View@");
  if (at < 0 || at > 64) return undefined;
  const told = new Map<string, string>();
  const fields: Fields = { "event.kind": "event" };
  const end = readStructuredData(message, at, (_element, name, value) => {
    told.set(name.toLowerCase(), value);
    fields[`firebreak.raw.${name}`] = value;
  });
  const type = told.get("eventtype");
  if (type === undefined) return undefined;
  const text = message.slice(end).trim();
  if (text !== "") fields.message = text;
  fields["event.code"] = type;
  fields["event.action"] = kebabCase(type);
  const severity = told.get("severity") ?? "";
  if (severity === "AUDIT_SUCCESS") fields["event.outcome"] = "success";
  if (severity === "AUDIT_FAIL") fields["event.outcome"] = "failure";
  const kind = kindOf(type);
  fields["event.category"] = [kind[0]];
  fields["event.type"] = [kind[1]];
  const user = told.get("userdisplayname") ?? told.get("username");
  if (user) setAccount(fields, user);
  const sid = told.get("usersid");
  if (sid) fields["user.id"] = sid;
  const client =
    told.get("forwardedclientipaddress") ?? told.get("clientipaddress") ?? told.get("client_ip_address");
  if (client) setEndpoint(fields, "source", client);
  const node = told.get("node");
  if (node) fields["host.name"] = node;
  const machine = told.get("machinename");
  if (machine) fields["destination.domain"] = machine;
  const module = told.get("module");
  if (module) fields["service.name"] = module;
  return { dataset, fields };
}

function kindOf(type: string): readonly [category: string, type: string] {
  if (/LOGGEDOUT|LOGOFF/.test(type)) return ["authentication", "end"];
  if (/AUTH|LOGGEDIN|LOGIN|LOGON/.test(type)) return ["authentication", "start"];
  if (/DISCONNECTED|ENDED/.test(type)) return ["session", "end"];
  if (/CONNECTED|STARTED|REQUEST/.test(type)) return ["session", "start"];
  return type.startsWith("ADMIN") || type.startsWith("VLSI") ? ["configuration", "change"] : ["host", "info"];
}
