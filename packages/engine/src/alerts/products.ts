import type { AlertProduct } from "./alert.ts";
import { type AlertFields, firstOf } from "./fields.ts";

/** Where a product keeps what every alert has. Names are compared without case; the first with a value counts. */
export interface ProductShape {
  readonly product: AlertProduct;
  readonly source: string;
  recognises(fields: AlertFields): boolean;
  readonly id: readonly string[];
  readonly title: readonly string[];
  readonly time: readonly string[];
  readonly severity: readonly string[];
  /** Names, in words, of fields that tell what was done; in order of weight. */
  readonly action: readonly RegExp[];
}

const has = (fields: AlertFields, ...names: string[]) =>
  names.every((name) => firstOf(fields, [name]) !== undefined);
const hasPrefix = (fields: AlertFields, prefix: string) =>
  Object.keys(fields).some((name) => name.startsWith(prefix));

/** Shapes from the products' documented schemas; `source` names the document. */
export const productShapes: readonly ProductShape[] = [
  {
    product: "elastic",
    source: "Elastic Security, alert schema (kibana.alert.*)",
    recognises: (fields) => hasPrefix(fields, "kibana.alert.") || hasPrefix(fields, "signal.rule."),
    id: ["kibana.alert.uuid", "_id"],
    title: ["kibana.alert.rule.name", "signal.rule.name"],
    time: ["kibana.alert.original_time", "signal.original_time", "@timestamp", "kibana.alert.start"],
    severity: ["kibana.alert.severity", "kibana.alert.rule.severity", "signal.rule.severity"],
    // event.action may also tell what the record is ("exec", "connection_attempted"): such a word is no device action.
    action: [/^event action$/],
  },
  {
    product: "splunk",
    source: "Splunk Enterprise Security, notable index",
    recognises: (fields) =>
      (has(fields, "search_name") || has(fields, "rule_name") || has(fields, "rule_title")) &&
      [
        "urgency",
        "security_domain",
        "event_hash",
        "orig_time",
        "status_label",
        "notable_type",
        "orig_sourcetype",
      ].some((name) => has(fields, name)),
    id: ["event_id", "event_hash", "sid"],
    title: ["rule_title", "rule_name", "search_name", "source"],
    time: ["orig_time", "_time", "firstTime", "info_search_time"],
    severity: ["urgency", "severity"],
    action: [/^action$/, /^vendor action$/],
  },
  {
    product: "wazuh",
    source: "Wazuh, alerts.json",
    recognises: (fields) =>
      has(fields, "rule.level", "rule.description") &&
      (hasPrefix(fields, "agent.") || hasPrefix(fields, "manager.")),
    id: ["id"],
    title: ["rule.description"],
    time: ["data.win.system.systemTime", "data.timestamp", "timestamp", "@timestamp"],
    severity: ["rule.level"],
    action: [/^data action$/],
  },
  {
    product: "sentinel",
    source: "Microsoft Sentinel, SecurityAlert table and incident resource",
    recognises: (fields) =>
      has(fields, "SystemAlertId") ||
      has(fields, "AlertSeverity") ||
      hasPrefix(fields, "properties.alertDisplayName") ||
      (has(fields, "properties.severity") && has(fields, "properties.title")),
    id: ["SystemAlertId", "properties.systemAlertId", "name"],
    title: ["AlertName", "DisplayName", "properties.alertDisplayName", "properties.title"],
    time: [
      "StartTime",
      "properties.startTimeUtc",
      "properties.firstActivityTimeUtc",
      "TimeGenerated",
      "properties.createdTimeUtc",
    ],
    severity: ["AlertSeverity", "properties.severity"],
    action: [/action( taken)?$/],
  },
  {
    product: "defender",
    source: "Microsoft Graph security alerts_v2; Defender for Endpoint alert resource",
    recognises: (fields) =>
      /microsoft\.graph\.security\.alert/i.test(fields["@odata.type"] ?? "") ||
      has(fields, "serviceSource", "createdDateTime") ||
      has(fields, "providerAlertId") ||
      has(fields, "alertCreationTime") ||
      (has(fields, "machineId") && has(fields, "detectionSource")),
    id: ["id", "providerAlertId", "alertId"],
    title: ["title"],
    time: ["firstActivityDateTime", "firstEventTime", "createdDateTime", "alertCreationTime"],
    severity: ["severity"],
    action: [/detection status$/, /delivery action$/, /remediation status$/],
  },
  {
    product: "suricata",
    source: "Suricata, EVE JSON, event type alert",
    recognises: (fields) => fields.event_type === "alert" && has(fields, "alert.signature"),
    id: [],
    title: ["alert.signature"],
    time: ["timestamp"],
    severity: ["alert.severity"],
    action: [/^alert action$/, /^verdict action$/],
  },
];

export function shapeOf(fields: AlertFields): ProductShape | undefined {
  return productShapes.find((shape) => shape.recognises(fields));
}
