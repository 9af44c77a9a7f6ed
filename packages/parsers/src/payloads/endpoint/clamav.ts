import { readClamav } from "../../endpoint/clamav-line.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";

export const payload = {
  name: "endpoint/clamav",
  title: "ClamAV in syslog",
  programs: ["clamd", "clamav", "clamav-daemon", "clamscan", "clamdscan"],
  parse(message) {
    const fields = readClamav(
      message.replace(/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} -> /, ""),
    );
    return fields && { dataset: "endpoint/clamav", fields };
  },
} satisfies SyslogPayload;
