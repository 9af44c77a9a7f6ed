import { readDnsmasq } from "../../network/dns.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/dnsmasq";

export const payload = {
  name: dataset,
  title: "dnsmasq (DNS)",
  programs: ["dnsmasq", "pihole-ftl"],
  parse: (message): PayloadDraft => ({
    dataset,
    fields: readDnsmasq(message) ?? {},
  }),
} satisfies SyslogPayload;
