import type { Fields } from "@firebreak/model/event";
import { splitAddressPort } from "../ecs/address-port.ts";
import { connectionVerdict, setVerdict } from "../ecs/connection.ts";
import { setAddressPort } from "../ecs/endpoint.ts";
import { transportOf } from "../ecs/transport.ts";
import { setUrl } from "../ecs/url.ts";
import type { JsonObject, JsonValue } from "../json/parse.ts";
import {
  at,
  classify,
  type JsonProduct,
  putAddress,
  putInteger,
  putText,
  textOf,
  timeOf,
} from "../json/product.ts";
import { putMac } from "../zeek/values.ts";

const webCategories =
  /^(?:ApplicationGateway(?:Access|Firewall)Log|FrontDoor\w+Log|FrontdoorAccessLog|FrontdoorWebApplicationFirewallLog)$/;
const firewallCategories = /^(?:AzureFirewall\w+|AZFW\w+)$/;

/** Network logs of Azure Monitor: firewall, gateways, flow tuples (learn.microsoft.com). `time` is UTC. */
export const azureNetwork: JsonProduct = {
  name: "azure/network",
  title: "Azure Firewall, Application Gateway, Front Door and NSG flow logs",
  recognises(record) {
    const category = record.category ?? record.Category;
    if (typeof category !== "string") return false;
    return (
      webCategories.test(category) ||
      firewallCategories.test(category) ||
      typeof record.flowTuple === "string"
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const category = textOf(record.category ?? record.Category)!;
    const properties = record.properties ?? record;
    draft.time = timeOf(record.time ?? record.timeStamp ?? record.TimeGenerated, context);
    fields["cloud.provider"] = "azure";
    const resource = textOf(record.resourceId ?? record.resourceID ?? record.systemId);
    if (resource !== undefined) {
      fields["cloud.account.id"] = /\/SUBSCRIPTIONS\/([^/]+)/i.exec(resource)?.[1]?.toLowerCase() ?? resource;
      putText(fields, "observer.name", resource.slice(resource.lastIndexOf("/") + 1));
    }
    putText(fields, "event.action", record.operationName);
    if (typeof record.flowTuple === "string") {
      draft.dataset = "azure/nsg-flow";
      draft.time =
        readTuple(record.flowTuple, record, fields, (value) => timeOf(value, context)) ?? draft.time;
    } else if (webCategories.test(category)) {
      draft.dataset = "azure/application-gateway";
      readWeb(properties, fields);
    } else {
      draft.dataset = "azure/firewall";
      readFirewall(properties, fields);
    }
  },
};

function putVerdict(fields: Fields, word: string | undefined): void {
  const verdict = word === undefined ? undefined : connectionVerdict(word);
  if (verdict !== undefined) setVerdict(fields, verdict, word!.toLowerCase());
  else if (word !== undefined) fields["event.action"] = word.toLowerCase();
}

/** "TCP request from 10.1.1.2:1234 to 192.0.2.1:443. Action: Deny." and "… to www.example.com:443. Url: …". */
const message =
  /^(\w+) {1,2}request from (\S+) to (\S+?)\.?(?: was DNAT'ed to (\S+?)\.?)?(?: (?:Url: (\S+?)\.? )?Action: (\w+)|$| )/;

function readFirewall(properties: JsonValue, fields: Fields): void {
  classify(fields, "network", "connection");
  const text = textOf(at(properties, "msg"));
  const match = text === undefined ? undefined : message.exec(text);
  if (match) {
    const protocol = match[1]!.toLowerCase();
    const transport = transportOf(protocol);
    if (transport !== undefined) fields["network.transport"] = transport;
    else fields["network.protocol"] = protocol;
    setAddressPort(fields, "source", match[2]!);
    setAddressPort(fields, "destination", match[3]!);
    if (match[5] !== undefined) setUrl(fields, match[5]);
    if (match[4] !== undefined) {
      const mapped = splitAddressPort(match[4]);
      if (mapped.ip !== undefined) fields["destination.nat.ip"] = mapped.ip;
      if (mapped.port !== undefined) fields["destination.nat.port"] = mapped.port;
    }
    putVerdict(fields, match[6]);
    fields.message = text!;
  } else if (text !== undefined) readDnsProxy(text, fields);
  putAddress(fields, "source", at(properties, "SourceIp") ?? at(properties, "SourceIP"));
  putInteger(fields, "source.port", at(properties, "SourcePort"));
  putAddress(fields, "destination", at(properties, "DestinationIp") ?? at(properties, "Fqdn"));
  putInteger(fields, "destination.port", at(properties, "DestinationPort"));
  const protocol = textOf(at(properties, "Protocol"));
  const transport = protocol === undefined ? undefined : transportOf(protocol);
  if (transport !== undefined) fields["network.transport"] = transport;
  else if (protocol !== undefined) fields["network.protocol"] = protocol.toLowerCase();
  putAddress(fields, "destination.nat", at(properties, "TranslatedIp"));
  putInteger(fields, "destination.nat.port", at(properties, "TranslatedPort"));
  putVerdict(fields, textOf(at(properties, "Action")));
  putText(fields, "rule.name", at(properties, "Rule"));
  putText(fields, "rule.ruleset", at(properties, "RuleCollection") ?? at(properties, "Policy"));
  putText(fields, "rule.id", at(properties, "SignatureId"));
  const url = textOf(at(properties, "TargetUrl"));
  if (url !== undefined) setUrl(fields, url);
  const name = textOf(at(properties, "QueryName"));
  if (name !== undefined) {
    fields["dns.question.name"] = name.replace(/\.$/, "");
    fields["network.protocol"] = "dns";
    putText(fields, "dns.question.type", at(properties, "QueryType"));
    putText(fields, "dns.question.class", at(properties, "QueryClass"));
    putText(fields, "dns.response_code", at(properties, "ResponseCode"));
  }
  if (at(properties, "SignatureId") !== undefined) {
    fields["event.kind"] = "alert";
    fields["event.category"] = ["intrusion_detection", "network"];
    putText(fields, "rule.name", at(properties, "Description"));
  }
}

/** "DNS Request: 10.0.0.4:48197 - 22510 AAAA IN ocsp.example. udp 37 false 512 NOERROR qr,rd,ra 302 0.009424664s" */
const dnsProxy =
  /^DNS Request: (\S{3,60}) - (\d{1,5}) ([A-Z0-9]{1,12}) ([A-Z]{2}) (\S{1,255}) (udp|tcp) \d+ (?:true|false) \d+ ([A-Z]{2,12})\b/;

function readDnsProxy(text: string, fields: Fields): void {
  fields.message = text;
  const match = dnsProxy.exec(text);
  if (match === null) return;
  setAddressPort(fields, "source", match[1]!);
  fields["event.type"] = ["connection", "protocol"];
  fields["network.protocol"] = "dns";
  fields["network.transport"] = match[6]!;
  fields["dns.id"] = match[2]!;
  fields["dns.question.type"] = match[3]!;
  fields["dns.question.class"] = match[4]!;
  fields["dns.question.name"] = match[5]!.replace(/\.$/, "");
  fields["dns.response_code"] = match[7]!;
  fields["event.outcome"] = match[7] === "NOERROR" ? "success" : "failure";
}

function readWeb(properties: JsonValue, fields: Fields): void {
  classify(fields, "web", "access");
  const any = (...names: string[]) =>
    names.map((name) => at(properties, name)).find((one) => one !== undefined);
  putAddress(fields, "source", any("clientIP", "clientIp"));
  putInteger(fields, "source.port", any("clientPort"));
  const uri = textOf(any("requestUri"));
  const query = textOf(any("requestQuery"));
  if (uri !== undefined) setUrl(fields, query === undefined || uri.includes("?") ? uri : `${uri}?${query}`);
  putText(fields, "url.domain", any("host", "hostname", "originalHost"));
  putText(fields, "http.request.method", any("httpMethod"));
  putAddress(fields, "destination", any("serverRouted", "originIp"));
  putInteger(fields, "http.response.status_code", any("httpStatus", "httpStatusCode"));
  const version = textOf(any("httpVersion"));
  if (version !== undefined) fields["http.version"] = version.replace(/^HTTP\//, "");
  putText(fields, "user_agent.original", any("userAgent"));
  putInteger(fields, "http.request.bytes", any("receivedBytes", "requestBytes"));
  putInteger(fields, "http.response.bytes", any("sentBytes", "responseBytes"));
  putText(fields, "rule.id", any("ruleId"));
  putText(fields, "rule.name", any("ruleName"));
  putText(fields, "rule.ruleset", any("ruleSetType", "policy"));
  putText(fields, "message", any("message"));
  putVerdict(fields, textOf(any("action")));
  const status = fields["http.response.status_code"];
  if (typeof status === "number") fields["event.outcome"] ??= status < 400 ? "success" : "failure";
  const rule = any("ruleId", "ruleName");
  if (rule !== undefined) fields["event.category"] = ["web", "intrusion_detection"];
}

const transports: Record<string, string> = { T: "tcp", U: "udp", "6": "tcp", "17": "udp", "1": "icmp" };

/** "1709632800,192.0.2.9,10.1.1.2,1234,22,T,I,D,B,3,180,4,240": NSG flow log version 1 or 2, and virtual network flow logs. */
function readTuple(
  tuple: string,
  record: JsonObject,
  fields: Fields,
  toTime: (value: JsonValue) => ReturnType<typeof timeOf>,
): ReturnType<typeof timeOf> {
  const cells = tuple.split(",", 20);
  classify(fields, "network", "connection");
  putAddress(fields, "source", cells[1]);
  putAddress(fields, "destination", cells[2]);
  putInteger(fields, "source.port", cells[3]);
  putInteger(fields, "destination.port", cells[4]);
  const transport = transports[cells[5] ?? ""];
  if (transport !== undefined) fields["network.transport"] = transport;
  fields["network.direction"] = cells[6] === "I" ? "inbound" : "outbound";
  // Virtual network flow logs put the state where the verdict stood: B, C, E for flows that were let through, D for denied.
  setVerdict(fields, cells[7] === "D" ? "denied" : "allowed");
  putInteger(fields, "source.packets", cells[9]);
  putInteger(fields, "source.bytes", cells[10]);
  putInteger(fields, "destination.packets", cells[11]);
  putInteger(fields, "destination.bytes", cells[12]);
  const sent = fields["source.bytes"];
  const received = fields["destination.bytes"];
  if (typeof sent === "number" && typeof received === "number") fields["network.bytes"] = sent + received;
  putText(fields, "rule.name", record.rule);
  putMac(fields, "observer.mac", record.mac);
  const stamp = Number(cells[0]);
  return Number.isSafeInteger(stamp) ? toTime(stamp) : undefined;
}

/** The tuples of a flow log record as records of their own; undefined for anything else. */
export function flowTupleRecords(record: JsonObject): JsonObject[] | undefined {
  const groups = at(record, "properties", "flows") ?? at(record, "flowRecords", "flows");
  if (!Array.isArray(groups)) return undefined;
  const { time, category, systemId, resourceId, operationName } = record;
  const envelope = {
    ...(time !== undefined && { time }),
    ...(category !== undefined && { category }),
    ...(systemId !== undefined && { systemId }),
    ...(resourceId !== undefined && { resourceId }),
    ...(operationName !== undefined && { operationName }),
  };
  const found: JsonObject[] = [];
  for (const group of groups) {
    const flows = at(group, "flows") ?? at(group, "flowGroups");
    if (!Array.isArray(flows)) continue;
    for (const flow of flows) {
      const tuples = at(flow, "flowTuples");
      if (!Array.isArray(tuples)) continue;
      const rule = at(group, "rule") ?? at(flow, "rule");
      const mac = at(flow, "mac") ?? record.macAddress;
      for (const tuple of tuples) {
        if (typeof tuple !== "string") continue;
        found.push({
          ...envelope,
          ...(rule !== undefined && { rule }),
          ...(mac !== undefined && { mac }),
          flowTuple: tuple,
        });
      }
    }
  }
  return found.length === 0 ? undefined : found;
}
