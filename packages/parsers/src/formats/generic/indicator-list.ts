import type { Fields } from "@firebreak/model/event";
import type { Head, LineFormat, LineResult } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";

const memory = createHeadMemory(isList);
const domain = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,62}[a-z0-9_])?\.){1,20}[a-z][a-z0-9-]{1,62}\.?$/i;
/** An indicator and a comment behind it. */
const maxLineChars = 8192;
const hash = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const cidr = /^([0-9a-f:.]{3,45})\/(\d{1,3})$/i;
/** Names of files look like domains: a list of these is no list of domains. */
const fileEnding =
  /\.(?:exe|dll|sys|log|txt|csv|json|evtx|zip|gz|ps1|bat|php|asp|aspx|jsp|html?|js|py|sh|xml|dat|tmp|md|ini|conf)$/i;

/** A file of one address, network, domain, URL or hash a line, as threat-intelligence and block lists come. */
export const format = {
  kind: "line",
  name: "generic/indicator-list",
  title: "List of addresses, domains or hashes",
  version: 1,
  notes:
    "One address, network, domain, URL or hash a line. Each is an undated event of kind enrichment: it says nothing about what happened.",
  sniff(line, head) {
    if (!memory.of(head)) return 0;
    if (isComment(line)) return 0.5;
    return indicatorOf(line) === undefined ? 0 : 0.6;
  },
  open() {
    return { parse: parseIndicator };
  },
} satisfies LineFormat;

/** One line in ten may be something else. */
const others = 0.1;

function isList(head: Head): boolean {
  const lines = head.lines.filter((line) => !isComment(line));
  let left = Math.floor(lines.length * others);
  // Any other file is no list after a few lines.
  return lines.length > 0 && lines.every((line) => indicatorOf(line) !== undefined || --left >= 0);
}

function isComment(line: string): boolean {
  return /^\s*(?:#|;|\/\/)/.test(line);
}

function parseIndicator(record: string): LineResult {
  if (isComment(record)) return { skip: "comment" };
  const fields = indicatorOf(record);
  return fields && { dataset: "generic/indicator-list", fields };
}

function indicatorOf(line: string): Fields | undefined {
  if (line.length > maxLineChars) return undefined;
  const text = refang(
    line
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .replace(/\s+(?:#|;|\/\/).*$/, ""),
  );
  if (text.length < 3 || text.length > 2048 || /\s/.test(text)) return undefined;
  const ip = cleanIp(text);
  if (ip !== undefined) return indicator(ip.includes(":") ? "ipv6-addr" : "ipv4-addr", "ip", ip);
  const network = cidr.exec(text);
  if (network) {
    const base = cleanIp(network[1]!);
    if (base !== undefined) return indicator(base.includes(":") ? "ipv6-addr" : "ipv4-addr", "name", text);
  }
  if (hash.test(text)) {
    const kind = text.length === 32 ? "md5" : text.length === 40 ? "sha1" : "sha256";
    return indicator("file", `file.hash.${kind}`, text.toLowerCase());
  }
  if (/^(?:https?|ftp):\/\/\S+$/i.test(text)) return indicator("url", "url.original", text);
  if (domain.test(text) && !fileEnding.test(text))
    return indicator("domain-name", "url.domain", text.toLowerCase().replace(/\.$/, ""));
  return undefined;
}

/** Lists are often written harmless: "198.51.100[.]7", "hxxp://". */
function refang(text: string): string {
  return text.replace(/\[\.\]|\(\.\)/g, ".").replace(/^hxxp/i, "http");
}

function indicator(type: string, field: string, value: string): Fields {
  return {
    "event.kind": "enrichment",
    "event.category": ["threat"],
    "event.type": ["indicator"],
    "threat.indicator.type": type,
    [`threat.indicator.${field}`]: value,
  };
}
