import { readBind } from "../../network/dns.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/named";

export const payload = {
  name: dataset,
  title: "BIND name server",
  programs: ["named"],
  parse: (message): PayloadDraft => ({
    dataset,
    fields: readBind(message.replace(/^\d{2}-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d+)? /, "")) ?? {},
  }),
} satisfies SyslogPayload;
