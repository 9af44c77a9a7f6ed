import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

/** The text form of HashiCorp's logger: Vault, Consul, Nomad, Terraform, Boundary. The zone is in the record. */
export const format = {
  kind: "line",
  name: "app/hclog",
  title: "HashiCorp log (text): Vault, Consul, Nomad",
  version: 1,
  notes: "`time [LEVEL]  module: message: key=value`. The zone is in the record.",
  ...lineTable({
    dataset: "app/hclog",
    vote: 0.9,
    rules: [
      rule(
        /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:?\d\d)) \[(TRACE|DEBUG|INFO|WARN|ERROR)\] {1,2}([\w.@/-]{1,120}): ([\s\S]*)$/,
        "@ log.level log.logger message",
        { "event.category": ["process"], "event.type": ["info"] },
      ),
    ],
    finish(fields) {
      fields["log.level"] = String(fields["log.level"]).toLowerCase();
      const text = String(fields.message).slice(0, 2000);
      const from = /\b(?:remote|from|client|remote_addr)=(?:")?((?:\d{1,3}\.){3}\d{1,3})(?::(\d{1,5}))?/.exec(
        text,
      );
      if (from !== null) {
        fields["source.ip"] = from[1]!;
        if (from[2] !== undefined) fields["source.port"] = Number(from[2]);
      }
      return undefined;
    },
  }),
} satisfies LineFormat;
