import type { Fields } from "@firebreak/model/event";
import { macOf } from "../../ecs/dictionary.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyTimedRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "network/dhcpd";

export const payload = {
  name: dataset,
  title: "DHCP servers and clients (ISC, Kea-like wording, dnsmasq-dhcp, Infoblox)",
  programs: ["dhcpd", "dnsmasq-dhcp", "dhclient", "dhcrelay", "kea-dhcp4", "kea-dhcp6", "udhcpd"],
  parse,
} satisfies SyslogPayload;

const mac = "([0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2}){5})";
const event = (action: string, type = "info") =>
  eventFields("network", `protocol ${type}`, action, {
    "network.protocol": "dhcp",
    "network.transport": "udp",
  });

const rules = [
  rule(
    /^(?:(?:DEBUG|INFO|WARN|ERROR|FATAL) +)?(?:\[kea[^\]]{0,120}\] )?DHCP4_LEASE_(?:ALLOC|RENEW|ADVERT|OFFER|REUSE) \[hwtype=\d+ ([0-9a-fA-F:]{17})\].*?lease ([\d.]+) /,
    "source.mac source",
    event("dhcp-ack", "start"),
  ),
  rule(
    /^(?:(?:DEBUG|INFO|WARN|ERROR|FATAL) +)?(?:\[kea[^\]]{0,120}\] )?DHCP4_(\w+) \[hwtype=\d+ ([0-9a-fA-F:]{17})\](?:.*? (?:from|address) ([\d.]+))?/,
    "event.action source.mac source",
    event("dhcp-exchange"),
  ),
  rule(
    new RegExp(`^DHCPACK on (\\S+) to ${mac}(?: \\((.*?)\\))? via (\\S+)`),
    "source source.mac @ observer.ingress.interface.name",
    event("dhcp-ack", "start"),
  ),
  rule(
    new RegExp(`^DHCPACK to (\\S+) \\(${mac}\\) via (\\S+)`),
    "source source.mac observer.ingress.interface.name",
    event("dhcp-ack"),
  ),
  rule(
    new RegExp(`^DHCPACK\\((\\S+?)\\) (\\S+) ${mac}(?: (\\S+))?`),
    "observer.ingress.interface.name source source.mac @",
    event("dhcp-ack", "start"),
  ),
  rule(
    new RegExp(`^DHCP(OFFER|NAK) on (\\S+) to ${mac}(?: \\((.*?)\\))? via (\\S+)`),
    ". source source.mac @ observer.ingress.interface.name",
    event("dhcp-offer"),
  ),
  rule(
    new RegExp(`^DHCPREQUEST for (\\S+)(?: \\(([\\d.]+)\\))? from ${mac}(?: \\((.*?)\\))? via (\\S+)`),
    "source destination source.mac @ observer.ingress.interface.name",
    event("dhcp-request"),
  ),
  rule(
    new RegExp(`^DHCPDISCOVER from ${mac}(?: \\((.*?)\\))? via (\\S+)`),
    "source.mac @ observer.ingress.interface.name",
    event("dhcp-discover"),
  ),
  rule(
    new RegExp(`^DHCPRELEASE (?:of|on) (\\S+) from ${mac}(?: \\((.*?)\\))? via (\\S+)`),
    "source source.mac @ observer.ingress.interface.name",
    event("dhcp-release", "end"),
  ),
  rule(new RegExp(`^DHCPEXPIRE on (\\S+) to ${mac}`), "source source.mac", event("dhcp-expire", "end")),
  rule(
    new RegExp(`^DHCPINFORM from (\\S+)(?: \\(${mac}\\))? via (\\S+)`),
    "source source.mac observer.ingress.interface.name",
    event("dhcp-inform"),
  ),
  rule(new RegExp(`^DHCPDECLINE of (\\S+) from ${mac}`), "source source.mac", event("dhcp-decline")),
  rule(
    new RegExp(
      `^DHCP(DISCOVER|REQUEST|OFFER|NAK|RELEASE|DECLINE)\\((\\S+?)\\) (?:(\\d[\\d.]*) )?${mac}(?: (\\S+))?`,
    ),
    ". observer.ingress.interface.name source source.mac @",
    event("dhcp-exchange"),
  ),
  // Infoblox tells the whole life of a lease: address, what became of it, name, MAC address, begin and end.
  rule(
    new RegExp(`^r-l-e:([\\d.]+),(Issued|Renewed|Freed|Abandoned|Expired|Released),([^,]*),${mac},`, "i"),
    "source firebreak.raw.lease @ source.mac",
    event("dhcp-lease"),
  ),
  rule(/^Abandoning IP address (\S+): (.*)$/, "source event.reason", event("dhcp-abandon")),
  rule(/^bound to (\S+) -- renewal in/, "host.ip", event("dhcp-bound", "start")),
];

function parse(message: string): PayloadDraft | undefined {
  const text = message.startsWith("DHCP") || !/^\d+ /.test(message) ? message : message.replace(/^\d+ /, "");
  const read = applyTimedRules(rules, text);
  const fields: Fields = read?.fields ?? {};
  const found = /^DHCP([A-Z]+)/.exec(text);
  if (found && fields["event.action"] !== undefined)
    fields["event.action"] = `dhcp-${found[1]!.toLowerCase()}`;
  const recorded = fields["source.mac"];
  if (typeof recorded === "string") {
    const padded = recorded.replace(/\b([0-9a-fA-F])\b/g, "0$1");
    fields["source.mac"] = macOf(padded) ?? recorded;
  }
  // The name is the client's; the host of the event is the server.
  if (read?.recorded !== undefined) fields["source.domain"] = read.recorded;
  return { dataset, fields };
}
