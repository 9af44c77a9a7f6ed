import type { Fields } from "@firebreak/model/event";
import { portOf } from "../../ecs/address-port.ts";
import { setVerdict } from "../../ecs/connection.ts";
import { macOf } from "../../ecs/dictionary.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { integerOf } from "../../text/numbers.ts";
import { remembering } from "../../text/remember.ts";

const dataset = "linux/netfilter";

export const payload = {
  name: dataset,
  title: "Linux kernel firewall (iptables, nftables, UFW, firewalld)",
  programs: ["kernel", "ulogd"],
  accepts: (message) => message.includes("IN=") && message.includes(" SRC=") && message.includes(" DST="),
  parse,
} satisfies SyslogPayload;

const network = ["network"];
const plain = ["connection"];

/**
 * The kernel's LOG target prints `prefix IN= OUT= MAC= SRC= DST= LEN= TTL= ID= PROTO= SPT= DPT= … SYN` (net/netfilter/nf_log_syslog.c).
 * The verdict is not in it: only the administrator's prefix may tell what the rule did.
 */
function parse(message: string): PayloadDraft | undefined {
  const start = startOfPairs(message);
  if (start < 0 || message.indexOf(" SRC=", start) < 0) return undefined;
  const fields: Fields = { ...noFields, "event.category": network, "event.type": plain };
  setPrefix(fields, prefixOf(message.slice(behindUptime(message), start)));
  readPacket(message, start, fields);
  setDirection(fields);
  return { dataset, fields };
}

function startOfPairs(message: string): number {
  for (let at = message.indexOf("IN="); at >= 0; at = message.indexOf("IN=", at + 3)) {
    // "PHYSIN=" and "[x-IN=y]" are no start; "]IN=" is (the prefix "[LAN_IN-3-D]" has no space behind it).
    const before = message.charCodeAt(at - 1);
    if (at === 0 || before === 32 || before === 93 || before === 58 || before === 41) return at;
  }
  return -1;
}

const uptimePattern = /^\[ *\d+\.\d+\] ?/;
const prefixVerdicts: readonly [RegExp, string][] = [
  [/\b(?:AUDIT)\b/i, ""],
  // UniFi OS: "[WAN_LOCAL-D-2147483647]", its letter before the number of the rule.
  [/-D-(?=\d+\])/, "dropped"],
  [/-R-(?=\d+\])/, "rejected"],
  [/-A-(?=\d+\])/, "allowed"],
  [/(?:^|[^a-z])(?:reject(?:ed)?|refuse[ds]?)(?![a-z])/i, "rejected"],
  [/(?:^|[^a-z])(?:drop(?:ped|s)?|discard(?:ed)?)(?![a-z])/i, "dropped"],
  [/(?:^|[^a-z])(?:block(?:ed)?)(?![a-z])/i, "blocked"],
  [/(?:^|[^a-z])(?:den(?:y|ied))(?![a-z])/i, "denied"],
  [/(?:^|[^a-z])(?:accept(?:ed)?|allow(?:ed)?|permit(?:ted)?|pass(?:ed)?)(?![a-z])/i, "allowed"],
  // UniFi and EdgeOS: "[WAN_LOCAL-default-D]", the last letter is the action of the rule.
  [/-D\]$/, "dropped"],
  [/-R\]$/, "rejected"],
  [/-A\]$/, "allowed"],
];

const ruleLetters: Record<string, string> = { d: "drop", r: "reject", a: "accept" };

/** What a rule's prefix says: the name and description of the rule, and its verdict with the word that tells it. */
interface Prefix {
  readonly name?: string;
  readonly description?: string;
  readonly verdict?: string;
  readonly word?: string;
}

/** A machine has as many prefixes as rules. */
const prefixOf = remembering((recorded): Prefix => {
  let prefix = recorded
    .replace(/^kernel: ?/, "")
    .replace(uptimePattern, "")
    .trim();
  const described = /^(.*?) ?DESCR="([^"]*)"$/.exec(prefix);
  const description = described ? { description: described[2]! } : {};
  if (described) prefix = described[1]!;
  if (prefix === "") return description;
  const name = prefix.endsWith(":") ? prefix.slice(0, -1) : prefix;
  for (const [pattern, verdict] of prefixVerdicts) {
    const found = pattern.exec(name);
    if (!found) continue;
    const word = found[0].replace(/[^A-Za-z]/g, "").toLowerCase();
    const told = word.length === 1 ? ruleLetters[word]! : word;
    return verdict === "" ? { ...description, name } : { ...description, name, verdict, word: told };
  }
  return { ...description, name };
});

function setPrefix(fields: Fields, { name, description, verdict, word }: Prefix): void {
  if (description !== undefined) fields["rule.description"] = description;
  if (name !== undefined) fields["rule.name"] = name;
  if (verdict !== undefined) setVerdict(fields, verdict, word);
}

