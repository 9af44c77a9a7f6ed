import { isAlert, readAlert } from "../../network/snort.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/snort-fast";

export const payload = {
  name: dataset,
  title: "Snort and Suricata alerts in syslog",
  programs: ["snort", "suricata", "barnyard2"],
  accepts: (message) => /^(?:\[\*\*\] )?\[\d+:\d+:\d+\] /.test(message) && isAlert(message),
  parse,
} satisfies SyslogPayload;

function parse(message: string): PayloadDraft | undefined {
  const fields = readAlert(message);
  if (!fields) return undefined;
  fields["observer.type"] = "ids";
  return { dataset, fields };
}
