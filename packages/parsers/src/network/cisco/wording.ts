import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { transportOf } from "../../ecs/transport.ts";
import { ikePattern } from "./device.ts";
import { setPlace, setUser, splitPlace } from "./rule.ts";

/** An address of a message: "inside:10.1.1.1/80", "10.1.1.1/80", "outside:10.1.1.1", "10.1.1.1:500", "2001:db8::1/443". */
const place = String.raw`([\w.-]{0,60}:?[0-9a-fA-F.:]{7,60}(?:/[\w-]{1,20})?)`;

const pairs: readonly RegExp[] = [
  new RegExp(
    String.raw`\bfrom (?:interface )?${place},?(?: ?\([^)]{0,80}\))? (?:dst |to )(?:interface )?${place}`,
    "i",
  ),
  new RegExp(
    String.raw`\b(?:src|source)(?: (?:address|ip))?(?: ?[=:])? ?${place},?(?: ?\([^)]{0,80}\))?,? (?:dst|dest|destination)(?: (?:address|ip))?(?: ?[=:])? ?${place}`,
    "i",
  ),
  new RegExp(String.raw`\bfor ${place}(?: ?\([^)]{0,80}\))* to ${place}`, "i"),
  new RegExp(String.raw`\b(?:between|connection) ${place} (?:and|to|->) ${place}`, "i"),
  new RegExp(String.raw`\bclient ${place} to ${place}`, "i"),
  new RegExp(String.raw`\bfaddr ${place}(?: gaddr \S{1,60}| to)? laddr ${place}`, "i"),
];

/** Where only one side is named, it is the remote one. */
const singles: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:IP|Peer|Remote|client|host|from|by|address|neighbor|Nbr|Source:|to|server =) ?[=:<]? ?(?:IP )?(?:address )?${place}`,
    "i",
  ),
];

const users: readonly RegExp[] = [
  /\bUsername ?[=:] ?"?'?([^'",:\s>]{1,100})/i,
  /\bUser <([^>]{1,100})>/,
  /\buser ["']?([^\s"']{1,100})["']? (?:failed to|logged|authenticated|has been)\b/i,
  /\bUname: ?([^\s,]{1,100})/i,
  /\b(?:for |client )?user(?: ?= ?| name = ?| ?: ?| )["']([^'"]{1,100})["']/i,
  /\buser ?[=:] ?([^\s,.:)]{1,100})/i,
];

const groups = /\bGroup(?: ?= ?| <)([^,>]{1,100})/;
const interfaces = /\bon interface "?([\w.-]{1,60}(?:\/\d{1,3}){0,3})/i;
const protocols = /\b(TCP|UDP|ICMP6?|GRE|ESP|AH|SCTP|IGMP|OSPF|EIGRP|PIM|protocol \d{1,3})\b/i;
const reasons = /\breason(?: ?[:=-] ?| )"?([^"]{2,200}?)\.?"?$/i;

/**
 * What the wording of a message says without a rule for its id: addresses behind "from … to …", "src … dst …", the peer of a
 * tunnel, users, groups, interfaces, protocol and reason. Sets only what is not set.
 */
export function readWording(text: string, fields: Fields): void {
  const known = text.slice(0, 2000);
  if (readIke(known, fields)) return;
  if (fields["source.ip"] === undefined && fields["source.address"] === undefined)
    setAddresses(known, fields);
  if (fields["user.name"] === undefined) setUser(fields, firstOf(users, known)?.trim());
  const group = groups.exec(known)?.[1];
  if (group !== undefined && fields["user.group.name"] === undefined)
    fields["user.group.name"] = group.trim();
  const name = interfaces.exec(known)?.[1];
  if (name !== undefined) fields["observer.ingress.interface.name"] ??= name;
  const protocol = protocols.exec(known)?.[1]?.replace(/^protocol /i, "");
  const transport = protocol === undefined ? undefined : transportOf(protocol);
  if (transport !== undefined) fields["network.transport"] ??= transport;
  const reason = reasons.exec(known)?.[1];
  if (reason !== undefined) fields["event.reason"] ??= reason;
}

/** IKEv2 names both ends of the tunnel; the remote one is whoever came. */
function readIke(text: string, fields: Fields): boolean {
  const match = ikePattern.exec(text);
  if (!match) return false;
  setEndpoint(fields, "source", match[3]!, match[4]);
  setEndpoint(fields, "destination", match[1]!, match[2]);
  if (match[5] !== "Unknown" && match[5] !== match[3]) setUser(fields, match[5]);
  if (match[6] !== undefined) fields["user.group.name"] = match[6];
  if (match[7] !== undefined && cleanIp(match[7]) !== undefined) fields["source.nat.ip"] = match[7];
  return true;
}

function setAddresses(text: string, fields: Fields): void {
  for (const pattern of pairs) {
    const match = pattern.exec(text);
    if (!match || !isPlace(match[1]!) || !isPlace(match[2]!)) continue;
    setPlace(fields, "source", trimmed(match[1]!));
    setPlace(fields, "destination", trimmed(match[2]!));
    return;
  }
  for (const pattern of singles) {
    const match = pattern.exec(text);
    if (match && isPlace(match[1]!)) setPlace(fields, "source", trimmed(match[1]!));
  }
}

/** A sentence's full stop or colon is no part of the address. */
function trimmed(place: string): string {
  return place.replace(/[.:]+$/, "");
}

function isPlace(text: string): boolean {
  return cleanIp(splitPlace(trimmed(text)).address) !== undefined;
}

function firstOf(patterns: readonly RegExp[], text: string): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

const verdicts: readonly (readonly [pattern: RegExp, action: string, outcome: "success" | "failure"])[] = [
  [/^(?:Deny|Denied|Denying)\b|\bdenied\b|\bDenied\b/, "denied", "failure"],
  [/^(?:Dropp?(?:ed|ing)|Discard(?:ed)?|Dropping)\b|\bdropped\b/i, "dropped", "failure"],
  [/\b(?:fail(?:ed|ure)|rejected|invalid|incorrect|unable to)\b/i, "failed", "failure"],
  [/\b(?:succeeded|successful(?:ly)?|completed|permitted|accepted|granted)\b/i, "succeeded", "success"],
];

/** The verdict in the words of a message whose id has no rule. */
export function verdictInWords(text: string): (typeof verdicts)[number] | undefined {
  return verdicts.find(([pattern]) => pattern.test(text.slice(0, 600)));
}
