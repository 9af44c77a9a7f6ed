import type { Fields } from "@firebreak/model/event";
import { applyRules, eventFields, rule } from "../text/rules.ts";
import { dnsResponseCode } from "./dns-types.ts";

const query = eventFields("network", "protocol info", "dns-query", {
  "network.protocol": "dns",
  "dns.type": "query",
});
const answer = eventFields("network", "protocol info", "dns-answer", {
  "network.protocol": "dns",
  "dns.type": "answer",
});
const refused = eventFields("network", "protocol denied", "dns-refused", {
  "network.protocol": "dns",
  "event.outcome": "failure",
});

const bindRules = [
  rule(
    /^(?:rpz: )?(?:\w+: )?(?:client (?:@0x[0-9a-f]+ )?(\S+?)#(\d+)(?: \(([^)]*)\))?: )?(?:view (\S+): )?(?:disabled )?rpz (\S+) (\S+) rewrite ([^\s/]+)(?:\/([A-Z0-9]+)\/(\w+))? via (\S+)/,
    "source source.port . firebreak.raw.view firebreak.raw.trigger event.action dns.question.name dns.question.type dns.question.class rule.name",
    eventFields("network", "protocol denied", "dns-rewritten", {
      "network.protocol": "dns",
      "event.outcome": "success",
    }),
  ),
  rule(
    /^(?:lame-servers: )?(?:\w+: )?(?:(\S+) unexpected RCODE|connection refused|FORMERR|lame server) resolving '([^'/]+)\/([^'/]+)\/([^']+)'(?: \(.*?\))?: (\S+?)#(\d+)/,
    "dns.response_code dns.question.name dns.question.type dns.question.class destination destination.port",
    eventFields("network", "protocol", "dns-failed", {
      "network.protocol": "dns",
      "event.outcome": "failure",
    }),
  ),
  rule(
    /^(?:queries: )?(?:\w+: )?client (?:@0x[0-9a-f]+ )?(\S+?)#(\d+)(?: \(([^)]*)\))?: (?:view (\S+): )?(?:(UDP|TCP): )?query: (\S+) (\S+) (\S+)(?: response: (\S+))? (\S+)(?: \(([^)]*)\))?/,
    "source source.port . firebreak.raw.view network.transport dns.question.name dns.question.class dns.question.type dns.response_code firebreak.raw.flags destination",
    query,
  ),
  rule(
    /^(?:security: )?(?:\w+: )?client (?:@0x[0-9a-f]+ )?(\S+?)#(\d+)(?: \(([^)]*)\))?: (?:view (\S+): )?(?:query|update|zone transfer)(?: \(cache\))? '([^'/]+)\/([^'/]+)\/([^']+)' (denied|refused)(.*)$/,
    "source source.port . firebreak.raw.view dns.question.name dns.question.type dns.question.class event.reason .",
    refused,
  ),
  rule(
    /^(?:\S+: )?client (?:@0x[0-9a-f]+ )?(\S+?)#(\d+)(?: \(([^)]*)\))?: (?:view (\S+): )?(transfer of|bad zone transfer request:|received notify for zone|updating zone|zone transfer) ?'?([^'/\s]+)(.*)$/,
    "source source.port . firebreak.raw.view firebreak.raw.operation dns.question.name event.reason",
    eventFields("network", "protocol info", "dns-zone", { "network.protocol": "dns" }),
  ),
  rule(
    /^(?:query-errors: )?(?:\w+: )?client (?:@0x[0-9a-f]+ )?(\S+?)#(\d+)(?: \(([^)]*)\))?: (?:view (\S+): )?query failed \((\S+?)\) for (\S+?)\/(\S+?)\/(\S+)/,
    "source source.port . firebreak.raw.view dns.response_code dns.question.name dns.question.class dns.question.type",
    query,
  ),
];

/** Addresses in the answers that Infoblox and others put behind a response: "www.example.com. 60 IN A 192.0.2.7;". */
export function readAnswers(text: string): string[] {
  const found: string[] = [];
  for (const match of text.slice(0, 8192).matchAll(/ IN (?:A|AAAA) ([0-9a-fA-F.:]{2,45});/g))
    found.push(match[1]!);
  return found;
}

