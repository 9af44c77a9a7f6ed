import { at, classify, type JsonProduct, putAddress, putText, textOf, timeOf } from "../json/product.ts";

/** AdGuard Home query log. RFC 3339 with zone. */
export const adguard: JsonProduct = {
  name: "dns/adguard",
  title: "AdGuard Home query log",
  recognises(record) {
    return record.QH !== undefined && record.QT !== undefined && record.IP !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.T, context);
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "dns";
    putAddress(fields, "source", record.IP);
    putText(fields, "dns.question.name", record.QH);
    putText(fields, "dns.question.type", record.QT);
    putText(fields, "dns.question.class", record.QC);
    const filtered = at(record, "Result", "IsFiltered") === true;
    fields["event.action"] = filtered ? "blocked" : "allowed";
    putText(
      fields,
      "rule.name",
      textOf(at(record, "Result", "Rules", 0, "Text") ?? at(record, "Result", "Rule")),
    );
  },
};
