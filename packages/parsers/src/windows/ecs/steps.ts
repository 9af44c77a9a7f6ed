import type { Fields, FieldValue } from "@firebreak/model/event";
import { fieldBelow } from "../../ecs/field-name.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { baseName, folderName, isPresent, splitAccount, windowsInteger } from "../text.ts";

/** One small move from recorded event data to ECS fields. Made once per table row, run once per event. */
export type Step = (fields: Fields) => void;

export const dataPrefix = "winlog.event_data.";

/** Names are event data; a leading "#" says user data: `#Param1`. */
const fullName = (name: string) =>
  name.startsWith("#") ? `winlog.user_data.${name.slice(1)}` : dataPrefix + name;

/** The recorded value as text, or undefined when it is absent or says nothing. */
export function present(value: FieldValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : String(value);
  return isPresent(text) ? text : undefined;
}

/** Copies the first of the named data that is present. */
export function copy(to: string, ...names: string[]): Step {
  const keys = names.map(fullName);
  return (fields) => {
    for (const key of keys) {
      const text = present(fields[key]);
      if (text !== undefined) {
        fields[to] = text;
        return;
      }
    }
  };
}

/** Copies several: `copies({ "user.name": "TargetUserName" })`. */
export function copies(map: Readonly<Record<string, string>>): Step[] {
  return Object.entries(map).map(([to, name]) => copy(to, name));
}

export function set(to: string, value: FieldValue): Step {
  return (fields) => {
    fields[to] = value;
  };
}

/** Writes `table[recorded]`, when the table knows the recorded value. */
export function look(to: string, name: string, table: ReadonlyMap<string, string>): Step {
  const key = fullName(name);
  return (fields) => {
    const value = fields[key];
    if (value === undefined) return;
    const meaning = table.get(String(value).toLowerCase());
    if (meaning !== undefined) fields[to] = meaning;
  };
}

/** An address; a name in its place ("LOCAL", a host name) goes to `otherwise` when given, else stays event data only. */
export function ip(to: string, name: string, otherwise?: string): Step {
  const key = fullName(name);
  return (fields) => {
    const text = present(fields[key]);
    if (text === undefined) return;
    const address = cleanIp(text.startsWith("\\\\") ? text.slice(2) : text);
    if (address !== undefined) fields[to] = address;
    else if (otherwise !== undefined && text !== "LOCAL") fields[otherwise] = text;
  };
}

/** A port; 0 means that none was recorded. */
export function port(to: string, name: string): Step {
  const key = fullName(name);
  return (fields) => {
    const value = fields[key];
    if (value === undefined) return;
    const number = windowsInteger(String(value), 65_535);
    if (number !== undefined && number !== 0) fields[to] = number;
  };
}

export function integer(to: string, ...names: string[]): Step {
  const keys = names.map(fullName);
  return (fields) => {
    for (const key of keys) {
      const value = fields[key];
      if (value === undefined) continue;
      const number = windowsInteger(String(value));
      // Process 0 stands for "none" in audit events.
      if (number !== undefined && !(number === 0 && to.endsWith(".pid"))) fields[to] = number;
      return;
    }
  };
}

/** Path of an executable: `<prefix>.executable` and `<prefix>.name`. */
export function executable(prefix: string, ...names: string[]): Step {
  const keys = names.map(fullName);
  const path = `${prefix}.executable`;
  const name = `${prefix}.name`;
  return (fields) => {
    for (const key of keys) {
      const text = present(fields[key]);
      if (text === undefined) continue;
      const base = baseName(text);
      if (base !== text) fields[path] = text;
      fields[name] = base;
      return;
    }
  };
}

/** Path of a file: `file.path`, `file.name`, `file.directory`, `file.extension`. */
export function filePath(name: string): Step {
  const key = fullName(name);
  return (fields) => {
    const text = present(fields[key]);
    if (text !== undefined) setFilePath(fields, text);
  };
}

export function setFilePath(fields: Fields, path: string): void {
  const base = baseName(path);
  const folder = folderName(path);
  fields["file.path"] = path;
  fields["file.name"] = base;
  if (folder !== undefined) fields["file.directory"] = folder;
  const dot = base.lastIndexOf(".");
  const extension = dot > 0 ? base.slice(dot + 1) : "";
  if (/^\w{1,16}$/.test(extension)) fields["file.extension"] = extension.toLowerCase();
}

