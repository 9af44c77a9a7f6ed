import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";

const dataset = "app/sap-audit";
const recordChars = 200;
const start = /^[23][A-Z]{2}[A-Z0-9](?:19|20)\d{12}\d{2}/;

/** Events of the audit log by their identifier (SAP Help, "Security Audit Log"): category, type, action, outcome. */
const events: Record<string, readonly [category: string, type: string, action: string, outcome?: string]> = {
  AU1: ["authentication", "start", "login", "success"],
  AU2: ["authentication", "start", "login", "failure"],
  AU3: ["process", "start", "transaction-started", "success"],
  AU4: ["process", "start", "transaction-started", "failure"],
  AU5: ["authentication", "start", "rfc-login", "success"],
  AU6: ["authentication", "start", "rfc-login", "failure"],
  AU7: ["iam", "creation", "user-created", "success"],
  AU8: ["iam", "deletion", "user-deleted", "success"],
  AU9: ["iam", "change", "user-locked", "success"],
  AUA: ["iam", "change", "user-unlocked", "success"],
  AUB: ["iam", "change", "authorisations-changed", "success"],
  AUC: ["authentication", "end", "logout", "success"],
  AUD: ["iam", "change", "user-changed", "success"],
  AUE: ["configuration", "change", "audit-configuration-changed", "success"],
  AUK: ["process", "start", "rfc-called", "success"],
  AUL: ["process", "start", "rfc-called", "failure"],
  AUM: ["iam", "change", "user-locked-after-failures", "success"],
  AUO: ["authentication", "start", "login", "failure"],
  AUW: ["process", "start", "report-started", "success"],
  AUX: ["process", "start", "report-started", "failure"],
  BU2: ["iam", "change", "password-changed", "success"],
};

/** SAP's security audit log (*.AUD): records of 200 characters without line ends. The application server's local time, no zone. */
export const format = {
  kind: "line",
  name: dataset,
  title: "SAP security audit log file",
  version: 1,
  notes:
    "Records of 200 characters, with or without line ends: identifier (AU1 …), YYYYMMDDhhmmss, process, terminal, user, transaction, report, client. Local time without a zone.",
  sniff: (line) => (start.test(line) && line.length >= 100 ? 0.95 : 0),
  open: (context) => ({
    parse(line): LineResult {
      if (!start.test(line)) return undefined;
      const drafts: EventDraft[] = [];
      for (let at = 0; at < line.length; at += recordChars) {
        const record = line.slice(at, at + recordChars);
        if (record.trim() === "") continue;
        const draft = start.test(record) ? readRecord(record, context) : undefined;
        if (draft === undefined && line.length <= recordChars)
          return { reject: "no record of the audit log with a valid time" };
        // In a file without line ends what cannot be read is kept as text among the others.
        drafts.push(draft ?? { dataset, fields: { "event.kind": "event", message: record.trim() } });
      }
      return drafts;
    },
  }),
} satisfies LineFormat;

function readRecord(record: string, context: ParseContext): EventDraft | undefined {
  const number = (from: number, length: number) => Number(record.slice(from, from + length));
  const civil = {
    year: number(4, 4),
    month: number(8, 2),
    day: number(10, 2),
    hour: number(12, 2),
    minute: number(14, 2),
    second: number(16, 2),
    nanos: 0,
  };
  const time = context.time.local(civil, record.slice(4, 18));
  if (time === undefined) return undefined;
  const text = (from: number, length: number) => record.slice(from, from + length).trim();
  const id = text(1, 3);
  const fields: Fields = { "event.kind": "event", "event.code": id };
  const known = Object.hasOwn(events, id) ? events[id]! : undefined;
  fields["event.category"] = [known?.[0] ?? "host"];
  fields["event.type"] = [known?.[1] ?? "info"];
  if (known !== undefined) fields["event.action"] = known[2];
  if (known?.[3] !== undefined) fields["event.outcome"] = known[3];
  const process = text(20, 5);
  if (/^\d{1,5}$/.test(process)) fields["process.pid"] = Number(process);
  const terminal = text(32, 8);
  const ip = cleanIp(terminal);
  if (ip !== undefined) fields["source.ip"] = ip;
  else if (terminal !== "") fields["source.domain"] = terminal;
  for (const [name, value] of [
    ["user.name", text(40, 12)],
    [rawField("transaction"), text(52, 20)],
    ["process.name", text(72, 40)],
    [rawField("client"), text(112, 3)],
    ["message", text(116, 64)],
  ] as const)
    if (value !== "") fields[name] = value;
  addRelated(fields);
  return { dataset, time, fields };
}
