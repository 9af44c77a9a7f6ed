import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../ecs/endpoint.ts";
import { cleanIp } from "../ecs/ip.ts";
import { rawField } from "../ecs/raw.ts";
import { integerOf } from "../text/numbers.ts";
import { actionOf } from "./actions.ts";
import type { AuditRecord } from "./record.ts";
import { readSockaddr } from "./sockaddr.ts";
import { syscallName } from "./syscalls.ts";

const unset = new Set(["4294967295", "-1", "unset"]);
const maxArguments = 1000;

/**
 * Makes one event of the records that share a serial. Every recorded pair stays under `firebreak.raw.` (rules for auditd ask for `exe`, `a0`,
 * `key` …); a name that comes several times (PATH's `name`) becomes a list.
 */
export function auditEvent(records: readonly AuditRecord[]): Fields {
  const fields: Fields = {};
  const types = records.map((record) => record.type);
  const merged = new Map<string, string>();
  for (const record of records) {
    for (const [name, value] of record.pairs) {
      // What EXECVE calls a0 is the argument; SYSCALL's a0 is a register.
      if (record.type === "SYSCALL" && /^a[0-3]$/.test(name) && types.includes("EXECVE")) continue;
      addRaw(fields, name, value, merged.has(name));
      if (!merged.has(name)) merged.set(name, value);
    }
  }
  fields["firebreak.raw.type"] = types.length === 1 ? types[0]! : [...new Set(types)];
  setProcess(fields, merged);
  for (const record of records) {
    if (record.type === "EXECVE") setArguments(fields, record.pairs);
    else if (record.type === "SOCKADDR") setAddress(fields, record.pairs, merged);
  }
  setPath(fields, records);
  setFlow(fields, merged);
  setUsers(fields, merged);
  setOutcome(fields, merged);
  const call = callOf(merged);
  if (call !== undefined) fields["firebreak.raw.SYSCALL"] = call;
  const action = actionOf(types, call);
  fields["event.action"] =
    action?.action ?? (types.includes("SYSCALL") && call ? call : types[0]!).toLowerCase();
  fields["event.category"] = action?.category ?? ["host"];
  fields["event.type"] = action?.type ?? ["info"];
  if (types.some((type) => type.startsWith("ANOM_"))) fields["event.kind"] = "alert";
  if (fields["event.outcome"] === "failure" && action?.action === "user_login")
    fields["event.type"] = ["info"];
  if (action?.category[0] === "iam") moveTarget(fields, merged);
  const node = records[0]!.node;
  if (node !== undefined) fields["host.name"] = node;
  return fields;
}

/** The name of the system call: beside its number in enriched records, in its place in interpreted ones. */
function callOf(merged: ReadonlyMap<string, string>): string | undefined {
  const recorded = merged.get("syscall");
  if (recorded !== undefined && /^[a-z_]/.test(recorded)) return recorded;
  return merged.get("SYSCALL") ?? syscallName(merged.get("arch"), recorded);
}

function addRaw(fields: Fields, name: string, value: string, again: boolean): void {
  const field = rawField(name);
  const present = fields[field];
  if (!again || present === undefined) fields[field] = value;
  else if (Array.isArray(present)) {
    if (present.length < 100 && !present.includes(value)) fields[field] = [...present, value];
  } else if (present !== value) fields[field] = [present as string, value];
}

function setProcess(fields: Fields, merged: ReadonlyMap<string, string>): void {
  putInteger(fields, "process.pid", merged.get("pid"));
  putInteger(fields, "process.parent.pid", merged.get("ppid"));
  put(fields, "process.name", merged.get("comm"));
  put(fields, "process.executable", merged.get("exe"));
  put(fields, "process.working_directory", merged.get("cwd"));
  const tty = merged.get("tty") ?? merged.get("terminal");
  put(fields, "firebreak.raw.tty", tty);
  put(fields, "rule.name", merged.get("key"));
  put(fields, "service.name", merged.get("unit"));
  const title = merged.get("proctitle");
  put(fields, "process.title", title);
  const command = merged.get("cmd") ?? title;
  put(fields, "process.command_line", command);
  if (fields["process.name"] === undefined && typeof fields["process.executable"] === "string")
    fields["process.name"] = fields["process.executable"].slice(
      fields["process.executable"].lastIndexOf("/") + 1,
    );
}

/** a0, a1, …; a long one comes in pieces: a1[0], a1[1]. */
function setArguments(fields: Fields, pairs: ReadonlyMap<string, string>): void {
  const words: string[] = [];
  for (let i = 0; i < maxArguments; i++) {
    let word = pairs.get(`a${i}`);
    if (word === undefined) {
      for (let piece = 0; piece < maxArguments; piece++) {
        const next = pairs.get(`a${i}[${piece}]`);
        if (next === undefined) break;
        word = (word ?? "") + next;
      }
    }
    if (word === undefined) {
      // An empty argument is written as a pair of quotes, which reads as absent: argc tells that more follow.
      if (i >= Number(pairs.get("argc") ?? 0)) break;
      word = "";
    }
    words.push(word);
  }
  if (words.length === 0) return;
  fields["process.args"] = words;
  fields["process.args_count"] = words.length;
  fields["process.command_line"] = words.join(" ");
  const name = words[0]!.slice(words[0]!.lastIndexOf("/") + 1);
  if (name !== "") fields["process.name"] ??= name;
}

