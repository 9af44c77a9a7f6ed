import { countOf } from "@firebreak/model/collections";
import type { Ground } from "@firebreak/model/triage";
import { fromAlert, observed } from "../grounds.ts";
import { type AttackType, attackIn, attackTypes, readWebTraffic } from "../records/web-requests.ts";
import { type Desk, open, type Question } from "./question.ts";

/** The kind of attack that the alert's own fields show, with the field. */
function attackInAlert(desk: Desk): { type: AttackType; ground: Ground } | undefined {
  for (const [field, value] of Object.entries(desk.alert.fields)) {
    if (!/url|uri|request|payload|query|full_log|path|message/i.test(field)) continue;
    const type = attackIn(value);
    if (type)
      return {
        type,
        ground: fromAlert(desk.alert, `The alert's ${field} shows ${type}: ${value.slice(0, 200)}.`, field),
      };
  }
  return undefined;
}

/** Is the traffic an attack? By the requests themselves, decoded, not by the rule's name. */
export const webMalicious = {
  kind: "web-malicious",
  options: ["malicious", "non-malicious"],
  absences: ["non-malicious"],
  async answer(desk) {
    const { requests, attacks, scanner } = readWebTraffic(desk);
    const named = attackInAlert(desk);
    const tools = observed(desk.scene, "The requests name a scanner as their program.", scanner);
    if (attacks.length > 0)
      return {
        answer: "malicious",
        confidence: attacks.length > 3 || scanner.length > 0 ? 90 : 75,
        for: [
          ...observed(
            desk.scene,
            `${countOf(attacks.length, "request")} of ${requests.length} show ${attacks[0]!.type}.`,
            attacks.map(({ row }) => row),
          ),
          ...tools,
          ...(named ? [named.ground] : []),
        ],
        against: [],
        wouldChange: "The owner of the source, with an order for a test.",
        techniques: ["T1190"],
      };
    if (scanner.length > 0)
      return {
        answer: "malicious",
        confidence: 65,
        for: tools,
        against: [],
        wouldChange: "The owner of the source, with an order for a test.",
      };
    if (named && requests.length === 0)
      return {
        answer: "malicious",
        confidence: 60,
        for: [named.ground],
        against: [],
        wouldChange: "The server's log of the request.",
      };
    if (requests.length > 0)
      return {
        answer: "non-malicious",
        confidence: named ? 45 : 65,
        for: observed(
          desk.scene,
          `${countOf(requests.length, "request")} of the source, none with the signs of an attack in its text.`,
          requests,
        ),
        against: named ? [named.ground] : [],
        wouldChange: "A request body: access logs hold none.",
      };
    return open("The server's access log of the alert's source, or the request itself.");
  },
} satisfies Question;

export const webAttackType = {
  kind: "web-attack-type",
  options: [...attackTypes, "other"],
  async answer(desk) {
    const { attacks, scanner } = readWebTraffic(desk);
    const counts = new Map<AttackType, number>();
    for (const { type } of attacks) counts.set(type, (counts.get(type) ?? 0) + 1);
    const first = [...counts].sort((a, b) => b[1] - a[1])[0];
    const named = attackInAlert(desk);
    const type = first?.[0] ?? named?.type;
    if (type !== undefined)
      return {
        answer: type,
        confidence: first ? 85 : 60,
        for: [
          ...observed(
            desk.scene,
            `${countOf(first?.[1] ?? 0, "request")} of this kind.`,
            attacks.filter((one) => one.type === type).map(({ row }) => row),
          ),
          ...(named ? [named.ground] : []),
        ],
        against: observed(
          desk.scene,
          `Others show ${[...counts.keys()].filter((one) => one !== type).join(", ")}.`,
          attacks.filter((one) => one.type !== type).map(({ row }) => row),
        ),
        wouldChange: "The body of the requests.",
      };
    if (scanner.length > 0)
      return {
        answer: "forced browsing or scanning",
        confidence: 55,
        for: observed(desk.scene, "A scanner's requests without a payload of their own.", scanner),
        against: [],
        wouldChange: "The body of the requests.",
      };
    return open("The request itself, with its body.");
  },
} satisfies Question;
