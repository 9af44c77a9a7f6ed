import { readUnbound } from "../../network/dns.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/unbound";

export const payload = {
  name: dataset,
  title: "Unbound resolver",
  programs: ["unbound"],
  parse: (message): PayloadDraft => ({
    dataset,
    fields: readUnbound(message) ?? {},
  }),
} satisfies SyslogPayload;
