import type { Fields } from "@firebreak/model/event";
import { connectionVerdict } from "../ecs/connection.ts";
import { transportOf } from "../ecs/transport.ts";
import { holds, product } from "../json/define.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/parse.ts";
import { at, putAddress, putText, textOf } from "../json/product.ts";

const alert: Fields = {
  "event.kind": "alert",
  "event.category": ["intrusion_detection", "network"],
  "event.type": ["info"],
};

function setTransport(fields: Fields, value: JsonValue | undefined): void {
  const transport = transportOf(textOf(value) ?? "");
  if (transport !== undefined) fields["network.transport"] = transport;
}

/** Darktrace Threat Visualizer: model breaches (REST API and syslog in JSON). Epoch milliseconds. */
export const darktraceBreach = product({
  name: "network/darktrace",
  title: "Darktrace model breach",
  recognises: (record) =>
    record.pbid !== undefined && isJsonObject(record.model) && record.score !== undefined,
  time: ["time", "creationTime"],
  fixed: { ...alert, "observer.vendor": "Darktrace" },
  map: [
    ["text", "event.id", "pbid"],
    ["text", "event.reference", "breachUrl", "modelBreachUrl"],
    ["text", "rule.name", "model.then.name", "model.now.name", "model.name"],
    ["text", "rule.uuid", "model.then.uuid", "model.now.uuid", "model.uuid"],
    ["text", "rule.description", "model.then.description", "model.now.description", "model.description"],
    ["host", "host", "device.hostname"],
    ["list", "host.ip", "device.ip"],
    ["mac", "source.mac", "device.macaddress"],
    ["address", "source", "device.ip"],
    ["user", "user", "device.credentials", "device.username"],
    ["address", "destination", "triggeredComponents.ip"],
    ["integer", "destination.port", "triggeredComponents.port"],
  ],
  finish(record, { fields }) {
    fields["event.action"] = "model-breach";
    const metrics = at(record, "triggeredComponents", 0, "triggeredFilters");
    for (const filter of Array.isArray(metrics) ? metrics.slice(0, 100) : []) {
      const type = textOf(at(filter, "filterType"));
      const value = at(filter, "trigger", "value");
      if (type === "Destination IP") putAddress(fields, "destination", value);
      else if (type === "Connection hostname" || type === "Destination hostname")
        putText(fields, "destination.domain", value);
      else if (type === "Protocol") setTransport(fields, value);
    }
  },
});

/** Vectra Detect in JSON over syslog ("Vectra syslog guide"): detections and scores of hosts. Epoch seconds. */
export const vectraDetect = product({
  name: "network/vectra",
  title: "Vectra detection or host score",
  recognises: (record) =>
    record.vectra_timestamp !== undefined && (record.d_type ?? record.host_name ?? record.user) !== undefined,
  time: ["vectra_timestamp"],
  fixed: { ...alert, "observer.vendor": "Vectra" },
  map: [
    ["text", "event.id", "detection_id", "campaign_id", "audit_id"],
    ["text", "event.reference", "href"],
    ["text", "rule.name", "d_type_vname", "type"],
    ["text", "rule.category", "category"],
    ["integer", "event.severity", "severity"],
    ["address", "source", "src_ip", "host_ip"],
    ["host", "host", "host_name"],
    ["list", "host.ip", "host_ip"],
    ["address", "destination", "dd_dst_ip", "dest_ip"],
    ["integer", "destination.port", "dd_dst_port"],
    ["text", "destination.domain", "dd_dst_dns"],
    ["integer", "source.bytes", "dd_bytes_sent"],
    ["integer", "destination.bytes", "dd_bytes_rcvd"],
    ["user", "user", "user", "account_uid"],
  ],
  finish(record, { fields }) {
    fields["event.action"] = textOf(record.d_type) ?? textOf(record.action) ?? textOf(record.type) ?? "score";
    setTransport(fields, record.dd_proto);
    if (textOf(fields["event.reference"] as string) === "None") delete fields["event.reference"];
  },
});

/** ExtraHop Reveal(x) detections (REST API, open data stream). Epoch milliseconds. */
export const extraHop = product({
  name: "network/extrahop",
  title: "ExtraHop Reveal(x) detection",
  recognises: (record) => {
    const detection = isJsonObject(record.detection) ? record.detection : record;
    return (
      Array.isArray(detection.participants) &&
      detection.risk_score !== undefined &&
      detection.categories !== undefined
    );
  },
  time: ["detection.start_time", "start_time", "time"],
  fixed: { ...alert, "observer.vendor": "ExtraHop" },
  map: [
    ["text", "event.id", "detection.id", "id"],
    ["text", "event.reference", "detection.url", "url"],
    ["text", "rule.name", "detection.title", "title"],
    ["text", "message", "detection.description", "description"],
    ["text", "event.action", "detection.type", "type"],
  ],
  finish(record, { fields }) {
    const detection = isJsonObject(record.detection) ? record.detection : record;
    for (const one of (detection.participants as readonly JsonValue[]).slice(0, 50)) {
      const side = textOf(at(one, "role")) === "victim" ? "destination" : "source";
      putAddress(fields, side, at(one, "object_value") ?? at(one, "ipaddr"));
      putText(fields, `${side}.domain`, at(one, "hostname"));
    }
  },
});

