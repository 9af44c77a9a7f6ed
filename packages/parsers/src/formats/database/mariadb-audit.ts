import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const operations =
  "CONNECT|DISCONNECT|FAILED_CONNECT|QUERY|CREATE|ALTER|RENAME|DROP|READ|WRITE|CHANGEUSER|PROXY_CONNECT";

/** MariaDB and Percona server_audit plugin (MariaDB documentation, "Audit Plugin - Log Format"); Aurora and RDS write epoch microseconds. */
export const format = {
  kind: "line",
  name: "database/mariadb-audit",
  title: "MariaDB audit plugin (server_audit; RDS and Aurora too)",
  version: 1,
  notes:
    "By time, server, user, host, connection, query, operation, … return code between commas. Local time without a zone; Aurora's epoch is UTC.",
  ...lineTable({
    dataset: "database/mariadb-audit",
    rules: [
      rule(
        new RegExp(
          `^(\\d{8} \\d\\d:\\d\\d:\\d\\d|\\d{16}),([^,]{0,255}),'?([^,']{0,128})'?,'?([^,']{0,255})'?,(\\d{1,20}),(\\d{1,20}),(${operations}),'?([^,']{0,200})'?,([\\s\\S]{0,7000}?),(\\d{1,6})(?:,[\\w ]{0,20})*$`,
        ),
        "@ host.name user.name source firebreak.raw.connection firebreak.raw.query_id event.action firebreak.raw.database message firebreak.raw.return_code",
        { "event.category": ["database"], "event.type": ["access"] },
      ),
    ],
    vote: 0.95,
    finish(fields) {
      const action = String(fields["event.action"]);
      const code = String(fields["firebreak.raw.return_code"]);
      fields["event.action"] = action.toLowerCase();
      fields["event.outcome"] = code === "0" && !action.startsWith("FAILED") ? "success" : "failure";
      if (code !== "0") fields["error.code"] = code;
      if (/CONNECT/.test(action)) {
        fields["event.category"] = ["authentication"];
        fields["event.type"] = [action === "DISCONNECT" ? "end" : "start"];
      }
      const text = fields.message;
      if (typeof text === "string" && /^'[\s\S]*'$/.test(text)) fields.message = text.slice(1, -1);
      return undefined;
    },
  }),
} satisfies LineFormat;
