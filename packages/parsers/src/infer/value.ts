import type { Fields, Scalar } from "@firebreak/model/event";
import { addressFields } from "../ecs/address-fields.ts";
import { splitAddressPort } from "../ecs/address-port.ts";
import { cleanIp } from "../ecs/ip.ts";
import { transportOf } from "../ecs/transport.ts";
import { setUrl } from "../ecs/url.ts";
import { kebabCase, verdictOf } from "../ecs/verdict.ts";
import { integerOf } from "../text/numbers.ts";
import { remembering } from "../text/remember.ts";
import type { ColumnGuess } from "./column.ts";
import type { Held } from "./held.ts";
import { localOutcome, localVerdict } from "./words-local.ts";

/** Domain and host names: letters, digits, hyphens, underscores, dots; at most 253 characters. */
const hostName = /^(?=.{1,253}$)[\p{L}\p{N}_][\p{L}\p{N}_.$-]*$/u;
const uuid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const macAddress = /^[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}$/;
const emailAddress = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/;
const levelWord =
  /^(?:trace|debug\d?|fine[rs]?t?|config|verbose|info|information|informational|notice|warn|warning|error|err|severe|critical|crit|fatal|alert|emergency|emerg|panic|low|medium|high|none)$/i;
const methodWord =
  /^(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT|PATCH|TRACE|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|SEARCH|REPORT)$/;
const successWord =
  /^(?:success(?:ful|fully)?|succeeded|succeed|ok|okay|true|yes|pass|passed|granted|completed)$/i;
const failureWord =
  /^(?:fail(?:ed|ure|s)?|error|false|no|denied|unauthorized|forbidden|refused|invalid|rejected|unsuccessful)$/i;

export interface Applied {
  readonly field: string;
  readonly confidence: number;
  /** Another value had been written for the same meaning. */
  readonly replaces: boolean;
}

/**
 * Writes a value to the ECS field that its name suggests, when it is a value of that kind. Gives the field and the
 * confidence with which it was written, or undefined. A field that stands already with at least that confidence is left alone.
 */
export function applyGuess(
  fields: Fields,
  guess: ColumnGuess,
  value: Scalar,
  held: Held,
): Applied | undefined {
  const text = typeof value === "string" ? value.trim() : String(value);
  if (text === "" || text.length > 65_536) return undefined;
  const known = held.get(guess.field);
  if (known !== undefined && known >= guess.confidence) return undefined;
  const strong = write(fields, guess, text, held);
  if (strong === noValue) return undefined;
  held.set(guess.field, guess.confidence);
  return {
    field: writtenField(fields, guess),
    confidence: Math.min(0.99, Math.round((guess.confidence + strong) * 100) / 100),
    replaces: known !== undefined,
  };
}

/** The field that a guess led to: an address may be an IP or a name, a user a number, a hash of any kind. */
function writtenField(fields: Fields, guess: ColumnGuess): string {
  switch (guess.kind) {
    case "address": {
      const names = addressFields(guess.field);
      return fields[names.ip] === undefined ? names.domain : names.ip;
    }
    case "hash":
      if (fields[guess.field] !== undefined) return guess.field;
      return hashFields.find((name) => fields[name]) ?? guess.field;
    case "user":
      return fields[guess.field] === undefined ? guess.field.replace(/name$/, "id") : guess.field;
    case "host":
      return fields[guess.field] === undefined ? "host.ip" : guess.field;
    case "code":
      return fields[guess.field] === undefined ? "event.id" : guess.field;
    case "level":
      return fields[guess.field] === undefined ? "event.severity" : guess.field;
    default:
      return guess.field;
  }
}

const hashFields = ["file.hash.md5", "file.hash.sha1", "file.hash.sha256"];

/** The value is none of this kind. */
const noValue = -1;