/** FireEye (Trellix) Network Security alerts in JSON. UTC. */
export const fireEyeNx = product({
  name: "network/fireeye-nx",
  title: "FireEye (Trellix) Network Security alert",
  recognises: (record) =>
    record.appliance !== undefined && isJsonObject(record.alert) && record.alert.occurred !== undefined,
  time: ["alert.occurred"],
  fixed: { ...alert, "observer.vendor": "FireEye" },
  map: [
    ["text", "observer.name", "alert.sensor", "appliance"],
    ["text", "observer.product", "product"],
    ["text", "observer.serial_number", "appliance-id"],
    ["text", "observer.version", "version"],
    ["text", "event.id", "alert.uuid", "alert.id"],
    ["text", "event.reference", "alert.alert-url"],
    ["text", "event.code", "alert.name"],
    ["address", "source", "alert.src.ip"],
    ["integer", "source.port", "alert.src.port"],
    ["mac", "source.mac", "alert.src.mac"],
    ["text", "source.domain", "alert.src.host"],
    ["address", "destination", "alert.dst.ip"],
    ["integer", "destination.port", "alert.dst.port"],
    ["mac", "destination.mac", "alert.dst.mac"],
    [
      "text",
      "rule.name",
      "alert.explanation.malware-detected.malware.name",
      "alert.explanation.malware-detected.malware.name",
      "alert.name",
    ],
    [
      "text",
      "rule.id",
      "alert.explanation.malware-detected.malware.sid",
      "alert.explanation.malware-detected.malware.sid",
    ],
    [
      "hash",
      "file.hash",
      "alert.explanation.malware-detected.malware.md5sum",
      "alert.explanation.malware-detected.malware.md5sum",
    ],
    ["text", "url.domain", "alert.explanation.cnc-services.cnc-service.address"],
    ["lower", "log.level", "alert.severity"],
  ],
  finish(record, { fields }) {
    setTransport(fields, at(record, "alert", "explanation", "cnc-services", "cnc-service", "protocol"));
    const action = textOf(at(record, "alert", "action")) ?? "notified";
    fields["event.action"] = action.toLowerCase();
    const verdict = connectionVerdict(action);
    if (verdict === "blocked" || verdict === "dropped") {
      fields["event.type"] = ["denied"];
      fields["event.outcome"] = "failure";
    }
  },
});

/** Nozomi Networks Guardian and Vantage alerts (Open API, JSON forwarding). Epoch milliseconds. */
export const nozomi = product({
  name: "network/nozomi",
  title: "Nozomi Networks alert",
  recognises: (record) =>
    record.type_id !== undefined &&
    record.type_name !== undefined &&
    (record.ip_src ?? record.id_src ?? record.appliance_host) !== undefined,
  time: ["time", "created_time", "record_created_at"],
  fixed: { ...alert, "observer.vendor": "Nozomi Networks" },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.code", "type_id"],
    ["text", "rule.name", "type_name", "name"],
    ["text", "rule.id", "trigger_id"],
    ["text", "message", "description"],
    ["integer", "event.severity", "severity"],
    ["address", "source", "ip_src"],
    ["integer", "source.port", "port_src"],
    ["mac", "source.mac", "mac_src"],
    ["text", "source.domain", "label_src"],
    ["address", "destination", "ip_dst"],
    ["integer", "destination.port", "port_dst"],
    ["mac", "destination.mac", "mac_dst"],
    ["text", "destination.domain", "label_dst"],
    ["lower", "network.protocol", "protocol"],
    ["text", "observer.name", "appliance_host"],
    ["list", "observer.ip", "appliance_ip"],
    ["text", "observer.ingress.zone", "zone_src"],
    ["text", "observer.egress.zone", "zone_dst"],
    ["text", "event.action", "type_id"],
  ],
  finish(record, { fields }) {
    setTransport(fields, record.transport_protocol);
    for (const side of ["source.domain", "destination.domain"]) {
      const name = fields[side];
      if (typeof name === "string" && !/^[\w.-]{1,253}$/.test(name)) delete fields[side];
    }
  },
});

/** Armis Centrix alerts and activities (API). The zone is in the record. */
export const armis = product({
  name: "network/armis",
  title: "Armis alert or activity",
  recognises: (record) =>
    (record.alertId !== undefined && record.activityUUIDs !== undefined) ||
    (record.activityUUID !== undefined && record.sensor !== undefined),
  time: ["time"],
  fixed: { "observer.vendor": "Armis", "event.category": ["network"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "alertId", "activityUUID"],
    ["text", "rule.name", "title"],
    ["text", "rule.category", "type"],
    ["text", "event.action", "type"],
    ["lower", "log.level", "severity"],
    ["text", "message", "description", "content", "title"],
    ["lower", "network.protocol", "protocol"],
    ["text", "observer.name", "sensor.name", "sensor"],
  ],
  finish(record, { fields }) {
    if (record.alertId === undefined) return;
    fields["event.kind"] = "alert";
    fields["event.category"] = ["intrusion_detection"];
  },
});

/** Claroty xDome alerts and CTD events (API). UTC. */
export const claroty = product({
  name: "network/claroty",
  title: "Claroty alert",
  recognises: (record: JsonObject) =>
    holds("alert_type_name", "alert_name")(record) ||
    holds("alert_id", "alert_type_name", "detected_time")(record),
  time: ["detected_time", "updated_time"],
  fixed: { ...alert, "observer.vendor": "Claroty" },
  map: [
    ["text", "event.id", "id", "alert_id"],
    ["text", "rule.name", "alert_name", "alert_type_name"],
    ["text", "rule.category", "category", "alert_class"],
    ["text", "event.action", "alert_type_name"],
    ["list", "host.ip", "device_ip_list", "ip_list"],
    ["text", "message", "description", "alert_name"],
  ],
});
