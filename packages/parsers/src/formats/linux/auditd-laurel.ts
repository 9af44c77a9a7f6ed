import type { LineFormat } from "@firebreak/model/format";
import { auditEvent } from "../../audit/event.ts";
import type { AuditRecord } from "../../audit/record.ts";
import { addRelated } from "../../ecs/related.ts";

const dataset = "linux/auditd-laurel";

export const format = {
  kind: "line",
  name: dataset,
  title: "Linux audit log as JSON (LAUREL)",
  version: 1,
  notes:
    '`{"ID":"epoch.ms:serial","SYSCALL":{…},"EXECVE":{"ARGV":[…]},…}`: one event a line, its records by type. UTC.',
  sniff: (line) => (head.test(line) ? 0.98 : 0),
  open: (context) => ({
    parse(record) {
      const match = head.exec(record);
      if (!match) return undefined;
      const records = readRecords(record, match);
      if (!records) return { reject: "broken JSON" };
      const fields = auditEvent(records);
      fields["event.kind"] ??= "event";
      const parent = records.find((one) => one.pairs.has("PPID.exe"))?.pairs.get("PPID.exe");
      if (parent !== undefined) fields["process.parent.executable"] = parent;
      addRelated(fields);
      const ms = Number(match[1]) * 1000 + Number(match[2]!.padEnd(3, "0"));
      return { dataset, time: context.time.instant(ms, 0, `${match[1]}.${match[2]}`), fields };
    },
  }),
} satisfies LineFormat;

const head = /^\{"ID":"(\d{9,12})\.(\d{1,3}):(\d{1,20})"/;
const maxValues = 2000;

function readRecords(text: string, match: RegExpExecArray): AuditRecord[] | undefined {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof event !== "object" || event === null) return undefined;
  const node = (event as Record<string, unknown>).NODE;
  const records: AuditRecord[] = [];
  const add = (type: string, body: unknown) => {
    if (typeof body !== "object" || body === null || records.length >= maxValues) return;
    records.push({
      type,
      moment: `${match[1]}.${match[2]}`,
      serial: match[3]!,
      node: typeof node === "string" ? node : undefined,
      pairs: pairsOf(type, body as Record<string, unknown>),
    });
  };
  for (const [type, body] of Object.entries(event)) {
    if (type === "ID" || type === "NODE") continue;
    if (Array.isArray(body)) for (const one of body) add(type, one);
    else add(type, body);
  }
  return records.length > 0 ? records : undefined;
}

/** LAUREL decodes values and joins lists: ARGV becomes a0, a1, … again, as the audit log names them. */
function pairsOf(type: string, body: Record<string, unknown>): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const [name, value] of Object.entries(body).slice(0, maxValues)) {
    if (value === null || value === "" || value === "?") continue;
    if (Array.isArray(value)) {
      if (name === "ARGV" && type !== "PROCTITLE") {
        if (type === "EXECVE") pairs.set("argc", String(value.length));
        for (const [i, word] of value.slice(0, maxValues).entries()) pairs.set(`a${i}`, String(word));
      } else pairs.set(name === "ARGV" ? "proctitle" : name, value.slice(0, maxValues).join(" "));
    } else if (typeof value !== "object") pairs.set(name, String(value));
    else if (name === "SADDR" || name === "PPID") {
      for (const [inner, text] of Object.entries(value as object))
        if (typeof text !== "object") pairs.set(`${name}.${inner}`, String(text));
    }
  }
  return pairs;
}
