import { readLfd } from "../../network/lfd.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/lfd";

export const payload = {
  name: dataset,
  title: "ConfigServer Firewall: login failure daemon (lfd)",
  programs: ["lfd"],
  parse: (message): PayloadDraft => ({ dataset, fields: readLfd(message) ?? {} }),
} satisfies SyslogPayload;
