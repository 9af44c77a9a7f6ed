import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { setFile, setFinding, setHash, setProcess, setUser } from "../../endpoint/av-verdict.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";

const dataset = "endpoint/cylance";
const head = /^Event Type: ([A-Za-z ]{2,40}), Event Name: ?([^,]{1,120})/;
const maxLabels = 100;

export const payload = {
  name: dataset,
  title: "CylancePROTECT in syslog",
  programs: [],
  accepts: (message) => message.startsWith("Event Type: ") && head.test(message),
  parse,
} satisfies SyslogPayload;

function parse(message: string): PayloadDraft | undefined {
  const match = head.exec(message);
  if (!match) return undefined;
  const kind = match[1]!;
  const fields: Fields = {
    "observer.vendor": "Cylance",
    "observer.type": "antivirus",
    "event.code": kind,
    "firebreak.raw.Event Name": match[2]!.trim(),
  };
  const labels = readLabels(message);
  place(fields, labels);
  const deed = labels.get("Action") ?? labels.get("Status") ?? match[2]!;
  if (/^(?:Threat|ExploitAttempt|ScriptControl|AppControl|OpticsCae)/.test(kind.replaceAll(" ", "")))
    setFinding(fields, `${deed} ${match[2]}`);
  else setAudit(fields, kind, match[2]!, labels);
  fields.message = message;
  return { dataset, fields };
}

/** `Key: value, Key: value`; a value may hold commas, so a pair ends where ", Capital…: " begins the next. */
function readLabels(message: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const part of message
    .slice(0, 65_536)
    .split(/, (?=[A-Z][A-Za-z0-9]{0,20}(?: [A-Za-z0-9]{1,20}){0,4}: )/, maxLabels)) {
    const colon = part.indexOf(": ");
    if (colon <= 0) continue;
    const value = part
      .slice(colon + 2)
      .trim()
      .replace(/^\(([^()]*)\)$/, "$1");
    if (!isAbsent(value) && value !== "") labels.set(part.slice(0, colon), value);
  }
  return labels;
}

const texts: Readonly<Record<string, string>> = {
  "Device Name": "host.name",
  "Device Id": "host.id",
  "Policy Name": "rule.ruleset",
  "Threat Classification": "threat.software.name",
  "Violation Type": "rule.name",
  Interpreter: "process.name",
};

function place(fields: Fields, labels: ReadonlyMap<string, string>): void {
  for (const [label, value] of labels) {
    if (Object.hasOwn(texts, label)) fields[texts[label]!] = value;
    else if (label === "IP Address") setHostIps(fields, value);
    else if (label === "SHA256" || label === "MD5" || label === "SHA1") setHash(fields, value);
    else if (label === "User Name" || label === "User") setUser(fields, value);
    else if (label === "Source IP") setSource(fields, value);
    else if (label === "Process ID") setPid(fields, value);
    else if (label === "Process Name") setProcess(fields, value);
    else if (label === "Event Type" || label === "Event Name") continue;
    else if (label === "File Path") setFile(fields, value);
    else fields[rawField(label)] = value;
  }
  const folder = labels.get("Path");
  const name = labels.get("File Name");
  if (name === undefined) return;
  const separator = folder?.includes("/") ? "/" : "\\";
  setFile(
    fields,
    folder === undefined ? name : /[\\/]$/.test(folder) ? folder + name : folder + separator + name,
  );
}

function setHostIps(fields: Fields, value: string): void {
  const ips = value
    .split(/[,;] ?/, 20)
    .map((one) => cleanIp(one.trim()))
    .filter((one) => one !== undefined);
  if (ips.length > 0) fields["host.ip"] = ips;
}

function setSource(fields: Fields, value: string): void {
  const ip = cleanIp(value);
  if (ip !== undefined) fields["source.ip"] = ip;
}

function setPid(fields: Fields, value: string): void {
  const pid = integerOf(value);
  if (typeof pid === "number" && pid >= 0) fields["process.pid"] = pid;
}

function setAudit(fields: Fields, kind: string, name: string, labels: ReadonlyMap<string, string>): void {
  fields["event.kind"] = "event";
  fields["event.action"] = kebabCase(name);
  if (/^Login/.test(name)) {
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["start"];
    fields["event.outcome"] = /fail/i.test(name + (labels.get("Message") ?? "")) ? "failure" : "success";
  } else if (kind === "AuditLog") {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = ["change"];
  } else {
    fields["event.category"] = ["host"];
    fields["event.type"] = ["info"];
  }
}
