import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { transportOf } from "../../ecs/transport.ts";
import { setUrl } from "../../ecs/url.ts";
import { setFile, setFinding, setHash, setProcess, setUser } from "../../endpoint/av-verdict.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";
import { attribute, unescapeXml } from "../../xml/scan.ts";

const dataset = "endpoint/trellix-epo";
const root = /<(?:EPOevent|UpdateEvents?|[A-Za-z]{2,30}Events?)>\s*<MachineInfo>/i;
const leaf = /<([A-Za-z][\w.]{1,60})>([^<]{1,4000})<\/\1>/g;
const maxLeaves = 300;

/** ePolicy Orchestrator forwards each event as the agent wrote it: XML behind the head of the message. */
export const payload = {
  name: dataset,
  title: "Trellix (McAfee) ePolicy Orchestrator events in syslog",
  programs: ["epoevents"],
  accepts: (message) => message.includes("<MachineInfo>") && root.test(message),
  parse,
} satisfies SyslogPayload;

function parse(message: string, _envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  if (!message.includes("<MachineInfo>")) return undefined;
  const values = new Map<string, string>();
  for (const match of message.matchAll(leaf)) {
    const value = unescapeXml(match[2]!).trim();
    if (isAbsent(value) || values.has(match[1]!)) continue;
    if (values.size >= maxLeaves) break;
    values.set(match[1]!, value);
  }
  const software = /<SoftwareInfo\b([^>]{0,2000})>/.exec(message)?.[1] ?? "";
  const fields: Fields = { "observer.vendor": "Trellix" };
  const product = attribute(software, "ProductName") ?? values.get("AnalyzerName");
  if (product) fields["observer.product"] = unescapeXml(product);
  const version = attribute(software, "ProductVersion") ?? values.get("AnalyzerVersion");
  if (version) fields["observer.version"] = version;
  setMachine(fields, values);
  setSides(fields, values);
  setObjects(fields, values);
  classify(fields, values);
  for (const [name, value] of values) fields[rawField(name)] = value;
  fields.message = message;
  const stamp = values.get("DetectedUTC") ?? values.get("GMTTime");
  const time = stamp && context.time.iso(stamp, { zone: "UTC", source: "format-default" });
  return time ? { dataset, fields, time } : { dataset, fields };
}

function setMachine(fields: Fields, values: ReadonlyMap<string, string>): void {
  const name = values.get("MachineName") ?? values.get("AnalyzerHostName");
  if (name !== undefined) fields["host.name"] = name;
  const ip = cleanIp(values.get("IPAddress") ?? values.get("AnalyzerIPV4") ?? "");
  if (ip !== undefined) fields["host.ip"] = [ip];
  const mac = macOf(values.get("RawMACAddress") ?? values.get("AnalyzerMAC") ?? "");
  if (mac !== undefined) fields["host.mac"] = [mac];
  const system = values.get("OSName");
  if (system !== undefined) fields["host.os.full"] = system;
  const agent = values.get("AgentGUID");
  if (agent !== undefined) fields["host.id"] = agent.replace(/[{}]/g, "");
  const user = values.get("TargetUserName") ?? values.get("SourceUserName") ?? values.get("UserName");
  if (user !== undefined) setUser(fields, user);
}

/** Addresses of version 4 may stand as version 6 ("0:0:0:0:0:FFFF:C000:205"). */
function setSides(fields: Fields, values: ReadonlyMap<string, string>): void {
  for (const [side, name] of [
    ["source", "Source"],
    ["destination", "Target"],
  ] as const) {
    const address =
      cleanIp(values.get(`${name}IPV4`) ?? "") ??
      cleanIp(values.get(`${name}IPV6`) ?? "") ??
      values.get(`${name}HostName`);
    if (address !== undefined) setEndpoint(fields, side, address, values.get(`${name}Port`));
    const mac = macOf(values.get(`${name}MAC`) ?? "");
    if (mac !== undefined) fields[`${side}.mac`] = mac;
  }
  const transport = transportOf(values.get("TargetProtocol") ?? "");
  if (transport !== undefined) fields["network.transport"] = transport;
  const url = values.get("SourceURL");
  if (url !== undefined) setUrl(fields, url);
}

function setObjects(fields: Fields, values: ReadonlyMap<string, string>): void {
  const process = values.get("SourceProcessName") ?? values.get("TargetProcessName");
  if (process !== undefined) setProcess(fields, process);
  const file = values.get("TargetFileName");
  if (file !== undefined) setFile(fields, file);
  setHash(fields, values.get("TargetHash") ?? "");
  const size = integerOf(values.get("TargetFileSize") ?? "");
  if (size !== undefined) fields["file.size"] = size;
}

function classify(fields: Fields, values: ReadonlyMap<string, string>): void {
  const code = values.get("ThreatEventID") ?? values.get("EventID");
  if (code !== undefined) fields["event.code"] = code;
  const severity = integerOf(values.get("ThreatSeverity") ?? values.get("Severity") ?? "");
  if (severity !== undefined) fields["event.severity"] = severity;
  const category = values.get("ThreatCategory") ?? "";
  const threat = values.get("ThreatName");
  const taken = values.get("ThreatActionTaken") ?? "";
  // "ops.update", "ops.task": the product's own work.
  if (/^ops\b/i.test(category) || (threat === undefined && taken === "")) {
    fields["event.kind"] = "event";
    if (taken !== "") fields["event.action"] = taken;
  } else {
    const known = deeds[taken] ?? taken.replaceAll("_", " ");
    setFinding(fields, known);
    if (threat !== undefined) fields["rule.name"] = threat;
    if (/^av\b/i.test(category) && threat !== undefined) fields["threat.software.name"] = threat;
    else fields["event.category"] = ["intrusion_detection"];
    if (taken !== "") fields["event.action"] = taken;
    if (/block|denied|deny/i.test(known)) fields["event.type"] = ["denied"];
  }
  if (category !== "") fields["rule.category"] = category;
  const handled = values.get("ThreatHandled")?.toLowerCase();
  if (handled === "true" || handled === "1") fields["event.outcome"] = "success";
  else if (handled === "false" || handled === "0") fields["event.outcome"] = "failure";
  const reason = values.get("NaturalLangDescription");
  if (reason !== undefined) fields["event.reason"] = reason.slice(0, 500);
}

/** What "IDS_ALERT_ACT_TAK_…" stands for. */
const deeds: Record<string, string> = {
  IDS_ALERT_ACT_TAK_DEL: "deleted",
  IDS_ALERT_ACT_TAK_CLE: "cleaned",
  IDS_ALERT_ACT_TAK_MOV: "moved to quarantine",
  IDS_ACTION_WOULD_BLOCK: "detected",
  IDS_ACTION_WOULD_DENY: "detected",
};
