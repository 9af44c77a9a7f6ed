import { recordsOf } from "../../findings/alert/records.ts";
import type { EventRow } from "../../findings/rows.ts";
import { firstNames, observed } from "../grounds.ts";
import { coverageFor, type RecordKind } from "../records/coverage.ts";
import { readMail } from "../records/messages.ts";
import { cutOf } from "../records/reads.ts";
import { contactOf, insiderOf, isMail } from "../records/traffic.ts";
import { attachmentOf } from "./mail.ts";
import { answerOf, type Desk, groundsOf, open, type Question } from "./question.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Attachments of one message that are looked for by name. */
const maxAttachments = 5;

/** Did anyone open the file or follow the link? A claim of "no" names the logs that would have shown it. */
export const mailOpened = {
  kind: "mail-opened",
  options: ["opened", "not opened"],
  absences: ["not opened"],
  async answer(desk) {
    const links = desk.farEnds.filter(({ strength }) => strength >= 50).flatMap(({ rows }) => rows);
    const files = await fileRows(desk);
    const after = [...links, ...files].filter(
      (row) => isAfter(desk, row) && !isMail(row) && row.kind !== "alert",
    );
    const visits = after.filter((row) => contactOf(desk.scene, row) !== "mentioned" || files.includes(row));
    const refused = visits.filter((row) => contactOf(desk.scene, row) === "refused");
    const opened = visits.filter(
      (row) => !refused.includes(row) && contactOf(desk.scene, row) !== "resolved",
    );
    const lookups = visits.filter((row) => contactOf(desk.scene, row) === "resolved");
    const tried = observed(desk.scene, "The visit was refused on the way.", refused);
    if (opened.length > 0 || refused.length > 0) {
      const all = opened.length > 0 ? opened : refused;
      const who = [...new Set(all.map((row) => row.user_name ?? insiderOf(desk.scene, row)))].filter(Boolean);
      return {
        answer: "opened",
        confidence: opened.length > 0 ? 85 : 60,
        for: observed(
          desk.scene,
          `Followed or opened by ${firstNames(who, 8)}, ${desk.clock.words(all[0]!)}.`,
          all,
        ),
        against: tried,
        wouldChange: "Proof that a security product, and no person, followed the link.",
        techniques: ["T1204"],
      };
    }
    return notOpened(
      desk,
      lookups,
      files.length > 0 || desk.alert.observables.some(({ type }) => type === "file" || type === "hash"),
    );
  },
} satisfies Question;

function isAfter(desk: Desk, row: EventRow): boolean {
  const gap = desk.clock.gapOf(row);
  return gap === undefined || gap >= -30 * minuteMs;
}

/** Records other than mail that name the attachment, as the alert or the mail log calls it. */
async function fileRows(desk: Desk): Promise<EventRow[]> {
  const names = new Set<string>();
  for (const row of readMail(desk).rows) {
    const name = attachmentOf(row.rest);
    if (name !== undefined) names.add(name);
  }
  const rows = desk.pivots
    .filter(({ observable }) => observable.type === "file" || observable.type === "hash")
    .flatMap((pivot) => pivot.rows);
  if (names.size > maxAttachments)
    desk.reads.note([`Of ${names.size} attachments' names the first ${maxAttachments} were looked for.`]);
  for (const value of [...names].slice(0, maxAttachments)) {
    const found = await recordsOf(desk.scene, { type: "file", value }, desk.maxRows);
    desk.reads.note(cutOf(`file ${value}`, found.rows.length, found.count));
    rows.push(...found.rows);
  }
  return rows.filter(
    (row) => !isMail(row) && (row.command_line !== null || row.file_path !== null || row.process !== null),
  );
}

async function notOpened(desk: Desk, lookups: EventRow[], hasFile: boolean) {
  if (answerOf(desk, "mail-delivered") === "not delivered")
    return {
      answer: "not opened",
      confidence: 75,
      for: groundsOf(desk, "mail-delivered"),
      against: observed(desk.scene, "Its name was looked up.", lookups),
      wouldChange: "A delivery to another recipient, or a visit in a log that was not collected.",
    };
  const kinds: RecordKind[] = hasFile && desk.farEnds.length === 0 ? ["process"] : ["web", "network"];
  const { grounds, isCovered } = await coverageFor(desk, kinds, { fromMs: 0, toMs: 2 * hourMs });
  if (!isCovered || lookups.length > 0)
    return open(`A ${kinds[0]} log that covers the hours after delivery and sees the recipients.`, [
      ...observed(desk.scene, "Its name was looked up: by a person, a mail filter or a preview.", lookups),
      ...grounds,
    ]);
  return {
    answer: "not opened",
    confidence: 65,
    for: grounds,
    against: [],
    wouldChange: "A visit from a device outside these logs (telephone, home), or a later one.",
  };
}
