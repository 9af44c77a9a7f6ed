import { readPowerDns } from "../../network/dns.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/powerdns";

export const payload = {
  name: dataset,
  title: "PowerDNS",
  programs: ["pdns", "pdns_server", "pdns_recursor", "pdns-recursor", "pdns_recursor_instance"],
  parse: (message): PayloadDraft => ({ dataset, fields: readPowerDns(message) ?? {} }),
} satisfies SyslogPayload;