/** How much the value itself speaks for the meaning, or `noValue`. */
function write(fields: Fields, guess: ColumnGuess, text: string, held: Held): number {
  switch (guess.kind) {
    case "address":
      return writeAddress(fields, guess, text, held);
    case "ip": {
      const ip = cleanIp(text);
      return ip === undefined ? noValue : put(fields, guess.field, ip, 0.08);
    }
    case "port": {
      const port = integerOf(text);
      return typeof port === "number" && port >= 0 && port <= 65_535
        ? put(fields, guess.field, port, 0.03)
        : noValue;
    }
    case "count": {
      const count = integerOf(text);
      return count === undefined || text.startsWith("-") ? noValue : put(fields, guess.field, count, 0);
    }
    case "status":
      return /^[1-5]\d\d$/.test(text) ? put(fields, guess.field, +text, 0.05) : noValue;
    case "mac":
      return macAddress.test(text)
        ? put(fields, guess.field, text.toUpperCase().replaceAll(":", "-"), 0.08)
        : noValue;
    case "hash":
      return writeHash(fields, text);
    case "transport": {
      const transport = transportOf(text);
      return transport === undefined ? noValue : put(fields, guess.field, transport, 0.05);
    }
    case "email":
      return emailAddress.test(text) ? put(fields, guess.field, text, 0.05) : noValue;
    case "domain":
      return hostName.test(text) && /[.\p{L}]/u.test(text) ? put(fields, guess.field, text, 0) : noValue;
    case "host":
      return writeHost(fields, guess, text);
    case "url":
      return writeUrl(fields, text);
    case "method":
      return methodWord.test(text) ? put(fields, guess.field, text, 0.05) : noValue;
    case "outcome":
      if (successWord.test(text)) return put(fields, guess.field, "success", 0);
      if (failureWord.test(text)) return put(fields, guess.field, "failure", 0);
      return putKnown(fields, guess.field, localOutcome(text));
    case "action":
      return writeAction(fields, guess, text);
    case "level":
      return writeLevel(fields, guess, text);
    case "user":
      return writeUser(fields, guess, text);
    case "country":
      return writeCountry(fields, guess, text);
    case "process":
      return writeProcess(fields, guess, text);
    case "program":
      return writeProgram(fields, text);
    case "path":
      return /[\\/]/.test(text) && text.length <= 4096 ? put(fields, guess.field, text, 0) : noValue;
    case "code":
      return writeCode(fields, guess, text, held);
    case "word":
      return text.length <= 256 ? put(fields, guess.field, text, 0) : noValue;
    case "text":
      return put(fields, guess.field, text, 0);
    default:
      return noValue;
  }
}

function put(fields: Fields, field: string, value: string | number, strength: number): number {
  fields[field] = value;
  return strength;
}

function putKnown(fields: Fields, field: string, value: string | undefined): number {
  return value === undefined ? noValue : put(fields, field, value, 0);
}

/** "NG", or the code at the end of a place: "Lagos, Lagos, NG". */
function writeCountry(fields: Fields, guess: ColumnGuess, text: string): number {
  const code = /^(?:[^,]{0,100},){0,3} ?([A-Z]{2})$/.exec(text)?.[1];
  return code === undefined ? noValue : put(fields, guess.field, code, 0.05);
}

function writeAddress(fields: Fields, guess: ColumnGuess, text: string, held: Held): number {
  const { address, ip, port } = splitAddressPort(text);
  if (ip === undefined && (!hostName.test(address) || /^\d+$/.test(address))) return noValue;
  if (ip === undefined && guess.confidence < 0.7 && !address.includes(".")) return noValue;
  const names = addressFields(guess.field);
  if (held.has(guess.field)) delete fields[ip === undefined ? names.ip : names.domain];
  if (ip === undefined) fields[names.domain] = address;
  else fields[names.ip] = ip;
  if (port !== undefined && !held.has(names.port)) fields[names.port] = port;
  return ip === undefined ? -0.1 : 0.08;
}

function writeHash(fields: Fields, text: string): number {
  if (!/^[0-9a-fA-F]{32,64}$/.test(text)) return noValue;
  const kind =
    text.length === 32 ? "md5" : text.length === 40 ? "sha1" : text.length === 64 ? "sha256" : undefined;
  if (kind === undefined) return noValue;
  return put(fields, `file.hash.${kind}`, text.toLowerCase(), 0.08);
}