/** Reads a message of BIND's query, security and update categories ("client @0x… 192.0.2.1#53211 (name): query: name IN A +E(0)K (…)"). */
export function readBind(text: string): Fields | undefined {
  const fields = applyRules(bindRules, text);
  const transport = fields?.["network.transport"];
  if (typeof transport === "string") fields!["network.transport"] = transport.toLowerCase();
  if (fields === undefined || fields["dns.response_code"] === undefined) return fields;
  const answers = readAnswers(text);
  if (answers.length > 0) fields["dns.resolved_ip"] = answers;
  return fields;
}

const dnsmasqRules = [
  rule(
    /^(?:\d+ ([0-9a-fA-F.:]+)\/(\d+) )?query\[(\S+?)\] (\S+) from (\S+)$/,
    "source source.port dns.question.type dns.question.name source",
    query,
  ),
  rule(
    /^(?:\d+ \S+ )?(?:reply|cached|config|\/\S+) (\S+) is ([0-9a-fA-F.:]+)$/,
    "dns.question.name dns.resolved_ip",
    answer,
  ),
  rule(
    /^(?:\d+ \S+ )?(?:gravity|exactly|regex|external)? ?(?:blocked|denied) (\S+)(?: is .*)?$/,
    "dns.question.name",
    eventFields("network", "protocol denied", "blocked", {
      "network.protocol": "dns",
      "event.outcome": "failure",
    }),
  ),
  rule(
    /^(?:\d+ \S+ )?(?:reply|cached|config|\/\S+) (\S+) is (.+)$/,
    "dns.question.name firebreak.raw.answer",
    answer,
  ),
  rule(
    /^(?:\d+ \S+ )?forwarded (\S+) to (\S+)$/,
    "dns.question.name destination",
    eventFields("network", "protocol info", "dns-forward", { "network.protocol": "dns" }),
  ),
];

/** An answer is a list in ECS, also when it is one address. */
function listed(fields: Fields | undefined): Fields | undefined {
  const address = fields?.["dns.resolved_ip"];
  if (typeof address === "string") fields!["dns.resolved_ip"] = [address];
  return fields;
}

/** Reads a message of dnsmasq with log-queries. */
export function readDnsmasq(text: string): Fields | undefined {
  return listed(applyRules(dnsmasqRules, text));
}

const unboundRules = [
  rule(
    /^(?:\[[\d:]+\] )?(?:info|query): (?:\S+: )?([0-9a-fA-F.:]+)(?:@\d+)? (\S+?)\.? ([A-Z0-9]+) (IN|CH|HS)(?: ([A-Z]+) .*)?$/,
    "source dns.question.name dns.question.type dns.question.class dns.response_code",
    query,
  ),
  rule(
    /^(?:\[[\d:]+\] )?reply: ([0-9a-fA-F.:]+) (\S+?)\.? ([A-Z0-9]+) (IN|CH|HS) ([A-Z]+)/,
    "source dns.question.name dns.question.type dns.question.class dns.response_code",
    answer,
  ),
];

/** Reads a message of unbound with log-queries or log-replies. */
export function readUnbound(text: string): Fields | undefined {
  return applyRules(unboundRules, text);
}

const powerDnsRules = [
  rule(
    /^(?:msg=)?"?(?:\d+ )?\[[\d/]+\] question for '([^'|]+?)\.?\|(\w+)' from ([0-9a-fA-F.:[\]]+?):(\d+)/,
    "dns.question.name dns.question.type source source.port",
    query,
  ),
  rule(
    /^(?:\d+ )?\[[\d/]+\] answer to question '([^'|]+?)\.?\|(\w+)': .*?rcode=(\d+)/,
    "dns.question.name dns.question.type dns.response_code",
    answer,
  ),
  rule(
    /^Remote (\S+?)(?:<-\S+)? wants '([^'|]+?)\.?\|(\w+)'/,
    "source dns.question.name dns.question.type",
    query,
  ),
  rule(
    /^AXFR of domain '([^']+)'.*? (?:to|initiated by|denied.* to) (\S+?)(?::\d+)?(?: .*)?$/,
    "dns.question.name source",
    eventFields("network", "protocol info", "dns-zone", { "network.protocol": "dns" }),
  ),
];

/** Reads a message of the PowerDNS recursor or authoritative server. */
export function readPowerDns(text: string): Fields | undefined {
  const fields = applyRules(powerDnsRules, text);
  const code = fields?.["dns.response_code"];
  if (typeof code === "string") fields!["dns.response_code"] = dnsResponseCode(code) ?? code;
  return fields;
}
