import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { noFields } from "../../ecs/shape.ts";
import { setUrl } from "../../ecs/url.ts";
import { setFile, setFinding, setHash, setProcess, setUser } from "../../endpoint/av-verdict.ts";
import { setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { splitCsvRow } from "../../text/csv-row.ts";
import { integerOf } from "../../text/numbers.ts";
import { eventFields, loginFields } from "../../text/rules.ts";

const dataset = "endpoint/symantec";
const finding =
  /^(?:Virus found|Security risk found|Potential risk found|Compressed File|SONAR detection|Commercial application detected)/i;

export const payload = {
  name: dataset,
  title: "Symantec Endpoint Protection Manager in syslog",
  programs: ["symantecserver"],
  parse,
} satisfies SyslogPayload;

function parse(message: string, _envelope: SyslogEnvelope, context: ParseContext): PayloadDraft {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Broadcom",
    "observer.product": "Symantec Endpoint Protection",
  };
  const cells = splitCsvRow(message, ",", 150);
  const labels = new Map<string, string>();
  const bare: string[] = [];
  for (const cell of cells) {
    const colon = cell.indexOf(": ");
    const label =
      colon > 0 && colon <= 40 && /^[A-Z][\w ()/]{0,39}$/.test(cell.slice(0, colon))
        ? cell.slice(0, colon)
        : "";
    const value = label === "" ? cell.trim() : cell.slice(colon + 2).trim();
    if (isAbsent(value)) continue;
    if (label === "") bare.push(value);
    else if (!labels.has(label)) labels.set(label, value);
  }
  place(fields, labels);
  // Records of a client begin with its name: "WS1,Local Host IP: …".
  const isClient = cells[0] === bare[0] && /^[\w.-]{1,63}$/.test(bare[0] ?? "");
  if (isClient) fields["host.name"] ??= bare.shift()!;
  if (isClient && labels.has("Domain Name") && fields["user.name"] !== undefined)
    fields["user.domain"] ??= labels.get("Domain Name")!;
  classify(fields, labels, bare);
  fields.message = message;
  const stamp = labels.get("Event time") ?? labels.get("Begin");
  // Without a zone hint: the documentation does not say in which zone the manager exports.
  const time = stamp === undefined ? undefined : context.time.iso(stamp);
  return time ? { dataset, fields, time } : { dataset, fields };
}

const texts: Readonly<Record<string, string>> = {
  "Computer name": "host.name",
  Computer: "host.name",
  "Risk name": "threat.software.name",
  "Event Description": "event.reason",
  Rule: "rule.name",
  "CIDS Signature ID": "rule.id",
};

function place(fields: Fields, labels: ReadonlyMap<string, string>): void {
  for (const [label, value] of labels) {
    if (Object.hasOwn(texts, label)) fields[texts[label]!] = value;
    else if (label === "IP Address") {
      const ip = cleanIp(value);
      if (ip !== undefined) fields["host.ip"] = [ip];
    } else if (label === "File path") setFile(fields, value);
    else if (label === "Application hash" || label === "SHA-256" || label === "MD-5") setHash(fields, value);
    else if (label === "User" || label === "User Name" || label === "User1" || label === "Admin")
      setUser(fields, value);
    else if (label === "Application" || label === "Downloaded by") setProcess(fields, value);
    else if (label === "Intrusion URL") setUrl(fields, value);
    else if (label === "Duration (seconds)") setSeconds(fields, value);
    else if (label === "File size (bytes)") {
      const size = integerOf(value);
      if (size !== undefined) fields["file.size"] = size;
    } else fields[rawField(label)] = value;
  }
}

