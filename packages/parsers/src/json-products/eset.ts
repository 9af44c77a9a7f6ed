import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../ecs/ip.ts";
import { setFile, setFinding, setHash } from "../endpoint/av-verdict.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { classify, type JsonProduct, putAddress, textOf, utcByFormat } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["text", "host.name", "hostname"],
  ["text", "host.id", "source_uuid"],
  ["user", "user", "username", "user", "account"],
  ["text", "threat.software.name", "threat_name"],
  ["text", "rule.name", "threat_name", "event", "rulename", "rule_name", "rule_id"],
  ["text", "rule.category", "threat_type"],
  ["program", "process", "processname", "process_name", "application"],
  ["text", "event.reason", "circumstances", "cause"],
  ["lower", "network.transport", "protocol"],
  ["integer", "source.port", "source_port"],
  ["integer", "destination.port", "target_port"],
  ["text", "event.provider", "event_type"],
  ["text", "message", "detail"],
]);

/** ESET PROTECT's JSON export: detections, firewall, HIPS, web, audit. Its times are UTC ("05-Mar-2024 10:14:02"). */
export const eset: JsonProduct = {
  name: "endpoint/eset",
  title: "ESET PROTECT",
  recognises(record) {
    const type = record.event_type;
    return (
      typeof type === "string" &&
      /^[A-Za-z]{2,30}_Event$/.test(type) &&
      (record.source_uuid !== undefined || record.occured !== undefined || record.occurred !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const time = textOf(record.occured ?? record.occurred);
    draft.time = time === undefined ? undefined : readTimeValue(time, context.time, "day-first", utcByFormat);
    map(record, fields);
    const ips = [record.ipv4, record.ipv6]
      .map((ip) => cleanIp(textOf(ip) ?? ""))
      .filter((ip) => ip !== undefined);
    if (ips.length > 0) fields["host.ip"] = ips;
    const type = record.event_type as string;
    const deed = textOf(record.action_taken ?? record.action ?? record.result) ?? "";
    if (type === "Audit_Event") {
      classify(
        fields,
        /log(?:in|out)|auth/i.test(textOf(record.action) ?? "") ? "authentication" : "configuration",
        "info",
      );
      fields["event.outcome"] = /success/i.test(textOf(record.result) ?? "") ? "success" : "failure";
      fields["event.action"] = (textOf(record.action) ?? "audit").toLowerCase().replace(/\s+/g, "-");
      return;
    }
    setFinding(fields, deed);
    putAddress(fields, "source", record.source_address);
    putAddress(fields, "destination", record.target_address);
    const uri = textOf(record.object_uri);
    if (uri !== undefined) setObject(fields, uri);
    const hash = textOf(record.hash);
    if (hash !== undefined) setHash(fields, hash);
    if (type === "FirewallAggregated_Event") fields["event.category"] = ["intrusion_detection", "network"];
  },
};

/** "file:///C:/Tmp/x.exe" is a file, "https://evil.example/" an address. */
function setObject(fields: Fields, uri: string): void {
  if (uri.startsWith("file:///")) setFile(fields, uri.slice(/^file:\/\/\/[A-Za-z]:/.test(uri) ? 8 : 7));
  else fields["url.original"] = uri;
}
