import { readExim } from "../../network/exim.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/exim";

export const payload = {
  name: dataset,
  title: "Exim mail server, in syslog",
  programs: ["exim", "exim4"],
  // Exim repeats its own stamp unless syslog_timestamp is off.
  parse: (message): PayloadDraft => ({
    dataset,
    fields: readExim(message.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[+-]\d{4} )?/, "")),
  }),
} satisfies SyslogPayload;
