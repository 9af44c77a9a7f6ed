import { readEsa } from "../../network/cisco-esa.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "mail/cisco-esa";

export const payload = {
  name: dataset,
  title: "Cisco Secure Email Gateway (ESA, IronPort AsyncOS)",
  programs: [],
  accepts: (message) => start.test(message),
  parse,
} satisfies SyslogPayload;

/** The log subscription's name is the tag; a collector may have left it in the text. */
const start = /^(?:\w{1,60}: )?(?:Critical|Alert|Warning|Info|Debug|Trace|Error): (?=[\w(])/;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const fields = readEsa(
    message.replace(/^\w{1,60}: (?=(?:Critical|Alert|Warning|Info|Debug|Trace|Error): )/, ""),
  );
  if (fields === undefined) return undefined;
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  return { dataset, fields };
}
