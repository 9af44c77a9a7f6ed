import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

/** ZooKeeper's audit log (zookeeper.apache.org, "ZooKeeper Audit Logging"). Local time without a zone. */
export const format = {
  kind: "line",
  name: "app/zookeeper-audit",
  title: "Apache ZooKeeper audit log",
  version: 1,
  notes:
    "`time LEVEL audit.…AuditLogger: session=… user=… ip=… operation=… result=…`. Local time without a zone.",
  ...lineTable({
    dataset: "app/zookeeper-audit",
    vote: 0.97,
    rules: [
      rule(
        /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) ([A-Z]{4,5}) {1,2}audit\.\w{1,40}AuditLogger: (?:session=(\S{1,40})\s+)?user=(\S{1,200})\s+(?:ip=(\S{1,80})\s+)?operation=(\S{1,60})\s+(.*?)result=(\w{1,20})/,
        "@ log.level firebreak.raw.session user.name source event.action message event.outcome",
        { "event.category": ["database"], "event.type": ["access"] },
      ),
    ],
    finish(fields) {
      fields["log.level"] = String(fields["log.level"]).toLowerCase();
      // "invoked" only says that it was begun.
      if (!/^(?:success|failure)$/.test(String(fields["event.outcome"]))) delete fields["event.outcome"];
      if (fields["source.ip"] !== undefined) fields["client.ip"] = fields["source.ip"];
      return undefined;
    },
  }),
} satisfies LineFormat;
