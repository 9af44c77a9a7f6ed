import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { noFields } from "../../ecs/shape.ts";
import { accessRules } from "./access.ts";
import { connectionRules } from "./connections.ts";
import { deviceRules } from "./device.ts";
import { readFtd } from "./ftd.ts";
import type { ConnectionMemory, Rule } from "./rule.ts";
import { sessionRules } from "./sessions.ts";
import { readWording, verdictInWords } from "./wording.ts";

const allRules: readonly Rule[] = [...accessRules, ...connectionRules, ...deviceRules, ...sessionRules];
const rules = new Map<number, Rule[]>();
for (const rule of allRules) {
  for (const id of rule.ids) rules.set(id, [...(rules.get(id) ?? []), rule]);
}

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

/** What every message says beside its text. */
export function asaFields(product: string, severity: number | undefined, id: string | undefined): Fields {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Cisco",
    "observer.product": product,
    "observer.type": "firewall",
  };
  if (id !== undefined) fields["event.code"] = id;
  if (severity !== undefined) {
    fields["event.severity"] = severity;
    fields["log.level"] = levels[severity]!;
  }
  return fields;
}

const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

/** Reads the text behind "%ASA-6-302013: " by the rule of its id; returns the time of the event when the text has it. */
export function readAsaText(
  number: number,
  text: string,
  fields: Fields,
  context: ParseContext,
): EventTime | undefined {
  if (number >= 430_001 && number <= 430_005) return readFtd(text, number, fields, context);
  // The signature messages 400000 to 400050 share one wording.
  const known = rules.get(number >= 400_000 && number <= 400_050 ? 400_000 : number) ?? [];
  if (!applyRule(known, text, fields, context)) readUnruled(number, text, fields);
  // Who is named beside an address is who uses it.
  const user = fields["user.name"];
  if (user !== undefined && fields["source.ip"] !== undefined) fields["source.user.name"] = user;
  return undefined;
}

/** Reads a text whose id is not known by the first rule whose wording it has. */
export function readAsaWording(text: string, fields: Fields, context: ParseContext): boolean {
  return applyRule(allRules, text, fields, context);
}

function applyRule(
  candidates: readonly Rule[],
  text: string,
  fields: Fields,
  context: ParseContext,
): boolean {
  for (const rule of candidates) {
    const found = rule.pattern.exec(text);
    if (!found) continue;
    rule.build(found, fields, memoryOf(context));
    return true;
  }
  return false;
}

/** Classes of message ids that are about users (Cisco, "Messages by severity and class"); the rest is about traffic or the device. */
const userClasses = new Set([109, 113, 315, 605, 606, 611, 713, 716, 722, 734, 746, 750, 751, 772]);
const deviceClasses = new Set([
  101, 102, 103, 104, 105, 111, 112, 199, 208, 210, 211, 212, 214, 216, 717, 411, 502, 505, 720, 721,
]);

function isTraffic(fields: Fields): boolean {
  return (fields["event.category"] as readonly string[]).includes("network");
}

/** A message that has no rule: what its words say. */
function readUnruled(id: number, text: string, fields: Fields): void {
  readWording(text, fields);
  const group = Math.floor(id / 1000);
  const verdict = verdictInWords(text);
  if (userClasses.has(group)) fields["event.category"] ??= ["authentication", "session"];
  else if (fields["source.ip"] !== undefined && !deviceClasses.has(group))
    fields["event.category"] ??= ["network"];
  else fields["event.category"] ??= ["host"];
  if (verdict) {
    fields["event.outcome"] ??= verdict[2];
    if (verdict[1] === "denied" || verdict[1] === "dropped") fields["event.type"] ??= ["denied"];
    else if (!isTraffic(fields)) fields["event.action"] ??= verdict[1];
  }
  fields["event.type"] ??= ["info"];
  if (isTraffic(fields)) fields["event.action"] ??= "firewall-rule";
}
