import { readProftpd } from "../../network/ftp.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/proftpd";

export const payload = {
  name: dataset,
  title: "ProFTPD in syslog",
  programs: ["proftpd", "ftpd"],
  parse: (message): PayloadDraft => ({ dataset, fields: readProftpd(message) ?? {} }),
} satisfies SyslogPayload;
