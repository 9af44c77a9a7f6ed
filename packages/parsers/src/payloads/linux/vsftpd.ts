import { readVsftpd } from "../../network/ftp.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/vsftpd";

export const payload = {
  name: dataset,
  title: "vsftpd in syslog",
  programs: ["vsftpd"],
  parse: (message): PayloadDraft => ({ dataset, fields: readVsftpd(message) ?? {} }),
} satisfies SyslogPayload;
