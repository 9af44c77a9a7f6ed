import { readFail2ban } from "../../network/fail2ban.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/fail2ban";

export const payload = {
  name: dataset,
  title: "fail2ban in syslog",
  programs: ["fail2ban", "fail2ban-server"],
  parse: (message): PayloadDraft => ({
    dataset,
    fields: readFail2ban(message.replace(/^(?:fail2ban\.\w+\s*)?(?:\[\d+\])?:?\s*(?:[A-Z]+\s+)?/, "")) ?? {},
  }),
} satisfies SyslogPayload;
