import { type Json, recordsAt, textAt } from "../../loose.ts";
import { readTyped } from "../../observable.ts";
import { type Relation, relation } from "../../reading.ts";

/** Crowdsourced intrusion-detection rules that fired on a file's traffic, tied to where the traffic went. */
export function idsRelations(attributes: Json): Relation[] {
  return recordsAt(attributes, "crowdsourced_ids_results").flatMap((result) => {
    const message = textAt(result, "rule_msg") ?? "a rule without a name";
    const category = textAt(result, "rule_category");
    const severity = textAt(result, "alert_severity");
    const detail = [
      message,
      ...(category ? [category] : []),
      ...(severity ? [`severity ${severity}`] : []),
    ].join(", ");
    return recordsAt(result, "alert_context").flatMap((context) => {
      const targets = [
        readTyped("address", textAt(context, "dest_ip")),
        readTyped("domain", textAt(context, "hostname")),
        readTyped("url", textAt(context, "url")),
      ];
      return targets.flatMap((target) => relation("ids-alert", target, { detail }));
    });
  });
}
