import { setHostHeader, setUrl } from "../ecs/url.ts";
import { isJsonObject } from "../json/parse.ts";
import {
  at,
  classify,
  type JsonProduct,
  type ProductDraft,
  putAddress,
  putInteger,
  putText,
  textOf,
  timeOf,
} from "../json/product.ts";
import { suricata } from "./suricata.ts";

function cloud(draft: ProductDraft, account: unknown, region: unknown): void {
  draft.fields["cloud.provider"] = "aws";
  if (typeof account === "string") draft.fields["cloud.account.id"] = account;
  if (typeof region === "string") draft.fields["cloud.region"] = region;
}

/** AWS WAF web ACL logs (docs.aws.amazon.com, "Log fields for web ACL traffic"). Epoch milliseconds. */
export const awsWaf: JsonProduct = {
  name: "aws/waf",
  title: "AWS WAF logs",
  recognises: (record) => record.webaclId !== undefined && isJsonObject(record.httpRequest),
  read(record, draft, context) {
    const fields = draft.fields;
    const request = record.httpRequest;
    draft.time = timeOf(record.timestamp, context);
    const acl = textOf(record.webaclId) ?? "";
    const arn = acl.split(":");
    cloud(draft, arn[4], arn[3]);
    const action = textOf(record.action)?.toLowerCase();
    const stopped = action === "block" || action === "captcha" || action === "challenge";
    classify(fields, "web", "access", stopped ? "denied" : "allowed");
    fields["event.action"] = textOf(record.action) ?? "request";
    fields["event.outcome"] = stopped ? "failure" : "success";
    fields["network.transport"] = "tcp";
    putAddress(fields, "source", at(request, "clientIp"));
    putText(fields, "source.geo.country_iso_code", at(request, "country"));
    const uri = textOf(at(request, "uri"));
    const args = textOf(at(request, "args"));
    if (uri !== undefined) setUrl(fields, args === undefined ? uri : `${uri}?${args}`);
    putText(fields, "http.request.method", at(request, "httpMethod"));
    putText(fields, "http.request.id", at(request, "requestId"));
    const version = textOf(at(request, "httpVersion"));
    if (version !== undefined) fields["http.version"] = version.replace(/^HTTP\//, "");
    const headers = at(request, "headers");
    if (Array.isArray(headers)) {
      for (const one of headers.slice(0, 200)) {
        const name = textOf(at(one, "name"))?.toLowerCase();
        if (name === "host") setHostHeader(fields, textOf(at(one, "value")) ?? "");
        else if (name === "user-agent") putText(fields, "user_agent.original", at(one, "value"));
        else if (name === "referer") putText(fields, "http.request.referrer", at(one, "value"));
      }
    }
    putText(fields, "rule.id", record.terminatingRuleId);
    putText(fields, "rule.ruleset", record.terminatingRuleType);
  },
};

/** AWS Network Firewall: Suricata's record in an envelope. */
export const awsNetworkFirewall: JsonProduct = {
  name: "aws/network-firewall",
  title: "AWS Network Firewall logs",
  recognises: (record) => record.firewall_name !== undefined && isJsonObject(record.event),
  read(record, draft, context) {
    const event = record.event;
    if (isJsonObject(event)) suricata.read(event, draft, context);
    draft.dataset = "aws/network-firewall";
    draft.time ??= timeOf(record.event_timestamp, context);
    cloud(draft, undefined, undefined);
    putText(draft.fields, "cloud.availability_zone", record.availability_zone);
    putText(draft.fields, "observer.name", record.firewall_name);
    draft.fields["observer.product"] = "Network Firewall";
    draft.fields["observer.vendor"] = "AWS";
    draft.fields["observer.type"] = "firewall";
  },
};

/** Amazon Route 53 Resolver query logs (docs.aws.amazon.com, "Values that appear in Resolver query logs"). UTC. */
export const route53Resolver: JsonProduct = {
  name: "aws/route53-resolver",
  title: "Amazon Route 53 Resolver query logs",
  recognises: (record) => record.query_name !== undefined && record.query_timestamp !== undefined,
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.query_timestamp, context);
    cloud(draft, record.account_id, record.region);
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "dns";
    fields["event.action"] = "dns-query";
    putText(fields, "network.transport", textOf(record.transport)?.toLowerCase());
    putAddress(fields, "source", record.srcaddr);
    putInteger(fields, "source.port", record.srcport);
    const name = textOf(record.query_name);
    if (name !== undefined) fields["dns.question.name"] = name.replace(/\.$/, "");
    putText(fields, "dns.question.type", record.query_type);
    putText(fields, "dns.question.class", record.query_class);
    putText(fields, "dns.response_code", record.rcode);
    fields["event.outcome"] = record.rcode === "NOERROR" ? "success" : "failure";
    putText(fields, "cloud.instance.id", at(record, "srcids", "instance"));
    const answers = record.answers;
    if (!Array.isArray(answers)) return;
    const texts = answers.map((one) => textOf(at(one, "Rdata"))).filter((one) => one !== undefined);
    if (texts.length > 0) fields["dns.answers.data"] = texts;
    const addresses = texts.filter((one) => /^[\d.]{7,15}$|^[\da-f:]{2,45}$/i.test(one));
    if (addresses.length > 0) fields["dns.resolved_ip"] = addresses;
  },
};
