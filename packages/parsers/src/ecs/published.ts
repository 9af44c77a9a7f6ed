import type { Fields } from "@firebreak/model/event";
import { nameSysmon } from "./published-sysmon.ts";

/**
 * Where the mapping that is published for a product names somebody otherwise than the store does, which keeps who did it apart from whom it
 * was done to. For documents that leave the tool, so that searches written for that mapping find them. By dataset.
 */
export const publishedNames: Readonly<Record<string, (fields: Fields) => void>> = {
  "aws/cloudtrail": nameRole,
  "m365/audit": nameTenant,
  "database/mysql": dateSlowQuery,
  "endpoint/sentinelone": nameThreat,
  "linux/accounts": nameAccount,
  "linux/auditd": nameLoginUser,
  "linux/sshd": nameAttempt,
  "linux/sysmon": nameSysmon,
  "web/iis": nameRequest,
  "windows/event-csv": nameSysmon,
  "windows/event-json": nameSysmon,
  "windows/event-syslog": nameSysmon,
  "windows/event-text": nameSysmon,
  "windows/event-xml": nameSysmon,
  "windows/evtx": nameSysmon,
};

/** A session of an assumed role is named by whoever began it, the role by the account; the session's name stays behind the colon of `user.id`. */
function nameRole(fields: Fields): void {
  const [role] = Array.isArray(fields["user.roles"]) ? fields["user.roles"] : [];
  const id = fields["user.id"];
  if (typeof role === "string" && typeof id === "string" && id.endsWith(`:${String(fields["user.name"])}`))
    fields["user.name"] = role;
}

/** The tenant of Microsoft 365 is taken for the host that was used. */
function nameTenant(fields: Fields): void {
  const id = fields["organization.id"];
  if (id !== undefined) fields["host.id"] ??= id;
  const email = fields["user.email"];
  const name = fields["organization.name"] ?? (typeof email === "string" ? email.split("@")[1] : undefined);
  if (name !== undefined) fields["host.name"] ??= name;
}

/** Account tools rarely say who ran them: the account that they are about is named. */
function nameAccount(fields: Fields): void {
  if (fields["user.name"] !== undefined) return;
  for (const part of ["name", "id"]) {
    const value = fields[`user.target.${part}`];
    if (value !== undefined) fields[`user.${part}`] = value;
  }
  const group = fields["user.target.group.id"];
  if (group !== undefined) fields["group.id"] ??= group;
}

const userSpace = /^(?:USER_(?!CMD)|CRED_|ACCT_|ADD_|DEL_|GRP_|CHUSER|CHGRP)/;

/** In records of user space the user is who once logged in (auid), the account that they name the one acted as. */
function nameLoginUser(fields: Fields): void {
  const group = fields["group.id"];
  if (group !== undefined) fields["user.group.id"] ??= group;
  const args = fields["process.args"];
  if (fields["firebreak.raw.type"] === "EXECVE" && Array.isArray(args) && args[0] !== undefined)
    fields["process.executable"] ??= args[0];
  if (!userSpace.test(String(fields["firebreak.raw.type"]))) return;
  const login = fields["firebreak.raw.auid"];
  if (typeof login === "string" && /^\d{1,9}$/.test(login)) fields["user.id"] = login;
  const account = fields["firebreak.raw.acct"];
  if (typeof account === "string") fields["user.effective.name"] ??= account;
}

/** The same attempt is told twice, and kept apart by its action in the store. */
function nameAttempt(fields: Fields): void {
  if (fields["event.action"] === "ssh-invalid-user") fields["event.action"] = "ssh_login";
}

/** IIS counts the bytes of whole messages, and the stem is what was asked for: the mapping takes them for bodies and the URL. */
function nameRequest(fields: Fields): void {
  for (const side of ["request", "response"]) {
    const bytes = fields[`http.${side}.bytes`];
    if (bytes !== undefined) fields[`http.${side}.body.bytes`] ??= bytes;
  }
  const path = fields["url.path"];
  if (path !== undefined) fields["url.original"] = path;
  const host = fields["url.domain"];
  if (host !== undefined) fields["destination.domain"] ??= host;
}

/** A slow query is logged when it is over; the mapping dates it by when it began. */
function dateSlowQuery(fields: Fields): void {
  const start = fields["event.start"];
  if (fields["event.action"] === "slow-query" && start !== undefined) fields["@timestamp"] = start;
}

/** A threat is a state that changes: the mapping dates by its last change, and names the engines that found it and who last logged in. */
function nameThreat(fields: Fields): void {
  const changed = fields["firebreak.raw.threatInfo.updatedAt"];
  if (typeof changed === "string" && /^\d{4}-\d\d-\d\dT[\d:.]{8,18}Z$/.test(changed))
    fields["@timestamp"] = changed;
  const engines = fields["firebreak.raw.threatInfo.engines"];
  if (Array.isArray(engines) && engines.length > 0) fields["event.action"] = engines.join(",");
  const login = fields["firebreak.raw.agentDetectionInfo.agentLastLoggedInUserName"];
  if (typeof login === "string" && login !== "") fields["user.name"] = login;
  const outside = fields["firebreak.raw.agentDetectionInfo.externalIp"];
  const known = fields["host.ip"];
  if (typeof outside !== "string" || outside === "") return;
  const own = Array.isArray(known) ? known.map(String) : [];
  if (!own.includes(outside)) fields["host.ip"] = [...own, outside];
}