/** Account in three data: `account("user", "TargetUserName", "TargetDomainName", "TargetUserSid")`. */
export function account(prefix: string, name: string, domain?: string, id?: string): Step {
  const nameKey = fullName(name);
  const domainKey = domain === undefined ? undefined : fullName(domain);
  const idKey = id === undefined ? undefined : fullName(id);
  const [toDomain, toId] = [`${prefix}.domain`, `${prefix}.id`];
  return (fields) => {
    const nameText = present(fields[nameKey]);
    // Some events repeat the domain in the name: `CORP\\ann`.
    if (nameText !== undefined) setAccount(fields, prefix, nameText);
    const domainText = domainKey === undefined ? undefined : present(fields[domainKey]);
    if (domainText !== undefined) fields[toDomain] = domainText;
    const idText = idKey === undefined ? undefined : present(fields[idKey]);
    // S-1-0-0 is the null SID: Windows writes it where no account was found.
    // Rendered messages may print a name in its place.
    if (idText?.startsWith("S-1-") && idText !== "S-1-0-0") fields[toId] = idText;
  };
}

/** Account in one datum, `DOMAIN\user`. */
export function domainAccount(prefix: string, ...names: string[]): Step {
  const keys = names.map(fullName);
  return (fields) => {
    for (const key of keys) {
      const text = present(fields[key]);
      if (text === undefined) continue;
      setAccount(fields, prefix, text);
      return;
    }
  };
}

export function setAccount(fields: Fields, prefix: string, text: string): void {
  if (text.charCodeAt(0) === 83 && text.startsWith("S-1-")) {
    fields[fieldBelow(prefix, "id")] = text;
    return;
  }
  const parts = splitAccount(text);
  fields[fieldBelow(prefix, "name")] = parts.name;
  if (parts.domain !== undefined && parts.domain !== "") fields[fieldBelow(prefix, "domain")] = parts.domain;
}

const hashNames = new Map([
  ["MD5", "md5"],
  ["SHA1", "sha1"],
  ["SHA256", "sha256"],
  ["SHA512", "sha512"],
]);

/** Sysmon's `MD5=…,SHA256=…,IMPHASH=…`: hashes in lower case below `<prefix>.hash`, the import hash below `<prefix>.pe`. */
export function hashes(prefix: string, name: string): Step {
  const key = fullName(name);
  return (fields) => {
    const text = present(fields[key]);
    if (text === undefined || text.length > 1024) return;
    for (const pair of text.split(",", 8)) {
      const at = pair.indexOf("=");
      if (at < 0) continue;
      const kind = pair.slice(0, at).trim().toUpperCase();
      const value = pair
        .slice(at + 1)
        .trim()
        .toLowerCase();
      if (/^0*$/.test(value)) continue;
      if (kind === "IMPHASH") fields[fieldBelow(prefix, "pe.imphash")] = value;
      else {
        const ecsName = hashNames.get(kind);
        if (ecsName !== undefined) fields[`${prefix}.hash.${ecsName}`] = value;
      }
    }
  };
}

/** Sets the outcome from a status code: all zero is success. */
export function outcomeFrom(name: string): Step {
  const key = fullName(name);
  return (fields) => {
    const text = present(fields[key]);
    if (text !== undefined) fields["event.outcome"] = /^(?:0x)?0+$/i.test(text) ? "success" : "failure";
  };
}

/** QueryResults is `type:  5 name;::ffff:192.0.2.1;`: the addresses become `dns.resolved_ip`. */
export function dnsAnswers(fields: Fields): void {
  const results = present(fields["winlog.event_data.QueryResults"]);
  if (results === undefined || results.length > 4096) return;
  const found: string[] = [];
  for (const part of results.split(";", 64)) {
    const address = cleanIp(part.trim());
    if (address !== undefined && !found.includes(address)) found.push(address);
  }
  if (found.length > 0) fields["dns.resolved_ip"] = found;
}