function classify(fields: Fields, labels: ReadonlyMap<string, string>, bare: readonly string[]): void {
  const first = bare[0] ?? "";
  const reason =
    labels.get("Event Description") ??
    bare.find((text) => text.length > 12) ??
    (labels.has("Local Host IP") ? "" : first);
  if (finding.test(first) || labels.has("Actual action")) {
    setFinding(fields, labels.get("Actual action") ?? "");
    fields["rule.name"] ??= labels.get("Risk name") ?? first;
    // Before version 14 the path of the file stands without a label.
    const path = bare.find(isPath);
    if (path !== undefined && fields["file.path"] === undefined) setFile(fields, path);
  } else if (labels.has("Remote Host IP") || labels.has("Local Host IP")) setTraffic(fields, labels, bare);
  else if (
    bare[0] === "Blocked" ||
    bare[0] === "Continue" ||
    bare[0] === "Allowed" ||
    bare[0] === "Terminate"
  )
    setBehaviour(fields, bare);
  else if (/log ?on/i.test(reason) && labels.has("Admin"))
    Object.assign(fields, loginFields(/fail/i.test(reason) ? "failure" : "success"));
  else if (/^Policy|edited|(?:added|deleted|changed) /i.test(reason) && labels.has("Admin"))
    Object.assign(fields, eventFields("configuration", "change", "policy-changed"));
  fields["event.kind"] ??= "event";
  if (reason !== "" && fields["event.reason"] === undefined) fields["event.reason"] = reason;
}

/** Application and device control: "Blocked,…,File Write,…,1234,C:/Windows/a.exe,0,No Module Name,C:\\Users\\a\\b.dll". */
function setBehaviour(fields: Fields, bare: readonly string[]): void {
  const isBlocked = bare[0] === "Blocked" || bare[0] === "Terminate";
  Object.assign(
    fields,
    eventFields("process", isBlocked ? "denied" : "allowed", isBlocked ? "blocked" : "allowed"),
  );
  const at = bare.findIndex((text, index) => /^\d{1,10}$/.test(text) && isPath(bare[index + 1]));
  if (at < 0) return;
  fields["process.pid"] = Number(bare[at]);
  setProcess(fields, bare[at + 1]!);
  const target = bare.slice(at + 2).find(isPath);
  if (target !== undefined) setFile(fields, target);
}

function isPath(text: string | undefined): boolean {
  return text !== undefined && /^(?:[A-Za-z]:[\\/]|\/)/.test(text);
}

/** Traffic, packet and intrusion records: local and remote say nothing of who called; the word Inbound or Outbound does. */
function setTraffic(fields: Fields, labels: ReadonlyMap<string, string>, bare: readonly string[]): void {
  const isInbound = bare.includes("Inbound") || labels.get("Direction") === "Inbound";
  const isOutbound = bare.includes("Outbound") || labels.get("Direction") === "Outbound";
  const local = isInbound ? "destination" : "source";
  const remote = isInbound ? "source" : "destination";
  setEndpoint(
    fields,
    local,
    labels.get("Local Host IP") ?? labels.get("Local Host") ?? "",
    labels.get("Local Port"),
  );
  setEndpoint(fields, remote, labels.get("Remote Host IP") ?? "", labels.get("Remote Port"));
  if (isInbound || isOutbound) fields["network.direction"] = isInbound ? "inbound" : "outbound";
  const protocol = bare.find((text) => /^(?:TCP|UDP|ICMP)$/i.test(text));
  if (protocol !== undefined) fields["network.transport"] = protocol.toLowerCase();
  const verdict = labels.get("Action") ?? bare.find((text) => /^(?:Blocked|Allowed)$/.test(text)) ?? "";
  const isIntrusion = labels.has("CIDS Signature ID") || labels.has("Intrusion ID");
  const isBlocked =
    /block|den/i.test(verdict) || (isIntrusion && /\bblocked\b/i.test(labels.get("Event Description") ?? ""));
  Object.assign(
    fields,
    eventFields(
      isIntrusion ? "intrusion_detection" : "network",
      isBlocked ? "denied" : "allowed",
      isBlocked ? "blocked" : "allowed",
    ),
  );
  if (isIntrusion) fields["event.kind"] = "alert";
  const macs = [macOf(labels.get("Local Host MAC") ?? ""), macOf(labels.get("Remote Host MAC") ?? "")];
  if (macs[0] !== undefined) fields[`${local}.mac`] = macs[0];
  if (macs[1] !== undefined) fields[`${remote}.mac`] = macs[1];
  const signature = labels.get("CIDS Signature string");
  if (signature !== undefined) fields["rule.name"] = signature;
}
