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
