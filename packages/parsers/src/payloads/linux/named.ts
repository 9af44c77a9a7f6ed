import { readBind } from "../../network/dns.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/named";

export const payload = {
  name: dataset,
  title: "BIND name server",
  programs: ["named"],
  accepts: (message) =>
    /^client (?:@0x[0-9a-f]+ )?[\da-fA-F.:]+#\d+(?: \([^)]*\))?: (?:view \S+: )?query/.test(message),
  // Infoblox writes CEF under the name of its servers.
  parse: (message): PayloadDraft | undefined =>
    message.startsWith("CEF:")
      ? undefined
      : {
          dataset,
          fields: readBind(message.replace(/^\d{2}-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d+)? /, "")) ?? {},
        },
} satisfies SyslogPayload;
