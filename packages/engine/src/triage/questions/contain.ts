import type { Ground } from "@firebreak/model/triage";
import { firstGrounds, stated } from "../grounds.ts";
import { answerOf, type Desk, groundsOf, open, type Question } from "./question.ts";

/** Answers of earlier steps that call for containment, and those that speak against it. */
const calls: readonly (readonly [kind: string, answer: string, weight: number])[] = [
  ["far-end-accessed", "accessed", 35],
  ["file-malicious", "malicious", 30],
  ["mail-content-malicious", "malicious", 20],
  ["far-end-malicious", "malicious", 25],
  ["device-stopped", "not quarantined", 15],
  ["mail-opened", "opened", 35],
  ["web-success", "yes", 65],
  ["sign-in-success", "yes", 65],
  ["volume-unusual", "unusual", 40],
  ["destination-known", "unknown to the organisation", 20],
  ["still-going", "yes", 15],
];
const calms: readonly (readonly [kind: string, answer: string, weight: number])[] = [
  ["far-end-accessed", "not accessed", 35],
  ["file-malicious", "non-malicious", 40],
  ["mail-content-malicious", "non-malicious", 40],
  ["far-end-malicious", "non-malicious", 40],
  ["device-stopped", "quarantined", 25],
  ["device-stopped", "cleaned", 25],
  ["device-stopped", "blocked", 25],
  ["mail-opened", "not opened", 35],
  ["mail-delivered", "not delivered", 40],
  ["web-success", "no", 50],
  ["web-malicious", "non-malicious", 50],
  ["sign-in-success", "no", 50],
  ["planned-test", "planned", 60],
  ["volume-unusual", "usual", 50],
  ["destination-known", "sanctioned or in common use", 20],
];

/** What was reached or opened counts only while it is not shown to be harmless. */
const judged = ["file-malicious", "mail-content-malicious", "far-end-malicious", "web-malicious"];
const contacts = new Set(["far-end-accessed", "mail-opened", "device-stopped"]);

/** Should the machine be taken off the network? Follows from the steps before, and says from which. Firebreak contains nothing. */
export const contain = {
  kind: "contain",
  options: ["contain", "no containment needed"],
  async answer(desk) {
    const isHarmless =
      judged.some((kind) => answerOf(desk, kind) === "non-malicious") &&
      !judged.some((kind) => answerOf(desk, kind) === "malicious");
    const reasons = weigh(desk, isHarmless ? calls.filter(([kind]) => !contacts.has(kind)) : calls);
    const doubts = weigh(desk, calms);
    const critical = desk.scene.profile.assets.filter(
      ({ name, addresses, critical: isCritical }) =>
        isCritical &&
        (desk.subject.hosts.has(name.toLowerCase()) ||
          addresses.some((one) => desk.subject.addresses.has(one))),
    );
    const care = critical.map(({ name }) =>
      stated(
        "profile",
        `${name} is declared critical: weigh what its isolation stops.`,
        "organisation profile",
      ),
    );
    if (reasons.total >= 50 && reasons.total > doubts.total)
      return {
        answer: "contain",
        confidence: Math.min(90, Math.round(25 + reasons.total * 0.65 - doubts.total / 2)),
        for: reasons.grounds,
        against: [...doubts.grounds, ...care],
        wouldChange: "An earlier step answered otherwise; see what would change it there.",
      };
    if (doubts.total >= 50 || (doubts.total >= 35 && reasons.total < 30))
      return {
        answer: "no containment needed",
        confidence: Math.min(85, Math.round(25 + doubts.total * 0.65 - reasons.total / 2)),
        for: doubts.grounds,
        against: reasons.grounds,
        wouldChange: "Activity after the alert in a source that was not collected.",
      };
    return open(
      "The steps before: whether it is malicious, and whether it was reached or run.",
      reasons.grounds,
      doubts.grounds,
    );
  },
} satisfies Question;

function weigh(desk: Desk, table: typeof calls): { total: number; grounds: Ground[] } {
  const met = table.filter(([kind, answer]) => answerOf(desk, kind) === answer);
  return {
    total: met.reduce((sum, [, , weight]) => sum + weight, 0),
    grounds: met.flatMap(([kind, answer]) =>
      firstGrounds(groundsOf(desk, kind), 2).map((ground) => ({
        ...ground,
        text: `${answer}: ${ground.text}`,
      })),
    ),
  };
}
