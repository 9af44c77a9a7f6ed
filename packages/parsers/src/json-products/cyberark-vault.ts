import type { Fields } from "@firebreak/model/event";
import { setOutcome } from "../ecs/parts.ts";
import { holds, product } from "../json/define.ts";
import { isJsonObject, type JsonObject } from "../json/parse.ts";
import { at, putAddress, putInteger, textOf } from "../json/product.ts";

/**
 * What the vault's message numbers stand for: category, type, outcome ("" is the CPM's own status), whom it is about: "account" the account
 * whose secret it is, "managed" the same as a change, "source" the SourceUser, "session" the ends of a recorded session.
 */
type Kind = "" | "account" | "managed" | "source" | "session" | "gateway";
const messages: Record<string, readonly [category: string, type: string, outcome: string, kind: Kind]> = {
  "4": ["authentication", "start", "failure", ""],
  "7": ["authentication session", "start", "success", ""],
  "8": ["authentication session", "end", "success", ""],
  "19": ["network", "start", "success", "gateway"],
  "22": ["iam", "admin info", "", "account"],
  "24": ["iam", "user change", "", "managed"],
  "31": ["iam", "user change", "", "managed"],
  "32": ["iam", "admin change", "success", "source"],
  "33": ["iam", "admin change", "success", "source"],
  "38": ["iam", "admin info", "failure", "account"],
  "57": ["iam", "user change", "failure", "managed"],
  "60": ["iam", "user change", "failure", "managed"],
  "130": ["iam", "user change", "failure", "managed"],
  "173": ["iam", "user creation", "success", "source"],
  "174": ["iam", "user change", "success", "source"],
  "175": ["iam", "user change", "success", "source"],
  "176": ["iam", "user deletion", "success", "source"],
  "177": ["iam", "user deletion", "success", "source"],
  "180": ["iam", "user creation", "success", "source"],
  "295": ["iam authentication", "admin start", "success", "account"],
  "300": ["session", "start", "success", "session"],
  "302": ["session", "end", "success", "session"],
  "308": ["iam authentication", "admin start", "", "account"],
  "309": ["authentication", "start", "failure", ""],
  "359": ["database", "access", "", "session"],
  "361": ["session", "info", "", "session"],
  "411": ["process", "access", "", "session"],
  "412": ["session", "info", "", "session"],
  "414": ["iam", "admin info", "", "account"],
  "428": ["iam authentication", "admin start", "success", "account"],
};
const actions: Record<string, string> = {
  "4": "authentication_failure",
  "7": "authentication_success",
  "309": "authentication_failure",
};

/** CyberArk Vault audit as its JSON translator writes it: the record's own time with zone, else the header's. */
export const cyberArkVault = product({
  name: "cyberark/vault",
  title: "CyberArk Vault audit (JSON)",
  recognises: holds("syslog.audit_record"),
  time: ["syslog.audit_record.IsoTimestamp", "syslog.audit_record.Timestamp"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.code", "syslog.audit_record.MessageID"],
    [
      "lower",
      "event.action",
      "syslog.audit_record.Action",
      "syslog.audit_record.Message",
      "syslog.audit_record.Desc",
    ],
    ["text", "event.reason", "syslog.audit_record.Reason"],
    ["lower", "log.level", "syslog.audit_record.Severity"],
    ["host", "host.name", "syslog.audit_record.Hostname"],
    ["text", "user.name", "syslog.audit_record.Issuer"],
    ["address", "source", "syslog.audit_record.Station"],
    ["address", "destination", "syslog.audit_record.GatewayStation"],
    ["file", "file", "syslog.audit_record.File"],
    ["text", "message", "syslog.audit_record.Message"],
  ],
  finish(record, { fields }) {
    const audit = at(record, "syslog", "audit_record");
    if (!isJsonObject(audit)) return;
    const id = textOf(audit.MessageID) ?? "";
    const known = Object.hasOwn(messages, id) ? messages[id]! : undefined;
    const properties = propertiesOf(audit);
    fields["event.outcome"] = /fail|error|denied/i.test(String(fields["event.action"]))
      ? "failure"
      : "success";
    if (known === undefined) return;
    fields["event.category"] = known[0].split(" ");
    fields["event.type"] = known[1].split(" ");
    if (known[2] !== "") fields["event.outcome"] = known[2];
    else setOutcome(fields, properties.CPMStatus ?? "");
    if (Object.hasOwn(actions, id)) fields["event.action"] = actions[id]!;
    const reason = properties.CPMErrorDetails;
    if (reason !== undefined && known[2] === "failure") fields["event.reason"] = reason;
    putPeople(known[3], audit, properties, fields);
  },
});

function putPeople(kind: Kind, audit: JsonObject, properties: Record<string, string>, fields: Fields): void {
  const issuer = textOf(audit.Issuer);
  const other = textOf(audit.SourceUser);
  if (kind === "source" && other !== undefined) fields["user.target.name"] = other;
  if (kind === "gateway" && other !== undefined) {
    fields["user.name"] = other;
    fields["source.user.name"] = other;
    if (issuer !== undefined) fields["destination.user.name"] = issuer;
  }
  if (kind === "account" || kind === "managed") {
    putSide(fields, "destination", properties.Address);
    const name = properties.UserName;
    if (name !== undefined) fields[kind === "managed" ? "user.target.name" : "destination.user.name"] = name;
  }
  if ((kind === "account" || kind === "session") && issuer !== undefined) fields["source.user.name"] = issuer;
  if (kind === "session") putSession(audit, fields);
}

/** `Command=…;DstHost=…;Protocol=SSH;SrcHost=…;User=…`, with "\;" and "\=" within values. */
function putSession(audit: JsonObject, fields: Fields): void {
  const details: Record<string, string> = Object.create(null);
  for (const part of (textOf(audit.ExtraDetails) ?? "").split(/(?<!\\);/, 100)) {
    const equal = part.search(/(?<!\\)=/);
    if (equal > 0) details[part.slice(0, equal)] = part.slice(equal + 1).replace(/\\([;=])/g, "$1");
  }
  putSide(fields, "destination", details.DstHost);
  putSide(fields, "source", details.SrcHost);
  if (details.User) fields["destination.user.name"] = details.User;
  if (details.Protocol) fields["network.application"] = details.Protocol.toLowerCase();
  if (details.Command) fields["process.command_line"] = details.Command;
  if (details.ProcessName) fields["process.name"] = details.ProcessName;
  putInteger(fields, "process.pid", details.ProcessId);
}

function putSide(fields: Fields, side: string, address: string | undefined): void {
  if (address === undefined || address === "") return;
  for (const part of ["ip", "domain", "port"]) delete fields[`${side}.${part}`];
  putAddress(fields, side, address);
}

/** The account's properties: a list of names and values, or one of them. */
function propertiesOf(audit: JsonObject): Record<string, string> {
  const listed = at(audit, "CAProperties", "CAProperty");
  const found: Record<string, string> = Object.create(null);
  for (const one of Array.isArray(listed) ? listed.slice(0, 200) : [listed]) {
    const name = textOf(at(one, "Name"));
    const value = textOf(at(one, "Value"));
    if (name !== undefined && value !== undefined) found[name] = value;
  }
  return found;
}
