import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { setFile, setFinding, setHash, setProcess, setUser } from "../../endpoint/av-verdict.ts";
import { readStructuredData } from "../../formats/syslog/rfc5424-header.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";

const dataset = "endpoint/kaspersky";
/** 23668 is Kaspersky's enterprise number; the message id before it is the event type. */
const structured = /^(?:\S{1,200} )?(?=\[event@23668[ \]])/;
const maxLabels = 60;

export const payload = {
  name: dataset,
  title: "Kaspersky Security Center in syslog (RFC 5424)",
  programs: [],
  accepts: (message) => message.includes("[event@23668") && structured.test(message),
  parse,
} satisfies SyslogPayload;

/** Parameters that every event has: type, its display name, task, host, address, group. */
const parameters: Readonly<Record<string, string>> = {
  et: "event.code",
  etdn: "rule.name",
  hdn: "host.name",
  tdn: "rule.ruleset",
  gn: "group.name",
};

function parse(message: string): PayloadDraft | undefined {
  const head = structured.exec(message);
  if (!head) return undefined;
  const fields: Fields = { "observer.vendor": "Kaspersky", "observer.type": "antivirus" };
  const end = readStructuredData(message, head[0].length, (_element, name, value) => {
    if (isAbsent(value)) return;
    if (Object.hasOwn(parameters, name)) fields[parameters[name]!] = value;
    else if (name === "hip") setHostIp(fields, value);
    else fields[rawField(name)] = value;
  });
  const text = message.slice(end).trim();
  const labels = readLabels(text);
  setDetails(fields, labels);
  fields["firebreak.raw.sd_id"] = "event@23668";
  if (text !== "") fields.message = text;
  return { dataset, fields };
}

function setHostIp(fields: Fields, value: string): void {
  const ip = cleanIp(value);
  if (ip !== undefined) fields["host.ip"] = [ip];
}

/** `Event type: …\r\nResult: Blocked`: the line ends arrive as the four characters `\r\n`. */
function readLabels(text: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const line of text.slice(0, 65_536).split(/\\r\\n|\\n|\r?\n/, maxLabels)) {
    const colon = line.indexOf(": ");
    if (colon <= 0 || colon > 60) continue;
    const value = line.slice(colon + 2).trim();
    if (value !== "") labels.set(line.slice(0, colon).trim().toLowerCase(), value);
  }
  return labels;
}

const findings =
  /THREAT|VIRUS|INFECT|SUSPICIOUS|OBJECT_(?:BLOCKED|DELETED|NOTCURED|CURED|QUARANTINED)|ATTACK|LAUNCH_DENIE|MALWARE|EXPLOIT/;

function setDetails(fields: Fields, labels: ReadonlyMap<string, string>): void {
  const code = String(fields["event.code"] ?? "");
  const deed = labels.get("result") ?? labels.get("action") ?? String(fields["rule.name"] ?? "");
  if (findings.test(code)) setFinding(fields, deed);
  else fields["event.kind"] = "event";
  const path = labels.get("path to object") ?? labels.get("object path");
  const name = labels.get("object name") ?? labels.get("object");
  if (path !== undefined) setFile(fields, path);
  else if (name !== undefined) setFile(fields, name);
  for (const kind of ["sha256", "md5", "sha1"]) {
    const hash = labels.get(kind);
    if (hash !== undefined) setHash(fields, hash);
  }
  const user = labels.get("user");
  if (user !== undefined) setUser(fields, user);
  const process = labels.get("process path") ?? labels.get("application path");
  if (process !== undefined) setProcess(fields, process);
  const threat = labels.get("threat name") ?? labels.get("detected") ?? labels.get("name");
  if (threat !== undefined) fields["threat.software.name"] = threat;
}
