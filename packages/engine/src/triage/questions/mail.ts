import type { Ground } from "@firebreak/model/triage";
import { restOf } from "../../findings/rows.ts";
import { fromAlert, observed } from "../grounds.ts";
import { behaviourGrounds } from "../records/behaviours.ts";
import { readMail } from "../records/messages.ts";
import { rowsOf } from "../records/pivot.ts";
import { farEndSuggestion } from "./far-end-malicious.ts";
import { fileSuggestion } from "./file-malicious.ts";
import {
  answerOf,
  type Desk,
  groundsOf,
  insufficient,
  open,
  type Question,
  type Suggestion,
} from "./question.ts";

const dayMs = 86_400_000;

/** Does the message itself look wrong: its sender's name, its authentication, its history? */
export const mailSuspicious = {
  kind: "mail-suspicious",
  options: ["suspicious", "not suspicious"],
  absences: ["not suspicious"],
  async answer(desk) {
    const signs = [...lookalikes(desk), ...failedAuthentication(desk), ...repliesElsewhere(desk)];
    if (signs.length > 0)
      return {
        answer: "suspicious",
        confidence: Math.min(85, 60 + 10 * (signs.length - 1)),
        for: signs,
        against: correspondence(desk),
        wouldChange: "The message's full headers, with a passing authentication of the domain that it shows.",
      };
    const known = correspondence(desk);
    if (known.length > 0)
      return {
        answer: "not suspicious",
        confidence: 55,
        for: known,
        against: [],
        wouldChange: "A failed authentication, or content that the sender's mailbox was misused for.",
      };
    return open("The message's headers (SPF, DKIM, DMARC, Reply-To) and its content.");
  },
} satisfies Question;

function senderDomains(desk: Desk): string[] {
  return desk.alert.observables
    .filter(({ type, role }) => type === "mailbox" && role === "sender")
    .map(({ value }) => value.slice(value.lastIndexOf("@") + 1).toLowerCase());
}

/** Red flags of the case about the sender's domain. */
function lookalikes(desk: Desk): Ground[] {
  const domains = new Set(senderDomains(desk));
  const flags = desk.picture.findings.filter(
    ({ kind, entities }) =>
      kind === "red-flag" &&
      entities.some(({ type, value }) => type === "domain" && domains.has(value.toLowerCase())),
  );
  return behaviourGrounds(flags.map((finding) => ({ finding, events: finding.events })));
}

const failure = /(spf|dkim|dmarc|compauth|arc)[^;,]{0,40}?[=: ]["']?(fail|softfail|permerror|none)\b/i;

function failedAuthentication(desk: Desk): Ground[] {
  const grounds: Ground[] = [];
  for (const [field, value] of Object.entries(desk.alert.fields))
    if (failure.test(`${field}=${value}`) && !/=none/i.test(`${field}=${value}`))
      grounds.push(
        fromAlert(
          desk.alert,
          `The alert states a failed sender authentication: ${value.slice(0, 200)}.`,
          field,
        ),
      );
  const rows = readMail(desk).rows.filter((row) =>
    /(spf|dkim|dmarc)[^,]{0,60}"?(=|:)\s*"?(fail|softfail)/i.test(row.rest),
  );
  grounds.push(...observed(desk.scene, "Sender authentication failed.", rows));
  return grounds;
}

/** Answers to the message go to another domain than the one it shows. */
function repliesElsewhere(desk: Desk): Ground[] {
  const rows = readMail(desk).rows.filter((row) => {
    const rest = restOf(row);
    const shown = new Set(domainsOf(rest["email.from.address"]));
    return shown.size > 0 && domainsOf(rest["email.reply_to.address"]).some((domain) => !shown.has(domain));
  });
  return observed(desk.scene, "Answers go to another domain than the sender's.", rows);
}

function domainsOf(addresses: unknown): string[] {
  return [addresses]
    .flat()
    .filter((one): one is string => typeof one === "string")
    .map((one) => one.slice(one.lastIndexOf("@") + 1).toLowerCase());
}

/** Earlier mail of the same domain on several days: a correspondent. */
function correspondence(desk: Desk): Ground[] {
  const senders = desk.pivots.filter(({ observable }) => observable.role === "sender");
  const earlier = rowsOf(senders).filter((row) => (desk.clock.gapOf(row) ?? 0) < -dayMs);
  const days = new Set(earlier.map((row) => Math.floor(row.ms! / dayMs)));
  return days.size >= 3 ? observed(desk.scene, `The sender wrote on ${days.size} days before.`, earlier) : [];
}

/** Does the message carry something that can be opened? */
export const mailParts = {
  kind: "mail-parts",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    const { alert } = desk;
    const named = alert.observables.filter(
      ({ type }) => type === "url" || type === "file" || type === "hash",
    );
    const rows = readMail(desk).rows;
    const carrying = rows.filter((row) => row.url !== null || attachmentOf(row.rest) !== undefined);
    const grounds = [
      ...named.map(({ type, value, field }) =>
        fromAlert(alert, `The alert names the ${type} ${value}.`, field),
      ),
      ...observed(desk.scene, "Mail records name an attachment or a link.", carrying),
    ];
    if (grounds.length > 0)
      return {
        answer: "yes",
        confidence: 85,
        for: grounds,
        against: [],
        wouldChange: "The message itself, without either.",
      };
    const told = rows.filter((row) => /attach|url|link/i.test(Object.keys(restOf(row)).join(" ")));
    if (told.length > 0)
      return {
        answer: "no",
        confidence: 65,
        for: observed(
          desk.scene,
          "The mail records have a place for attachments or links, and it is empty.",
          told,
        ),
        against: [],
        wouldChange: "The message itself: links in its text are not always logged.",
      };
    return open("The message itself, or a mail log that records attachments and links.");
  },
} satisfies Question;

/** Name of an attachment in a mail record, whatever the log calls it. */
export function attachmentOf(rest: string): string | undefined {
  if (!/attach|file\.name/i.test(rest)) return undefined;
  for (const [name, value] of Object.entries(restOf({ rest })))
    if (/attach|file\.name$/i.test(name) && typeof value === "string" && /\.[a-z0-9]{1,8}$/i.test(value))
      return value;
  return undefined;
}

/** Is what it carries malicious: the file, or where the link leads? */
export const mailContentMalicious = {
  kind: "mail-content-malicious",
  options: ["malicious", "non-malicious"],
  absences: ["non-malicious"],
  async answer(desk) {
    const both = [await fileSuggestion(desk), farEndSuggestion(desk)];
    const decided = both
      .filter(({ answer }) => answer !== insufficient)
      .sort((a, b) => b.confidence - a.confidence);
    const bad = decided.find(({ answer }) => answer === "malicious");
    if (bad || decided[0]) return bad ?? decided[0]!;
    return fromMessage(desk, both);
  },
} satisfies Question;

/** Neither file nor link could be judged; a forged sender with something to open is a lure, at low confidence. */
function fromMessage(desk: Desk, both: readonly Suggestion[]): Suggestion {
  const grounds = both.flatMap((one) => one.for);
  const against = both.flatMap((one) => one.against);
  if (answerOf(desk, "mail-suspicious") === "suspicious" && answerOf(desk, "mail-parts") === "yes")
    return {
      answer: "malicious",
      confidence: 50,
      for: [...groundsOf(desk, "mail-suspicious"), ...groundsOf(desk, "mail-parts"), ...grounds],
      against,
      wouldChange: "A look-up of the link or the file's hash that explains them.",
    };
  return open(
    "A look-up of the link or the file's hash, or the file itself for static triage.",
    grounds,
    against,
  );
}
