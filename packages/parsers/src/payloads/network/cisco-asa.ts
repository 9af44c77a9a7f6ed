import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { accessRules } from "../../network/cisco/access.ts";
import { connectionRules } from "../../network/cisco/connections.ts";
import { readFtd } from "../../network/cisco/ftd.ts";
import type { ConnectionMemory, Rule } from "../../network/cisco/rule.ts";
import { sessionRules } from "../../network/cisco/sessions.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/cisco-asa";

export const payload = {
  name: dataset,
  title: "Cisco ASA, FTD, PIX and FWSM",
  programs: [],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/** "%ASA-6-302013: ", "%FTD-1-430003: ", "%ASA-session-6-302013: ". */
const header = /^:? ?%(ASA|FTD|PIX|FWSM|NGIPS)-(?:([a-z]+)-)?([0-7])-(\d{3,6}): ?/;

const rules = new Map<number, Rule[]>();
for (const rule of [...accessRules, ...connectionRules, ...sessionRules]) {
  for (const id of rule.ids) rules.set(id, [...(rules.get(id) ?? []), rule]);
}
const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];
const products: Record<string, string> = { ASA: "ASA", FTD: "FTD", PIX: "PIX", FWSM: "FWSM", NGIPS: "NGIPS" };

/** One memory per evidence item. */
const memories = new WeakMap<ParseContext, ConnectionMemory>();

function memoryOf(context: ParseContext): ConnectionMemory {
  let memory = memories.get(context);
  if (!memory) {
    memory = { openedBySecond: new Map() };
    memories.set(context, memory);
  }
  return memory;
}

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const id = match[4]!;
  const text = message.slice(match[0].length);
  const fields: Fields = {
    "observer.vendor": "Cisco",
    "observer.product": products[match[1]!]!,
    "observer.type": "firewall",
    "event.code": id,
    "event.severity": Number(match[3]),
    "log.level": levels[Number(match[3])]!,
  };
  if (match[2] !== undefined) fields["firebreak.raw.message_class"] = match[2];
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const number = Number(id);
  if (number >= 430_001 && number <= 430_005) {
    const time = readFtd(text, number, fields, context);
    return time ? { dataset, fields, time } : { dataset, fields };
  }
  // The signature messages 400000 to 400050 share one wording.
  const known = rules.get(number >= 400_000 && number <= 400_050 ? 400_000 : number) ?? [];
  for (const rule of known) {
    const found = rule.pattern.exec(text);
    if (!found) continue;
    rule.build(found, fields, memoryOf(context));
    break;
  }
  return { dataset, fields };
}
