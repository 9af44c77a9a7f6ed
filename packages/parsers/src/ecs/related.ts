import type { Fields, FieldValue } from "@firebreak/model/event";
import { wrapLists } from "./lists.ts";

const ipFields = [
  "source.ip",
  "destination.ip",
  "client.ip",
  "server.ip",
  "host.ip",
  "source.nat.ip",
  "destination.nat.ip",
  "network.forwarded_ip",
  "dns.resolved_ip",
];
const userFields = [
  "user.name",
  "user.target.name",
  "user.effective.name",
  "user.email",
  "user.target.email",
];
const hostFields = [
  "host.name",
  "host.hostname",
  "source.domain",
  "destination.domain",
  "url.domain",
  "dns.question.name",
];
const hashFields = [
  "file.hash.md5",
  "file.hash.sha1",
  "file.hash.sha256",
  "process.hash.md5",
  "process.hash.sha1",
  "process.hash.sha256",
];

/**
 * The last step of every event: lists where ECS has lists, then `related.ip`, `related.user`, `related.hosts` and `related.hash`
 * from the fields that are set, without doubles.
 */
export function addRelated(fields: Fields): void {
  wrapLists(fields);
  gather(fields, "related.ip", ipFields);
  gather(fields, "related.user", userFields);
  gather(fields, "related.hosts", hostFields);
  gather(fields, "related.hash", hashFields);
}

function gather(fields: Fields, target: string, names: readonly string[]): void {
  let found: string[] | undefined;
  for (const name of names) {
    const value: FieldValue | undefined = fields[name];
    if (value === undefined || value === "") continue;
    if (typeof value === "string") {
      if (found === undefined) found = [value];
      else if (!found.includes(value)) found.push(value);
    } else if (Array.isArray(value)) {
      found ??= [];
      for (const one of value as readonly string[]) if (!found.includes(one)) found.push(one);
    }
  }
  if (found === undefined || found.length === 0) return;
  const present = fields[target];
  if (Array.isArray(present)) {
    for (const one of present as readonly string[]) if (!found.includes(one)) found.push(one);
  }
  fields[target] = found;
}
