import { looksLikeOracleAudit, readOracleAudit } from "../../database/oracle-audit-record.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";

/** Oracle's audit trail with AUDIT_SYSLOG_LEVEL: the tag is "Oracle Audit[pid]". */
export const payload = {
  name: "database/oracle-audit",
  title: "Oracle audit trail in syslog",
  programs: [],
  accepts: (message) => message.includes("ACTION") && looksLikeOracleAudit(message),
  parse: (message) =>
    looksLikeOracleAudit(message)
      ? { dataset: "database/oracle-audit", fields: { ...readOracleAudit(message), message } }
      : undefined,
} satisfies SyslogPayload;