function setAddress(
  fields: Fields,
  pairs: ReadonlyMap<string, string>,
  merged: ReadonlyMap<string, string>,
): void {
  const read = readSockaddr(pairs.get("saddr") ?? "");
  if (read?.path !== undefined) fields["firebreak.raw.socket_path"] = read.path;
  if (read?.address === undefined) return;
  const call = callOf(merged);
  const side = call?.startsWith("accept") ? "source" : "destination";
  setEndpoint(fields, side, read.address, String(read.port));
}

/** Cryptographic sessions tell both ends (`rport`, `laddr`, `lport`), IPsec events the traffic that they are about (`src`, `dst`). */
function setFlow(fields: Fields, merged: ReadonlyMap<string, string>): void {
  const near = merged.get("laddr");
  if (near !== undefined) setEndpoint(fields, "destination", near, merged.get("lport"));
  const port = merged.get("rport");
  if (port !== undefined) putInteger(fields, "source.port", port);
  const [from, to] = [cleanIp(merged.get("src") ?? ""), cleanIp(merged.get("dst") ?? "")];
  if (from !== undefined) fields["source.ip"] ??= from;
  if (to !== undefined) fields["destination.ip"] ??= to;
}

/** The file that the call was about: the last PATH that is not the directory around it. */
function setPath(fields: Fields, records: readonly AuditRecord[]): void {
  let chosen: ReadonlyMap<string, string> | undefined;
  for (const { type, pairs } of records) {
    if (type === "PATH" && pairs.get("nametype") !== "PARENT" && pairs.has("name")) {
      const isCommand =
        pairs.get("item") === "0" || chosen === undefined || pairs.get("nametype") !== "NORMAL";
      if (isCommand) chosen = pairs;
    }
  }
  if (!chosen) return;
  put(fields, "file.path", chosen.get("name"));
  put(fields, "file.inode", chosen.get("inode"));
  put(fields, "file.mode", chosen.get("mode"));
  put(fields, "file.uid", chosen.get("ouid"));
}

function setUsers(fields: Fields, merged: ReadonlyMap<string, string>): void {
  putIdOrName(fields, "user", merged.get("uid"));
  putIdOrName(fields, "user.effective", merged.get("euid"));
  putIdOrName(fields, "group", merged.get("gid"));
  const account = merged.get("acct");
  if (
    account !== undefined &&
    account !== "(unknown)" &&
    account !== "(unknown user)" &&
    account !== "(invalid user)"
  )
    fields["user.name"] = account;
  else putId(fields, "user.name", merged.get("UID"));
  putId(fields, "user.effective.name", merged.get("EUID"));
  const address = merged.get("addr") ?? merged.get("hostname");
  if (address !== undefined) setEndpoint(fields, "source", address);
}

/** In the records of account tools the account is what was changed; who changed it is the login user. */
function moveTarget(fields: Fields, merged: ReadonlyMap<string, string>): void {
  // `id=1001 … ID="bob"`: number and name of the account or the group.
  const isGroup = (fields["event.type"] as readonly string[]).includes("group");
  putId(fields, isGroup ? "group.id" : "user.target.id", merged.get("id"));
  put(fields, isGroup ? "group.name" : "user.target.name", merged.get("ID"));
  const account = merged.get("acct");
  if (account === undefined) return;
  fields["user.target.name"] = account;
  delete fields["user.name"];
  putId(fields, "user.name", merged.get("AUID"));
  if (fields["user.name"] === undefined) putId(fields, "user.name", merged.get("UID"));
}

function setOutcome(fields: Fields, merged: ReadonlyMap<string, string>): void {
  const result = merged.get("res") ?? merged.get("result") ?? merged.get("success");
  if (result === "success" || result === "yes" || result === "1") fields["event.outcome"] = "success";
  else if (result === "failed" || result === "no" || result === "0") fields["event.outcome"] = "failure";
}

function put(fields: Fields, name: string, value: string | undefined): void {
  if (value !== undefined && value !== "") fields[name] = value;
}

function putId(fields: Fields, name: string, value: string | undefined): void {
  if (value !== undefined && !unset.has(value)) fields[name] = value;
}

/** A number; ausearch -i writes the name in its place. */
function putIdOrName(fields: Fields, prefix: string, value: string | undefined): void {
  if (value !== undefined) putId(fields, `${prefix}.${/^\d+$/.test(value) ? "id" : "name"}`, value);
}

function putInteger(fields: Fields, name: string, value: string | undefined): void {
  const number = value === undefined ? undefined : integerOf(value);
  if (number !== undefined) fields[name] = number;
}