function writeHost(fields: Fields, guess: ColumnGuess, text: string): number {
  const ip = cleanIp(text);
  if (ip !== undefined) return put(fields, "host.ip", ip, 0);
  return hostName.test(text) && !/^\d+$/.test(text) ? put(fields, guess.field, text, 0) : noValue;
}

function writeUrl(fields: Fields, text: string): number {
  if (/^[A-Za-z][A-Za-z0-9+.-]{1,10}:\/\//.test(text) || text.startsWith("/")) {
    setUrl(fields, text);
    return 0.05;
  }
  return noValue;
}

/** Levels and actions are few in a log. */
const levelOf = remembering((text) => (levelWord.test(text) ? text.toLowerCase() : undefined));
const actionOf = remembering((text) => verdictOf(text) ?? localVerdict(text) ?? kebabCase(text));

function writeLevel(fields: Fields, guess: ColumnGuess, text: string): number {
  const level = levelOf(text);
  if (level !== undefined) return put(fields, guess.field, level, 0.05);
  return /^\d{1,3}$/.test(text) ? put(fields, "event.severity", +text, -0.3) : noValue;
}

function writeAction(fields: Fields, guess: ColumnGuess, text: string): number {
  if (text.length > 80 || /^\d+$/.test(text)) return noValue;
  const action = actionOf(text);
  return action === "" ? noValue : put(fields, guess.field, action, 0);
}

/** A number and what it stands for: "4625 (An account failed to log on.)". */
const explainedCode = /^(\d{1,6}) ?[(:-] ?([^()]{4,120}?)\.?\)?$/;
/** More than a weak name's: the words that explain a code are of this event. */
const explained = 0.7;

/** A code names a kind of event; a UUID names this one. */
function writeCode(fields: Fields, guess: ColumnGuess, text: string, held: Held): number {
  if (uuid.test(text)) return put(fields, "event.id", text, 0);
  const parts = explainedCode.exec(text);
  if (parts === null) return text.length <= 64 ? put(fields, guess.field, text, 0) : noValue;
  if ((held.get("event.action") ?? 0) < explained) {
    fields["event.action"] = kebabCase(parts[2]!);
    fields["firebreak.inference.event.action"] = explained;
    held.set("event.action", explained);
  }
  return put(fields, guess.field, parts[1]!, 0);
}

const openBracket = 91;
const openBrace = 123;

function writeUser(fields: Fields, guess: ColumnGuess, text: string): number {
  if (text.length > 256 || text.includes("\n")) return noValue;
  const first = text.charCodeAt(0);
  if (cleanIp(text) !== undefined || uuid.test(text) || first === openBracket || first === openBrace)
    return noValue;
  if (/^\d+$/.test(text)) return put(fields, guess.field.replace(/name$/, "id"), text, -0.1);
  const slash = text.indexOf("\\");
  if (slash > 0 && slash < text.length - 1) {
    fields[guess.field.replace(/name$/, "domain")] = text.slice(0, slash);
    return put(fields, guess.field, text.slice(slash + 1), 0.05);
  }
  if (guess.field === "user.name" && emailAddress.test(text)) fields["user.email"] = text;
  return put(fields, guess.field, text, 0);
}

/** A column of its own for the path: its last part is the name where no column has that. */
function writeProgram(fields: Fields, text: string): number {
  const isPath = writeProcess(fields, { field: "process.name", kind: "process", confidence: 0.9 }, text);
  return isPath === noValue ? noValue : 0.05;
}

function writeProcess(fields: Fields, guess: ColumnGuess, text: string): number {
  if (text.length > 4096) return noValue;
  const cut = Math.max(text.lastIndexOf("\\"), text.lastIndexOf("/"));
  if (cut >= 0 && cut < text.length - 1) {
    fields[guess.field.replace(/name$/, "executable")] = text;
    return put(fields, guess.field, text.slice(cut + 1), 0.05);
  }
  return text.length <= 255 ? put(fields, guess.field, text, 0) : noValue;
}
