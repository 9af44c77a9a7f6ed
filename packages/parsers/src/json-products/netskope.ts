import { connectionVerdict, setVerdict } from "../ecs/connection.ts";
import { transportOf } from "../ecs/transport.ts";
import { setUrl } from "../ecs/url.ts";
import {
  classify,
  type JsonProduct,
  putAddress,
  putInteger,
  putText,
  putUser,
  textOf,
  timeOf,
} from "../json/product.ts";

/** Events and alerts of Netskope's REST API (docs.netskope.com). `timestamp` is an epoch. */
export const netskope: JsonProduct = {
  name: "cloud/netskope",
  title: "Netskope events and alerts",
  recognises: (record) =>
    record._insertion_epoch_timestamp !== undefined ||
    (record.access_method !== undefined && record.userip !== undefined && record.timestamp !== undefined) ||
    (record.alert_type !== undefined && record.alert_name !== undefined && record.timestamp !== undefined) ||
    (record.organization_unit !== undefined && record.ccl !== undefined && record.timestamp !== undefined),
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp, context);
    fields["observer.vendor"] = "Netskope";
    fields["observer.type"] = "proxy";
    const isAlert = textOf(record.alert) === "yes" || record.alert_type !== undefined;
    classify(fields, isAlert ? "intrusion_detection" : "web", isAlert ? "info" : "access");
    if (isAlert) fields["event.kind"] = "alert";
    putText(fields, "event.id", record._id ?? record.transaction_id);
    putUser(fields, record.user ?? record.userkey);
    putAddress(fields, "source", record.srcip);
    putInteger(fields, "source.port", record.srcport);
    putAddress(fields, "destination", record.dstip);
    putInteger(fields, "destination.port", record.dstport);
    putText(fields, "source.geo.country_iso_code", record.src_country);
    putText(fields, "destination.geo.country_iso_code", record.dst_country);
    putText(fields, "host.name", record.hostname);
    const url = textOf(record.url);
    if (url !== undefined) setUrl(fields, url.includes("://") ? url : `https://${url}`);
    putText(fields, "url.domain", record.domain);
    putText(fields, "network.application", record.app);
    putText(fields, "http.request.referrer", record.referer);
    putText(fields, "user_agent.original", record.useragent ?? record.user_agent);
    putText(fields, "event.action", textOf(record.activity)?.toLowerCase());
    putText(fields, "rule.name", record.alert_name ?? record.policy);
    putText(fields, "rule.category", record.alert_type ?? record.category);
    putText(fields, "file.name", record.object ?? record.file_name);
    putText(fields, "file.hash.md5", record.md5);
    putText(fields, "file.hash.sha256", record.sha256);
    putInteger(fields, "file.size", record.file_size);
    putInteger(fields, "source.bytes", record.client_bytes);
    putInteger(fields, "destination.bytes", record.server_bytes);
    putInteger(fields, "network.bytes", record.numbytes);
    const transport = transportOf(textOf(record.ip_protocol) ?? textOf(record.protocol) ?? "");
    if (transport !== undefined) fields["network.transport"] = transport;
    const action = textOf(record.action);
    const verdict = action === undefined ? undefined : connectionVerdict(action);
    if (verdict !== undefined) setVerdict(fields, verdict);
    const activity = textOf(record.activity)?.toLowerCase();
    if (!isAlert && activity !== undefined) fields["event.action"] = activity;
    else if (action !== undefined) fields["event.action"] = action;
    if (isAlert) fields["event.type"] = [verdict === undefined || verdict === "allowed" ? "info" : "denied"];
  },
};
