import type { Fields } from "@firebreak/model/event";
import { applyRules, eventFields, rule } from "../text/rules.ts";

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
    /^(?:queries: )?(?:\w+: )?client (?:@0x[0-9a-f]+ )?(\S+?)#(\d+)(?: \(([^)]*)\))?: (?:view (\S+): )?(?:UDP: |TCP: )?query: (\S+) (\S+) (\S+)(?: response: (\S+))? (\S+)(?: \(([^)]*)\))?/,
    "source source.port . firebreak.raw.view dns.question.name dns.question.class dns.question.type dns.response_code firebreak.raw.flags destination",
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

/** Reads a message of BIND's query, security and update categories ("client @0x… 192.0.2.1#53211 (name): query: name IN A +E(0)K (…)"). */
export function readBind(text: string): Fields | undefined {
  return applyRules(bindRules, text);
}

const dnsmasqRules = [
  rule(
    /^(?:\d+ \S+ )?query\[(\S+?)\] (\S+) from (\S+)$/,
    "dns.question.type dns.question.name source",
    query,
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

/** Reads a message of dnsmasq with log-queries. */
export function readDnsmasq(text: string): Fields | undefined {
  return applyRules(dnsmasqRules, text);
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
