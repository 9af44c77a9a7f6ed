import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { kebabCase } from "../ecs/verdict.ts";
import { isJsonObject, type JsonObject } from "../json/parse.ts";
import { at, classify, type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";
import { jsonDraft, jsonEvent, zoneInRecord } from "../windows/export/json-event.ts";

const map = compileTable([
  ["text", "rule.id", "rule.id"],
  ["text", "rule.name", "rule.description"],
  ["text", "message", "rule.description"],
  ["list", "rule.category", "rule.groups"],
  ["integer", "event.severity", "rule.level"],
  ["list", "threat.technique.id", "rule.mitre.id"],
  ["text", "host.name", "agent.name", "predecoder.hostname"],
  ["address", "host", "agent.ip"],
  ["address", "source", "data.srcip", "data.src_ip", "data.win.eventdata.ipAddress"],
  ["integer", "source.port", "data.srcport", "data.src_port"],
  ["address", "destination", "data.dstip", "data.dest_ip"],
  ["integer", "destination.port", "data.dstport", "data.dest_port"],
  ["text", "user.name", "data.dstuser", "data.srcuser", "data.win.eventdata.targetUserName"],
  ["text", "file.path", "syscheck.path"],
  ["text", "file.hash.md5", "syscheck.md5_after"],
  ["text", "file.hash.sha1", "syscheck.sha1_after"],
  ["text", "file.hash.sha256", "syscheck.sha256_after"],
  ["text", "event.id", "id"],
  ["url", "url", "data.url"],
]);

/** Wazuh alerts.json and archives.json. The zone is in the record ("+0000"). */
export const wazuh: JsonProduct = {
  name: "endpoint/wazuh",
  title: "Wazuh alert",
  recognises(record) {
    return (
      (record.manager !== undefined &&
        record.agent !== undefined &&
        (record.rule !== undefined || record.decoder !== undefined)) ||
      (at(record, "data", "win", "system") !== undefined && record.agent !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp, context);
    if (record.rule !== undefined) fields["event.kind"] = "alert";
    classify(fields, "intrusion_detection", "info");
    putWindows(record, fields, context);
    map(record, fields);
    const change = textOf(at(record, "syscheck", "event"));
    if (change !== undefined) {
      fields["event.action"] = kebabCase(change);
      classify(
        fields,
        "file",
        change === "deleted" ? "deletion" : change === "added" ? "creation" : "change",
      );
    }
  },
};

/** A Windows event stands in `data.win` with the first letter of every name in lower case; it is read as what it is. */
function putWindows(record: JsonObject, fields: Fields, context: ParseContext): void {
  const system = at(record, "data", "win", "system");
  if (!isJsonObject(system)) return;
  const data: JsonObject = {};
  const recorded = at(record, "data", "win", "eventdata");
  if (isJsonObject(recorded))
    for (const key in recorded) data[key.charAt(0).toUpperCase() + key.slice(1)] = recorded[key]!;
  const windows = jsonEvent({
    winlog: {
      channel: system.channel ?? "",
      computer_name: system.computer ?? "",
      event_id: system.eventID ?? "",
      provider_name: system.providerName ?? "",
      record_id: system.eventRecordID ?? "",
      event_data: data,
    },
  });
  if (windows === undefined) return;
  const read = jsonDraft(windows, context, "windows/event-json", undefined, zoneInRecord(windows)).fields;
  for (const name in read) if (name !== "event.kind") fields[name] = read[name]!;
}
