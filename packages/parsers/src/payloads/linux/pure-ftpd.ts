import { readPureFtpd } from "../../network/ftp.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/pure-ftpd";

export const payload = {
  name: dataset,
  title: "Pure-FTPd in syslog",
  programs: ["pure-ftpd"],
  parse: (message): PayloadDraft => ({ dataset, fields: readPureFtpd(message) ?? {} }),
} satisfies SyslogPayload;
