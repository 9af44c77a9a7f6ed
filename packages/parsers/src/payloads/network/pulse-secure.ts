import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { setSessionKind } from "../../network/pulse-words.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/pulse-secure";

export const payload = {
  name: dataset,
  title: "Pulse Secure and Ivanti Connect Secure",
  programs: ["pulsesecure", "juniper"],
  accepts: (message) => bars.test(message) || standard.test(message),
  parse,
} satisfies SyslogPayload;

/** "ive | 2024-03-03 10:22:33 | AUT23457 | info | 10.251.0.1 |  | 198.51.100.9 | bob | realm | roles | … | message". */
const bars = /^(?:- )*[\w.-]{1,64} \| \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \| [A-Z]{3}\d{3,6} \| /;
/** "2024-03-03 10:22:33 - ive - [198.51.100.9] Root::bob(realm)[role] - Login failed …". */
const standard =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) - (\S{1,64}) - \[([0-9a-fA-F.:]{2,45})\] ([^\s(]{1,200})\(([^)]{0,100})\)\[([^\]]{0,200})\] - ([\s\S]*)$/;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Ivanti",
    "observer.product": "Connect Secure",
    "observer.type": "vpn",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const line = standard.exec(message);
  if (line) {
    setEndpoint(fields, "source", line[3]!);
    const user = line[4]!.slice(line[4]!.lastIndexOf("::") + 1).replace(/^:/, "");
    if (user !== "" && user !== "System") fields["user.name"] = user;
    if (line[5] !== "") fields["firebreak.raw.realm"] = line[5]!;
    if (line[6] !== "") fields["firebreak.raw.roles"] = line[6]!;
    return finish(line[7]!, line[1]!, fields, context);
  }
  if (!bars.test(message)) return undefined;
  const cells = message.split(" | ", 40).map((cell) => cell.trim());
  fields["event.code"] = cells[2]!;
  fields["log.level"] = cells[3]!;
  if (cells[6]) setEndpoint(fields, "source", cells[6]);
  if (cells[7] && cells[7] !== "System") fields["user.name"] = cells[7];
  if (cells[8]) fields["firebreak.raw.realm"] = cells[8];
  if (cells[9]) fields["firebreak.raw.roles"] = cells[9];
  return finish(cells.at(-1) ?? "", cells[1]!, fields, context);
}

function finish(text: string, stamp: string, fields: Fields, context: ParseContext): PayloadDraft {
  if (text !== "") fields.message = text;
  setSessionKind(fields, text);
  const time = context.time.iso(stamp);
  return time ? { dataset, fields, time } : { dataset, fields };
}
