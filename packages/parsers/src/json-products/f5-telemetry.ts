import { connectionVerdict, setVerdict } from "../ecs/connection.ts";
import { transportOf } from "../ecs/transport.ts";
import { setUrl } from "../ecs/url.ts";
import { readTimeValue } from "../infer/time-value.ts";
import {
  classify,
  type JsonProduct,
  putAddress,
  putInteger,
  putText,
  putUser,
  textOf,
} from "../json/product.ts";

/** F5 Telemetry Streaming events of LTM request logging, ASM, AFM, APM and AVR (clouddocs.f5.com, "Telemetry Streaming"). */
export const f5Telemetry: JsonProduct = {
  name: "network/f5-bigip",
  title: "F5 BIG-IP, Telemetry Streaming",
  recognises: (record) => typeof record.telemetryEventCategory === "string",
  read(record, draft, context) {
    const fields = draft.fields;
    const category = textOf(record.telemetryEventCategory) ?? "";
    const stamp = textOf(record.event_timestamp ?? record.date_time ?? record.EOCTimestamp);
    if (stamp !== undefined) draft.time = readTimeValue(stamp, context.time, "unknown");
    fields["observer.vendor"] = "F5";
    fields["observer.product"] = "BIG-IP";
    fields["observer.type"] = category === "ASM" ? "waf" : "load-balancer";
    putText(fields, "observer.name", record.hostname ?? record.unit_hostname);
    putAddress(fields, "observer", record.management_ip_address);
    classify(
      fields,
      category === "LTM" || category === "ASM" || category === "AVR" ? "web" : "network",
      "access",
    );
    putAddress(fields, "source", record.ip_client ?? record.client_ip ?? record.source_ip ?? record.ClientIP);
    putInteger(fields, "source.port", record.src_port ?? record.source_port ?? record.client_port);
    putAddress(fields, "destination", record.dest_ip ?? record.server_ip ?? record.ServerIP);
    putInteger(fields, "destination.port", record.dest_port ?? record.server_port);
    putText(fields, "http.request.method", record.method ?? record.http_method);
    putInteger(fields, "http.response.status_code", record.response_code ?? record.http_status);
    const uri = textOf(record.uri ?? record.http_uri);
    if (uri !== undefined) setUrl(fields, uri);
    putText(fields, "url.domain", record.http_host);
    putText(fields, "user_agent.original", record.http_user_agent);
    putText(fields, "rule.ruleset", record.policy_name ?? record.acl_policy_name);
    putText(fields, "rule.name", record.attack_type ?? record.acl_rule_name);
    putText(fields, "event.id", record.support_id);
    putText(fields, "event.code", textOf(record.errdefs_msgno)?.replace(/:.*$/, ""));
    putUser(fields, record.username ?? record.source_user);
    const protocol = textOf(record.protocol ?? record.ip_protocol);
    const transport = protocol === undefined ? undefined : transportOf(protocol);
    if (transport !== undefined) fields["network.transport"] = transport;
    else if (protocol !== undefined) fields["network.protocol"] = protocol.toLowerCase();
    const word = textOf(record.request_status ?? record.action ?? record.Access_Policy_Result);
    const verdict = word === undefined ? undefined : connectionVerdict(word);
    if (verdict !== undefined) setVerdict(fields, verdict);
    else if (word !== undefined) fields["event.action"] = word.toLowerCase();
    if (record.attack_type !== undefined) fields["event.kind"] = "alert";
  },
};
