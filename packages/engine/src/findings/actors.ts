import type { EntityType } from "@firebreak/model/picture";
import { type EventRow, restOf } from "./rows.ts";

export interface Actor {
  type: EntityType;
  value: string;
  /** What the entity is in the event: "host" (where it happened), "account", "target" (an account that was only tried) … */
  role: ActorRole;
}

export type ActorRole =
  | "host"
  | "account"
  | "target"
  | "source"
  | "destination"
  | "program"
  | "name"
  | "file"
  | "hash"
  | "mentioned";

/** Built-in accounts that say nothing about a person. */
const systemAccounts = new Set([
  "system",
  "local service",
  "network service",
  "anonymous logon",
  "local system",
  "-",
  "n/a",
  "dwm-1",
  "dwm-2",
  "dwm-3",
  "umfd-0",
  "umfd-1",
  "umfd-2",
  "iusr",
  "defaultaccount",
  "nt authority\\system",
]);

export function isPersonalAccount(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    lower !== "" && !lower.endsWith("$") && !systemAccounts.has(lower) && !/^(dwm|umfd)-\d+$/.test(lower)
  );
}

/** Addresses that identify no machine. */
export function isMeaningfulAddress(address: string): boolean {
  return !/^(127\.|0\.0\.0\.0$|255\.255\.255\.255$|::1$|::$|22[4-9]\.|23\d\.|fe80:|ff0)/i.test(address);
}

const systemFolders =
  /^(\/usr)?\/s?bin\/|^\/usr\/lib|\\windows\\(system32|syswow64|microsoft\.net)\\|\\windows\\[^\\]+$/i;

/** A program in a folder of the operating system: used by everyone, so its name and its hash accuse nobody. */
export function isSystemProgram(path: string): boolean {
  return systemFolders.test(path);
}

/** Every entity that an event names, with its role. */
export function actorsOf(row: EventRow): Actor[] {
  const actors: Actor[] = [];
  const add = (type: EntityType, value: unknown, role: ActorRole) => {
    if (
      typeof value === "string" &&
      value !== "" &&
      !actors.some((a) => a.type === type && a.value === value)
    ) {
      actors.push({ type, value, role });
    }
  };
  const rest = restOf(row);
  // A firewall or proxy that logs the traffic of others is a witness, not a party; of its own configuration it is the place.
  const isWitness =
    (row.observer !== null && row.host === row.observer) || isForwarder(rest) || isAskedServer(row, rest);
  if (row.host && (!isWitness || isAbout(rest, "configuration")))
    add("host", row.host, isRefusedRequest(row, rest) ? "target" : "host");
  if (row.user_name && isPersonalAccount(row.user_name))
    add("account", row.user_name, isRefusedSignIn(row, rest) ? "target" : "account");
  if (row.source_ip && isMeaningfulAddress(row.source_ip)) add("address", row.source_ip, "source");
  if (row.destination_ip && isMeaningfulAddress(row.destination_ip))
    add(
      "address",
      row.destination_ip,
      isOwnResolver(row) || (isWitness && isAbout(rest, "authentication")) ? "mentioned" : "destination",
    );
  if (row.url_domain && !/^[\d.:[\]]+$/.test(row.url_domain))
    add("domain", row.url_domain.toLowerCase(), "name");
  if (row.dns_name) add("domain", row.dns_name.toLowerCase(), "name");
  if (row.process) add("file", row.process, "program");
  if (row.command_line) {
    for (const address of addressesIn(row.command_line)) {
      const isTarget =
        row.command_line.includes(`://${address}`) || row.command_line.includes(`/dev/tcp/${address}`);
      add("address", address, isTarget ? "destination" : "mentioned");
    }
  }
  addFromRest(rest, add, row.process !== null && isSystemProgram(row.process));
  // A record without addresses of its own may name them in its text (a message whose parts nobody knows).
  if (!row.source_ip && !row.destination_ip && typeof rest.message === "string") {
    for (const address of addressesIn(rest.message)) add("address", address, "mentioned");
  }
  return actors;
}

/** What a web server refused, or failed over, was aimed at its machine and did not happen there. */
function isRefusedRequest(row: EventRow, rest: Record<string, unknown>): boolean {
  return typeof row.http_status === "number" && row.http_status >= 400 && isAbout(rest, "web");
}

/** A name server's own log: it answers others, and what they ask is not its doing. An endpoint's record names the program. */
function isAskedServer(row: EventRow, rest: Record<string, unknown>): boolean {
  return (
    typeof row.dns_name === "string" &&
    typeof row.source_ip === "string" &&
    typeof row.process !== "string" &&
    ![rest["host.ip"]].flat().includes(row.source_ip)
  );
}

/** Who signs in to a device meets the device itself: its own address is no peer. */
function isAbout(rest: Record<string, unknown>, category: string): boolean {
  return [rest["event.category"]].flat().includes(category);
}

/** A name server of our own answers everyone: being asked says nothing about it. */
function isOwnResolver(row: EventRow): boolean {
  return row.dns_name !== null && /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(row.destination_ip!);
}

/** "eve" of "CN=eve,OU=People,DC=example": directory events name members so. */
function accountName(value: string): string {
  return /^CN=((?:[^,\\]|\\.){1,256}),/i.exec(value)?.[1]?.replace(/\\(.)/g, "$1") ?? value;
}

/** Whose sign-in failed was attacked, or mistook a letter; nothing was done in that name. */
function isRefusedSignIn(row: EventRow, rest: Record<string, unknown>): boolean {
  // A web service that asks for the name in the request itself answers so, too.
  if (row.http_status === 401 || row.http_status === 403) return true;
  return row.outcome === "failure" && isAbout(rest, "authentication");
}

/** In by one interface and out by another: the machine that tells of it passed the traffic on. */
function isForwarder(rest: Record<string, unknown>): boolean {
  return (
    rest["observer.ingress.interface.name"] !== undefined &&
    rest["observer.egress.interface.name"] !== undefined
  );
}

const scannedChars = 4096;

/** IPv4 addresses that stand alone in a text. */
function addressesIn(text: string): string[] {
  const found = text.slice(0, scannedChars).match(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g) ?? [];
  return [...new Set(found)].filter(
    (address) => isMeaningfulAddress(address) && address.split(".").every((part) => Number(part) < 256),
  );
}

function addFromRest(
  rest: Record<string, unknown>,
  add: (type: EntityType, value: unknown, role: ActorRole) => void,
  isSystem: boolean,
): void {
  for (const name in rest) {
    const value = rest[name];
    // Our own notes about a field ("firebreak.inference.file.hash.md5": 0.98) end in its name.
    if (name.startsWith("firebreak.")) continue;
    if (name.endsWith(".hash.sha256") || name.endsWith(".hash.md5") || name.endsWith(".hash.sha1")) {
      const isOfProgram = isSystem && name.startsWith("process.");
      add("hash", String(value).toLowerCase(), isOfProgram ? "mentioned" : "hash");
    } else if (name === "user.target.name") {
      if (typeof value === "string" && isPersonalAccount(value))
        add("account", accountName(value), "account");
    } else if (name === "related.ip") {
      for (const item of [value].flat())
        if (isMeaningfulAddress(String(item))) add("address", String(item), "mentioned");
    }
  }
}
