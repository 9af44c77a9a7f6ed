import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../../ecs/ip.ts";
import { present, setAccount, setFilePath } from "./steps.ts";

/**
 * SQL Server writes its message parameters as unnamed data; messages and parameters alike hold the client as
 * ` [CLIENT: 192.0.2.7]` and the account in quotes.
 */
export function sqlLogin(fields: Fields): void {
  const data = fields["winlog.event_data.Data"];
  const text = Array.isArray(data) ? data.join(" ") : (present(data) ?? "");
  const message = present(fields.message) ?? "";
  const all = text.length + message.length > 16_384 ? "" : `${message} ${text}`;
  const user =
    /user '([^']{1,256})'/i.exec(message)?.[1] ?? (Array.isArray(data) ? String(data[0] ?? "") : "");
  if (user !== "") setAccount(fields, "user", user);
  const client = /\[CLIENT: ?([^\]]{1,128})\]/.exec(all)?.[1];
  if (client !== undefined) {
    const address = cleanIp(client.trim());
    if (address !== undefined) fields["source.ip"] = address;
    else fields["source.address"] = client.trim();
  }
  const reason = /Reason: ([^[\r\n]{1,500})/.exec(all)?.[1]?.trim();
  if (reason !== undefined && reason !== "") fields["event.reason"] = reason;
}

/** 823 and 824: "… in file 'D:\data\orders.mdf'"; the path is in quotes in the message, bare in the data. */
export function sqlError(fields: Fields): void {
  const message = present(fields.message) ?? "";
  const data = fields["winlog.event_data.Data"];
  const parts = Array.isArray(data) ? data.map(String) : typeof data === "string" ? [data] : [];
  const path =
    /(?:in file|file) '([^']{3,512})'/.exec(message.slice(0, 8192))?.[1] ??
    parts.find((part) => part.length < 512 && /^(?:[A-Za-z]:|\\)\\.*\.(?:mdf|ndf|ldf)$/i.test(part));
  if (path !== undefined) setFilePath(fields, path);
}

const auditPair = /^([a-z_]{3,40}):(.*)$/;

/** 33205: an audit record of SQL Server as `name:value` lines, in the data or the message (Microsoft, "SQL Server Audit Records"). */
export function sqlAudit(fields: Fields): void {
  const data = fields["winlog.event_data.Data"];
  const recorded = Array.isArray(data) ? String(data[0] ?? "") : present(data);
  const text = (recorded ?? present(fields.message) ?? "").slice(0, 65_536);
  const held = new Map<string, string>();
  for (const line of text.replace(/^Audit event: ?/, "").split(/\r?\n/, 200)) {
    const match = auditPair.exec(line);
    if (match !== null && match[2]!.trim() !== "") held.set(match[1]!, match[2]!.trim());
  }
  const action = held.get("action_id");
  if (action !== undefined) fields["event.action"] = action;
  const succeeded = held.get("succeeded");
  if (succeeded !== undefined)
    fields["event.outcome"] = /^(?:true|1)$/i.test(succeeded) ? "success" : "failure";
  const user = held.get("server_principal_name") ?? held.get("session_server_principal_name");
  if (user !== undefined) setAccount(fields, "user", user);
  const target = held.get("target_server_principal_name");
  if (target !== undefined) setAccount(fields, "user.target", target);
  const client =
    held.get("client_ip") ??
    /\[CLIENT: ?([^\]]{1,128})\]|<address>([^<]{1,128})<\/address>/.exec(text)?.slice(1).find(Boolean);
  const address = cleanIp((client ?? "").trim());
  if (address !== undefined) fields["source.ip"] = address;
  if (action === undefined || !/^(?:LG|AUSC|DB(?:AS|AF))/.test(action)) return;
  fields["event.category"] = ["authentication", "database"];
  fields["event.type"] = [action.startsWith("LGO") ? "end" : "start"];
}
