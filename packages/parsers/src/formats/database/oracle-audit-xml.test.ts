import { expect, test } from "vitest";
import { format } from "./oracle-audit-xml.ts";

const head = { text: '<Audit xmlns="http://x/dbserver_audittrail-11_2.xsd">' };

test.each([
  ["<AuditRecord><Audit_Type>1</Audit_Type></AuditRecord>", 0.98],
  ["<Version>11.2</Version>", 0.9],
  ["<AuditRecords>", 0],
])("%s", (line, vote) => {
  expect(format.sniff(line, head as never)).toBe(vote);
});
