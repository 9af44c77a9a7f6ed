import { kebabCase } from "../ecs/verdict.ts";
import { at, classify, type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

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
      record.manager !== undefined &&
      record.agent !== undefined &&
      (record.rule !== undefined || record.decoder !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp, context);
    if (record.rule !== undefined) fields["event.kind"] = "alert";
    classify(fields, "intrusion_detection", "info");
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
