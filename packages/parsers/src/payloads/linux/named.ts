import type { ParseContext } from "@firebreak/model/format";
import { readBind } from "../../network/dns.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { monthNumber } from "../../text/months.ts";

const dataset = "linux/named";

export const payload = {
  name: dataset,
  title: "BIND name server",
  programs: ["named"],
  accepts: (message) =>
    /^client (?:@0x[0-9a-f]+ )?[\da-fA-F.:]+#\d+(?: \([^)]*\))?: (?:view \S+: )?query/.test(message),
  parse,
} satisfies SyslogPayload;

/** Infoblox repeats the server's own time before the text, with its year. */
const stamp = /^(\d{2})-([A-Z][a-z]{2})-(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? /;

function parse(message: string, _envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  // It also writes CEF under the name of its servers.
  if (message.startsWith("CEF:")) return undefined;
  const match = stamp.exec(message);
  if (!match) return { dataset, fields: readBind(message) ?? {} };
  const fields = readBind(message.slice(match[0].length)) ?? {};
  const time = context.time.local(
    {
      year: Number(match[3]),
      month: monthNumber(match[2]!),
      day: Number(match[1]),
      hour: Number(match[4]),
      minute: Number(match[5]),
      second: Number(match[6]),
      nanos: Number((match[7] ?? "").padEnd(9, "0")),
    },
    match[0].trimEnd(),
  );
  return time ? { dataset, fields, time } : { dataset, fields };
}
