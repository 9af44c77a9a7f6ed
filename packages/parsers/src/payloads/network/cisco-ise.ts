import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { assign, dictionary, macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/cisco-ise";

export const payload = {
  name: dataset,
  title: "Cisco ISE",
  programs: [],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/**
 * "CISE_Passed_Authentications 0000000001 1 0 2024-03-05 10:00:00.123 +01:00 0000000002 5200 NOTICE Passed-Authentication: …"
 * (Cisco, "ISE Syslog Message Catalog"); further segments of one message begin without the stamp.
 */
const header =
  /^(?:CISE_(\w+):? |CSCOacs_(\w+) )?(\d{8,10}) (\d{1,3}) (\d{1,3}) (?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,6}) ([+-]\d\d:\d\d) (\d{1,12}) (\d{3,6}) (\w{2,10}) ([\w /&-]{1,60}): )?/;

const known = dictionary({
  UserName: "user.name",
  User: "user.name",
  AdminName: "user.name",
  "User-Name": "user.name",
  "Device IP Address": "observer.ip:ip",
  "NAS-IP-Address": "firebreak.raw.nas_ip",
  DestinationIPAddress: "destination.ip:ip",
  DestinationPort: "destination.port:port",
  AdminIPAddress: "source.ip:ip",
  "Remote-Address": "source.ip:ip",
  "Device Port": "source.port:port",
  Port: "firebreak.raw.Port",
  NetworkDeviceName: "observer.name",
  "Framed-IP-Address": "client.ip:ip",
  Protocol: "network.protocol:lower",
  FailureReason: "event.reason",
  "Acct-Input-Octets": "source.bytes:integer",
  "Acct-Output-Octets": "destination.bytes:integer",
  "Acct-Input-Packets": "source.packets:integer",
  "Acct-Output-Packets": "destination.packets:integer",
  CmdSet: "process.command_line",
  SelectedAuthorizationProfiles: "rule.name",
  AuthorizationPolicyMatchedRule: "rule.name",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = header.exec(message);
  const isIse = /^(?:CISE|CSCOacs)_/.test(message) || /^(?:CISE|CSCOacs)_/i.test(envelope.program);
  if (!match || !isIse) return undefined;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Cisco",
    "observer.product": "ISE",
    "observer.type": "nac",
  };
  if (envelope.host !== undefined) fields["observer.hostname"] = envelope.host;
  const category = match[1] ?? match[2] ?? envelope.program.replace(/^(?:CISE|CSCOacs)_/i, "");
  fields["firebreak.raw.category"] = category;
  fields["firebreak.raw.message_id"] = match[3]!;
  const rest = message.slice(match[0].length);
  const title = readAttributes(rest, fields);
  setCategory(fields, category, `${match[11] ?? ""} ${title}`);
  if (match[6] === undefined) return { dataset, fields };
  fields["event.sequence"] = Number(match[8]);
  fields["event.code"] = match[9]!;
  fields["log.level"] = match[10]!.toLowerCase();
  fields["firebreak.raw.message_class"] = match[11]!;
  // The class of the message is its name ("Passed-Authentication"); what was done within it stands in the text.
  fields["event.action"] = kebabCase(match[11]!);
  if (title !== "") fields["firebreak.raw.message_text"] = title;
  const time = context.time.iso(`${match[6]} ${match[7]}`) ?? context.time.iso(`${match[6]}${match[7]}`);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** "Text, Name=value, Name=value, …"; commas inside values are escaped with a backslash. Returns the text before the first pair. */
function readAttributes(text: string, fields: Fields): string {
  const parts = text.split(/(?<!\\), ?/, 600);
  let title = "";
  for (const [i, part] of parts.entries()) {
    const equals = part.indexOf("=");
    if (equals < 0) {
      if (i === 0) title = part.trim();
      continue;
    }
    const name = part.slice(0, equals).trim();
    const value = part
      .slice(equals + 1)
      .replace(/\\(.)/g, "$1")
      .trim();
    if (name === "Step" || name === "" || value === "") continue;
    if (name === "Calling-Station-ID" || name === "EndPointMACAddress") setStation(fields, value);
    else assign(fields, known, name, value);
  }
  return title;
}

/** The station is a MAC address on the wire and in the air, an IP address for VPN clients. */
function setStation(fields: Fields, value: string): void {
  const mac = macOf(value);
  if (mac !== undefined) fields["source.mac"] = mac;
  else setEndpoint(fields, "source", value);
  fields["firebreak.raw.Calling-Station-ID"] = value;
}

function setCategory(fields: Fields, category: string, messageClass: string): void {
  const words = `${category} ${messageClass}`;
  if (/Authent|Guest|Authoriz|Login|Failed_Attempts/i.test(words)) {
    const failed = /Fail|Reject|denied/i.test(words);
    fields["event.category"] = ["authentication"];
    fields["event.type"] = [failed ? "info" : "start"];
    fields["event.outcome"] = failed ? "failure" : "success";
  } else if (/Accounting/i.test(words)) {
    fields["event.category"] = ["session", "network"];
    fields["event.type"] = ["info"];
  } else if (/Administrat|Audit|Config/i.test(words)) {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = ["change"];
  } else {
    fields["event.category"] = ["host"];
    fields["event.type"] = ["info"];
  }
  const command = fields["process.command_line"];
  if (typeof command === "string") fields["process.command_line"] = commandOf(command);
  const ip = fields["client.ip"];
  if (typeof ip === "string") fields["source.ip"] ??= ip;
}

/** "[ CmdAV=show CmdArgAV=version CmdArgAV=<cr> ]" → "show version". */
function commandOf(recorded: string): string {
  const words = [...recorded.slice(0, 4000).matchAll(/\bCmd(?:Arg)?AV=(\S+)/g)].map((match) => match[1]!);
  return words.length === 0 ? recorded : words.filter((word) => word !== "<cr>").join(" ");
}
