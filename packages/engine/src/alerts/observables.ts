import { isIpv4 } from "@firebreak/parsers/ecs/ip";
import { findAddresses } from "@firebreak/parsers/text/find-addresses";
import type { AlertObservable, ObservableRole, ObservableType } from "./alert.ts";
import { type AlertFields, wordsOf } from "./fields.ts";

/** Observables that one alert may name; the rest of a hostile one is not searched for. */
const maxObservables = 100;
const maxMentioned = 20;

/** Everything in the alert's fields that can be looked for: by the value's shape first, then by the field's name. */
export function readObservables(fields: AlertFields): AlertObservable[] {
  const found = new Map<string, AlertObservable>();
  const add = (one: AlertObservable) => {
    const key = `${one.type}\0${one.value.toLowerCase()}`;
    if (found.size < maxObservables && !found.has(key)) found.set(key, one);
  };
  const texts: [string, string][] = [];
  for (const [field, raw] of Object.entries(fields)) {
    const value = refang(raw.trim());
    const type = typeOf(wordsOf(field), value);
    if (type) {
      add({
        type,
        value: type === "hash" ? value.toLowerCase() : value,
        field,
        role: roleOf(wordsOf(field), type),
      });
      if (type === "url") addHostOf(value, field, roleOf(wordsOf(field), type), add);
    } else if (/\s|=/.test(value) && value.length > 6) texts.push([field, value]);
  }
  for (const [field, text] of texts.slice(0, maxMentioned)) {
    for (const one of mentionedIn(text)) add({ ...one, field, role: "mentioned" });
  }
  return [...found.values()];
}

/** "hxxps://evil[.]example" as analysts write it back to what logs hold. */
function refang(text: string): string {
  if (text.length > 2048 || !/\[\.\]|\(\.\)|^hxxp|\[:\/\/\]/i.test(text)) return text;
  return text
    .replace(/^hxxp/i, "http")
    .replaceAll("[.]", ".")
    .replaceAll("(.)", ".")
    .replaceAll("[://]", "://");
}

const hashShape = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const mailShape = /^[^\s@<>]{1,128}@[a-z0-9.-]{1,253}\.[a-z]{2,24}$/i;
const nameShape = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z][a-z0-9-]{1,23}$/i;
const fileShape = /[\\/][^\\/]+$|\.[A-Za-z0-9]{1,8}$/;

/** Fields whose values look like observables and are not: identifiers of the product and of its rule. */
const ownWords =
  /(^| )(uuid|guid|rule id|alert id|incident id|event hash|tenant|subscription|detector id|correlation|checksum of rule|agent version|version|link|uri of alert|alert (web )?url|portal)( |$)/;

function typeOf(words: string, value: string): ObservableType | undefined {
  if (value === "" || value.length > 2048 || ownWords.test(words)) return undefined;
  if (isAddress(value)) return "address";
  if (hashShape.test(value))
    return /hash|md5|sha ?1|sha ?256|checksum|value|after|imphash/.test(words) ? "hash" : undefined;
  if (/^https?:\/\/[^\s"<>]+$/i.test(value)) return "url";
  if (mailShape.test(value))
    return /user|account|upn|principal|caller|actor/.test(words) ? "account" : "mailbox";
  return typeByName(words, value);
}

function typeByName(words: string, value: string): ObservableType | undefined {
  if (
    /(user|account) ?(names?| id)?$|(^| )(caller|actor|upn|suser|duser|srcuser|dstuser)$/.test(words) &&
    !/agent|domain/.test(words)
  )
    return /^[^\s]{1,100}$/.test(value) ? "account" : undefined;
  if (/agent/.test(words) && !/agent name/.test(words)) return undefined;
  if (/(url|uri)( path| original| full)?$|request(ed)? url/.test(words))
    return value.startsWith("/") || nameShape.test(value.split(/[/:?]/)[0]!) ? "url" : undefined;
  if (
    /file ?(name|path)$|attachment|(^| )(file|image|target filename|parent image|process (name|path|executable)|syscheck path)$/.test(
      words,
    )
  )
    return fileShape.test(value) && value.length < 400 ? "file" : undefined;
  if (
    /sni$|rrname|(^| )(?<!device |computer )(dns|query)( question)?( name)?$|(^| )domain( name)?$|http hostname|url domain/.test(
      words,
    )
  )
    return nameShape.test(value) ? "domain" : undefined;
  if (
    /host|computer|device ?(dns )?name|machine ?(name)?$|agent name|workstation|(^| )(src|dest|dvc|device|endpoint|asset|orig host|compromised entity|system)$/.test(
      words,
    )
  )
    return hostOrDomain(words, value);
  return undefined;
}

function hostOrDomain(words: string, value: string): ObservableType | undefined {
  if (!/^[^\s/@]{1,253}$/.test(value) || /^\d+$/.test(value)) return undefined;
  const isFarEnd = /dest|remote|target|server name/.test(words) && !/computer|device|machine/.test(words);
  return isFarEnd && nameShape.test(value) ? "domain" : "host";
}

function isAddress(value: string): boolean {
  return isIpv4(value) || (/^[0-9a-f:.]{3,45}$/i.test(value) && value.split(":").length > 3);
}

function roleOf(words: string, type: ObservableType): ObservableRole {
  if (type === "mailbox") {
    if (/recipient|(^| )to( address)?$|dest|target|rcpt|affected user/.test(words)) return "recipient";
    return /sender|from|source|return path|mail from|smtp/.test(words) ? "sender" : "subject";
  }
  if (/(^| )(dst|dest|destination|target|remote|c2|dstip|dst ip)( |$)|^dest/.test(words))
    return "destination";
  if (/(^| )(src|source|attacker|client|smtp|sender|srcip|last ip|caller ip|origin)( |$)|^src/.test(words))
    return "source";
  return type === "url" || type === "domain" ? "destination" : "subject";
}

/** The name or address in a URL is an observable of its own: DNS and firewalls see only that. */
function addHostOf(
  url: string,
  field: string,
  role: ObservableRole,
  add: (one: AlertObservable) => void,
): void {
  let host: string;
  try {
    host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  } catch {
    return;
  }
  if (isAddress(host)) add({ type: "address", value: host, field, role });
  else if (nameShape.test(host)) add({ type: "domain", value: host.toLowerCase(), field, role });
}

/** Addresses, URLs and hashes that a description or a command line names. */
function mentionedIn(text: string): Pick<AlertObservable, "type" | "value">[] {
  const scanned = text.slice(0, 4096);
  const urls = scanned.match(/\bhttps?:\/\/[^\s"'<>()]{4,1024}/gi) ?? [];
  const hashes = scanned.match(/\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b/gi) ?? [];
  return [
    ...urls.map((value) => ({ type: "url" as const, value })),
    ...findAddresses(scanned).map((value) => ({ type: "address" as const, value })),
    ...hashes.map((value) => ({ type: "hash" as const, value: value.toLowerCase() })),
  ];
}
