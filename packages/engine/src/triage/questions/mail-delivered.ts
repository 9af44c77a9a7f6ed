import { firstNames, observed } from "../grounds.ts";
import { coverageFor } from "../records/coverage.ts";
import { readMail, recipientsOf } from "../records/messages.ts";
import { deviceGround } from "./collect.ts";
import { answerOf, type Desk, groundsOf, open, type Question, type Suggestion } from "./question.ts";

const hourMs = 3_600_000;

/** Did the message reach the recipient's mailbox? The mail log is asked before the alert's own word. */
export const mailDelivered = {
  kind: "mail-delivered",
  options: ["delivered", "not delivered"],
  absences: ["not delivered"],
  async answer(desk) {
    const trail = readMail(desk);
    const wanted = desk.alert.observables
      .filter(({ role }) => role === "recipient")
      .map(({ value }) => value.toLowerCase());
    const isWanted = (to: readonly string[]) =>
      wanted.length === 0 || to.length === 0 || to.some((one) => wanted.includes(one));
    const delivered = trail.delivered.filter((row) => isWanted(recipientsOf(row)));
    const stopped = trail.stopped.filter((row) => isWanted(recipientsOf(row)));
    const elsewhere = trail.delivered.filter((row) => !delivered.includes(row));
    const others = observed(
      desk.scene,
      `Other recipients got it: ${firstNames(
        trail.recipients.filter((one) => !wanted.includes(one)),
        10,
      )}.`,
      elsewhere,
    );
    const said = desk.alert.deviceAction;
    const word = said === "unknown" ? [] : [deviceGround(desk, `The alert's device action is "${said}".`)];
    if (delivered.length > 0)
      return {
        answer: "delivered",
        confidence: stopped.length > 0 ? 70 : 90,
        for: [
          ...observed(desk.scene, "The mail log says that it was delivered.", delivered),
          ...others,
          ...(said === "allowed" ? word : []),
        ],
        against: [
          ...observed(desk.scene, "It was also refused or held.", stopped),
          ...(said === "allowed" ? [] : word),
        ],
        wouldChange: "A record that it was removed from the mailbox before it was read.",
      };
    if (stopped.length > 0)
      return {
        answer: "not delivered",
        confidence: 85,
        for: [
          ...observed(desk.scene, "The mail log says that it was refused or held.", stopped),
          ...(said === "allowed" ? [] : word),
        ],
        against: [...others, ...(said === "allowed" ? word : [])],
        wouldChange: "A release from quarantine, or a copy to another recipient.",
      };
    return byWord(desk, word, others);
  },
} satisfies Question;

/** Without a mail record of it there is the device's word only. */
async function byWord(desk: Desk, word: Suggestion["for"], others: Suggestion["for"]): Promise<Suggestion> {
  const { grounds } = await coverageFor(desk, ["mail"], { fromMs: -hourMs, toMs: hourMs });
  const wouldChange = "The mail server's log of this message: what became of it, for whom.";
  const said = desk.alert.deviceAction;
  if (said === "allowed")
    return { answer: "delivered", confidence: 60, for: [...word, ...others], against: grounds, wouldChange };
  if (said === "blocked" || said === "quarantined" || said === "cleaned")
    return {
      answer: "not delivered",
      confidence: 65,
      for: [...word, ...grounds],
      against: others,
      wouldChange,
    };
  return open(wouldChange, [...word, ...grounds]);
}

/** Must the message be taken out of mailboxes? Follows from whether it is malicious and where it arrived. */
export const mailRemove = {
  kind: "mail-remove",
  options: ["delete", "not needed"],
  async answer(desk) {
    const isDelivered = answerOf(desk, "mail-delivered");
    const isBad = answerOf(desk, "mail-content-malicious");
    const grounds = [...groundsOf(desk, "mail-delivered"), ...groundsOf(desk, "mail-content-malicious")];
    const wouldChange = "Another answer to whether it is malicious, or to whether it was delivered.";
    if (isDelivered === "not delivered")
      return {
        answer: "not needed",
        confidence: 70,
        for: groundsOf(desk, "mail-delivered"),
        against: [],
        wouldChange,
      };
    if (isBad === "non-malicious")
      return {
        answer: "not needed",
        confidence: 65,
        for: groundsOf(desk, "mail-content-malicious"),
        against: [],
        wouldChange,
      };
    if (isDelivered === "delivered" && isBad === "malicious")
      return { answer: "delete", confidence: 80, for: grounds, against: [], wouldChange };
    return open(wouldChange, grounds);
  },
} satisfies Question;
