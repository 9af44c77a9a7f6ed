import type { Fields } from "@firebreak/model/event";
import { addAddressCopies } from "./address-copies.ts";
import { splitCommandLine } from "./command-line.ts";
import { lastPart } from "./parts.ts";
import { publishedNames } from "./published.ts";

/** Directories whose published mappings put the part before the "@" into `user.name` and keep the whole in `user.email`. */
const splitLogins = /^(?:azure|m365|google-workspace|mail|cloud\/zscaler|defender)\b/;

/**
 * Completes an event for a reader of ECS: copies of addresses, the arguments of a command line, the short name of a login, names by
 * published mappings. For documents that leave the tool. Inside a login stays whole, since the directory is part of who somebody is, and nothing is held twice.
 */
export function completeDocument(fields: Fields, dataset: string): void {
  if (Object.hasOwn(publishedNames, dataset)) publishedNames[dataset]!(fields);
  addAddressCopies(fields);
  addNames(fields);
  addArguments(fields, "process");
  addArguments(fields, "process.parent");
  if (fields["network.protocol"] === "dns") copyRoles(fields);
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
