import type { Fields } from "@firebreak/model/event";
import { addAddressCopies } from "./address-copies.ts";
import { splitCommandLine } from "./command-line.ts";
import { lastPart } from "./parts.ts";

/** Directories whose published mappings put the part before the "@" into `user.name` and keep the whole in `user.email`. */
const splitLogins = /^(?:azure|m365|google-workspace|mail|cloud\/zscaler|defender)\b/;

/**
 * Completes an event for a reader of ECS: copies of addresses, the arguments of a command line, the short name of a login. For documents
 * that leave the tool. Inside a login stays whole, since the directory is part of who somebody is, and nothing is held twice.
 */
export function completeDocument(fields: Fields, dataset: string): void {
  addAddressCopies(fields);
  addNames(fields);
  addArguments(fields, "process");
  addArguments(fields, "process.parent");
  if (fields["network.protocol"] === "dns") copyRoles(fields);
  if (dataset === "aws/cloudtrail") nameRole(fields);
  if (dataset === "m365/audit") nameTenant(fields);
  if (dataset === "linux/accounts") nameAccount(fields);
  if (!splitLogins.test(dataset)) return;
  shortenLogin(fields, "user");
  shortenLogin(fields, "user.target");
}

/** The name of a program from its path, the whole URL from what was recorded of it. */
function addNames(fields: Fields): void {
  for (const prefix of ["process", "process.parent"]) {
    const path = fields[`${prefix}.executable`];
    if (typeof path === "string") fields[`${prefix}.name`] ??= lastPart(path);
  }
  const url = fields["url.original"];
  if (typeof url === "string" && /^[a-z][a-z0-9+.-]{1,11}:\/\//i.test(url)) fields["url.full"] ??= url;
}

/** Who asks a name server is its client. */
function copyRoles(fields: Fields): void {
  for (const [role, side] of [
    ["client", "source"],
    ["server", "destination"],
  ]) {
    for (const part of ["ip", "port", "address", "domain"]) {
      const value = fields[`${side}.${part}`];
      if (value !== undefined) fields[`${role}.${part}`] ??= value;
    }
  }
}

/**
 * A session of an assumed role is named by whoever began it, the role by the account: the published mapping takes the role's name, and
 * the session's stays behind the colon of `user.id`.
 */
function nameRole(fields: Fields): void {
  const [role] = Array.isArray(fields["user.roles"]) ? fields["user.roles"] : [];
  const id = fields["user.id"];
  if (typeof role === "string" && typeof id === "string" && id.endsWith(`:${String(fields["user.name"])}`))
    fields["user.name"] = role;
}

/** The published mapping of Microsoft 365 takes the tenant for the host that was used. */
function nameTenant(fields: Fields): void {
  const id = fields["organization.id"];
  if (id !== undefined) fields["host.id"] ??= id;
  const email = fields["user.email"];
  const name = fields["organization.name"] ?? (typeof email === "string" ? email.split("@")[1] : undefined);
  if (name !== undefined) fields["host.name"] ??= name;
}

/** Account tools rarely say who ran them: the published mapping names the account that they are about. */
function nameAccount(fields: Fields): void {
  if (fields["user.name"] !== undefined) return;
  for (const part of ["name", "id"]) {
    const value = fields[`user.target.${part}`];
    if (value !== undefined) fields[`user.${part}`] = value;
  }
}

function addArguments(fields: Fields, prefix: string): void {
  const line = fields[`${prefix}.command_line`];
  if (typeof line !== "string" || fields[`${prefix}.args`] !== undefined) return;
  const words = splitCommandLine(line);
  if (words === undefined || words.length === 0) return;
  fields[`${prefix}.args`] = words;
  fields[`${prefix}.args_count`] = words.length;
}

function shortenLogin(fields: Fields, prefix: string): void {
  const name = fields[`${prefix}.name`];
  if (typeof name !== "string" || name !== fields[`${prefix}.email`]) return;
  const at = name.lastIndexOf("@");
  if (at <= 0) return;
  fields[`${prefix}.name`] = name.slice(0, at);
  fields[`${prefix}.domain`] ??= name.slice(at + 1);
}
