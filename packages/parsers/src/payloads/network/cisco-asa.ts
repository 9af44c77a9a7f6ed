import type { ParseContext } from "@firebreak/model/format";
import { asaFields, readAsaText } from "../../network/cisco/message.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/cisco-asa";

export const payload = {
  name: dataset,
  title: "Cisco ASA, FTD, PIX and FWSM",
  programs: [],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/** "%ASA-6-302013: ", "%FTD-1-430003: ", "%ASA-session-6-302013: ", the per cent sign lost or a sequence number before it. */
const header = /^(?:\d{1,10}: )?:? ?%?(ASA|FTD|PIX|FWSM|NGIPS)-(?:([a-z]+)-)?([0-7])-(\d{3,6}): ?/;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const fields = asaFields(match[1]!, Number(match[3]), match[4]!);
  if (match[2] !== undefined) fields["firebreak.raw.message_class"] = match[2];
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const time = readAsaText(Number(match[4]), message.slice(match[0].length), fields, context);
  // The first packet's time tells year and zone; where the envelope states both, it says when the event was.
  const stated = envelope.time?.yearSource === undefined && envelope.time?.zoneSource === "in-record";
  return time && !stated ? { dataset, fields, time } : { dataset, fields };
}