/** Where the rule's prefix begins: behind the kernel's "[ 1234.567890] ", which differs from line to line. */
function behindUptime(message: string): number {
  if (message.charCodeAt(0) !== 91) return 0;
  const close = message.indexOf("] ");
  return close > 0 && close < 24 && uptimePattern.test(message.slice(0, close + 2)) ? close + 2 : 0;
}

const tcpFlags = new Set(["SYN", "ACK", "FIN", "RST", "PSH", "URG", "ECE", "CWR"]);

function readPacket(message: string, start: number, fields: Fields): void {
  let at = start;
  const length = message.length;
  let flags: string[] | undefined;
  let words = 0;
  while (at < length && words++ < 200) {
    let end = message.indexOf(" ", at);
    if (end < 0) end = length;
    if (end > at) {
      const equals = message.indexOf("=", at);
      if (message.charCodeAt(at) === 91) {
        // ICMP errors quote the packet that they answer: "[SRC=… DST=… ]". Its addresses must not replace the outer ones.
        const close = message.indexOf("]", at);
        fields["firebreak.raw.quoted_packet"] = message.slice(at + 1, close < 0 ? length : close).trim();
        end = close < 0 ? length : close + 1;
      } else if (equals < 0 || equals > end) {
        const word = message.slice(at, end);
        if (tcpFlags.has(word)) {
          flags ??= [];
          flags.push(word);
        } else if (word === "DF") fields["firebreak.raw.DF"] = true;
        else if (word === "MF") fields["firebreak.raw.MF"] = true;
      } else if (end > equals + 1) setPair(fields, message.slice(at, equals), message.slice(equals + 1, end));
    }
    at = end + 1;
  }
  if (flags) fields["firebreak.raw.tcp_flags"] = flags;
}

function setPair(fields: Fields, name: string, value: string): void {
  switch (name) {
    case "IN":
      fields["observer.ingress.interface.name"] = value;
      return;
    case "OUT":
      fields["observer.egress.interface.name"] = value;
      return;
    case "MAC":
      setMacs(fields, value);
      return;
    case "SRC": {
      const ip = cleanIp(value);
      if (ip === undefined) fields["firebreak.raw.SRC"] = value;
      else fields["source.ip"] = ip;
      return;
    }
    case "DST": {
      const ip = cleanIp(value);
      if (ip === undefined) fields["firebreak.raw.DST"] = value;
      else fields["destination.ip"] = ip;
      return;
    }
    case "SPT": {
      const port = portOf(value);
      if (port === undefined) fields["firebreak.raw.SPT"] = value;
      else fields["source.port"] = port;
      return;
    }
    case "DPT": {
      const port = portOf(value);
      if (port === undefined) fields["firebreak.raw.DPT"] = value;
      else fields["destination.port"] = port;
      return;
    }
    case "TTL":
      fields["firebreak.raw.TTL"] = value;
      return;
    case "ID":
      fields["firebreak.raw.ID"] = value;
      return;
    case "TOS":
      fields["firebreak.raw.TOS"] = value;
      return;
    case "PREC":
      fields["firebreak.raw.PREC"] = value;
      return;
    case "WINDOW":
      fields["firebreak.raw.WINDOW"] = value;
      return;
    case "RES":
      fields["firebreak.raw.RES"] = value;
      return;
    case "URGP":
      fields["firebreak.raw.URGP"] = value;
      return;
    case "PROTO":
      fields["network.transport"] = transportOf(value) ?? value.toLowerCase();
      return;
    case "LEN": {
      // UDP prints its own length a second time; the first is the packet's.
      const bytes = integerOf(value);
      if (fields["network.bytes"] === undefined && bytes !== undefined) fields["network.bytes"] = bytes;
      return;
    }
    default:
      fields[rawField(name)] = value;
  }
}

/** MAC= is the raw Ethernet header: destination, source, type (14 octets). */
const macsOf = remembering((value) => {
  const destination = value.length === 41 ? macOf(value.slice(0, 17)) : undefined;
  const source = value.length === 41 ? macOf(value.slice(18, 35)) : undefined;
  return destination === undefined || source === undefined ? undefined : { destination, source };
});

function setMacs(fields: Fields, value: string): void {
  const macs = macsOf(value);
  if (macs === undefined) fields["firebreak.raw.MAC"] = value;
  else {
    fields["destination.mac"] = macs.destination;
    fields["source.mac"] = macs.source;
  }
}

/** Only IN: a packet for this machine. Only OUT: one that it sent. Both: forwarded, and the interfaces do not say which side is inside. */
function setDirection(fields: Fields): void {
  const into = fields["observer.ingress.interface.name"];
  const out = fields["observer.egress.interface.name"];
  if (into !== undefined && out === undefined) fields["network.direction"] = "inbound";
  else if (out !== undefined && into === undefined) fields["network.direction"] = "outbound";
}
