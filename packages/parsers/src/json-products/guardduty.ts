import type { Fields } from "@firebreak/model/event";
import { transportOf } from "../ecs/transport.ts";
import { isJsonObject, type JsonValue } from "../json/parse.ts";
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

/** AWS GuardDuty findings, as exported to S3 (camelCase), by the API (PascalCase) or through EventBridge (`detail`). */
export const guardDuty: JsonProduct = {
  name: "aws/guardduty",
  title: "AWS GuardDuty finding",
  recognises(record) {
    const finding = isJsonObject(record.detail) ? record.detail : record;
    return (
      (finding.schemaVersion ?? finding.SchemaVersion) !== undefined &&
      (finding.service ?? finding.Service) !== undefined &&
      (finding.severity ?? finding.Severity) !== undefined
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const finding = isJsonObject(record.detail) ? record.detail : record;
    const get = (...path: string[]) => at(finding, ...path) ?? at(finding, ...path.map(pascal));
    draft.time = timeOf(get("updatedAt") ?? get("createdAt") ?? record.time, context);
    fields["event.kind"] = "alert";
    classify(fields, "intrusion_detection", "info");
    fields["cloud.provider"] = "aws";
    putText(fields, "cloud.account.id", get("accountId"));
    putText(fields, "cloud.region", get("region"));
    putText(fields, "cloud.instance.id", get("resource", "instanceDetails", "instanceId"));
    putText(fields, "rule.name", get("type"));
    putText(fields, "event.id", get("id"));
    putText(fields, "message", get("description") ?? get("title"));
    putInteger(fields, "event.severity", get("severity"));
    putText(fields, "user.name", get("resource", "accessKeyDetails", "userName"));
    const action = get("service", "action");
    const type = textOf(at(action, "actionType") ?? at(action, "ActionType"));
    if (type !== undefined) fields["event.action"] = type;
    putText(fields, "cloud.availability_zone", get("resource", "instanceDetails", "availabilityZone"));
    putText(fields, "user.id", get("resource", "accessKeyDetails", "principalId"));
    putText(fields, "event.start", get("service", "eventFirstSeen"));
    putText(fields, "event.end", get("service", "eventLastSeen"));
    putText(fields, "dns.question.name", get("service", "action", "dnsRequestAction", "domain"));
    for (const kind of [
      "networkConnectionAction",
      "awsApiCallAction",
      "portProbeAction",
      "kubernetesApiCallAction",
    ]) {
      const remote = get("service", "action", kind, "remoteIpDetails", "ipAddressV4");
      const inbound = get("service", "action", kind, "connectionDirection") !== "OUTBOUND";
      const [far, near] = inbound ? ["source", "destination"] : ["destination", "source"];
      putAddress(fields, far!, remote);
      putPlace(fields, far!, (...path) => get("service", "action", kind, "remoteIpDetails", ...path));
      putInteger(fields, `${far}.port`, get("service", "action", kind, "remotePortDetails", "port"));
      putInteger(fields, `${near}.port`, get("service", "action", kind, "localPortDetails", "port"));
      const protocol = textOf(get("service", "action", kind, "protocol"));
      if (protocol === undefined) continue;
      putText(fields, "network.transport", transportOf(protocol));
      fields["network.direction"] = inbound ? "inbound" : "outbound";
      const own = at(get("resource", "instanceDetails", "networkInterfaces"), 0);
      putAddress(fields, near!, at(own, "privateIpAddress") ?? at(own, "PrivateIpAddress"));
    }
  },
};

function putPlace(fields: Fields, side: string, get: (...path: string[]) => JsonValue | undefined): void {
  putText(fields, `${side}.geo.country_name`, get("country", "countryName"));
  putText(fields, `${side}.geo.city_name`, get("city", "cityName"));
  putText(fields, `${side}.as.organization.name`, get("organization", "asnOrg"));
  putInteger(fields, `${side}.as.number`, get("organization", "asn"));
}

function pascal(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
