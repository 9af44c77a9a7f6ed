import type { Ground } from "@firebreak/model/triage";
import type { EventRow } from "../../findings/rows.ts";
import { observed } from "../grounds.ts";
import { coverageFor } from "../records/coverage.ts";
import { allRows, inSpan } from "../records/spans.ts";
import { contactOf } from "../records/traffic.ts";
import { readVolumes, sizeText } from "../records/volumes.ts";
import { sorted } from "./far-end-accessed.ts";
import { commonUse } from "./far-end-malicious.ts";
import { type Desk, open, type Question } from "./question.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** So many times its own largest other day, or its peers' median, is unusual. */
const unusualFactor = 3;
const peerFactor = 5;
/** Less than this is no loss that a volume could show. */
const smallBytes = 1_000_000;

const namedEnds = (desk: Desk) => desk.farEnds.filter(({ strength }) => strength >= 50);

/** Is the volume unusual against the machine's own other days, and against the other machines? */
export const volumeUnusual = {
  kind: "volume-unusual",
  options: ["unusual", "usual"],
  absences: ["usual"],
  async answer(desk) {
    const { sent, sentBytes, usualDays, others } = await readVolumes(
      desk,
      namedEnds(desk).flatMap(({ rows }) => rows),
    );
    const grounds = observed(
      desk.scene,
      `${sizeText(sentBytes)} left ${desk.subject.name} within a day of the alert.`,
      byBytes(sent),
    );
    if (sent.length === 0)
      return open("A log that counts bytes sent: firewall sessions, flows, or proxy uploads.");
    const most = Math.max(0, ...usualDays);
    const sortedOthers = [...others].sort((a, b) => a - b);
    const median = sortedOthers[Math.floor(sortedOthers.length / 2)] ?? 0;
    const own = `Its other ${usualDays.length} days: at most ${sizeText(most)} a day to all outside.`;
    const peers = `The other ${others.length} machines sent ${sizeText(median)} in the median then.`;
    const wouldChange = "A longer baseline, or a task (backup, migration) that explains the volume.";
    if (usualDays.length >= 2) {
      const isUnusual = sentBytes > smallBytes && sentBytes > most * unusualFactor;
      return {
        answer: isUnusual ? "unusual" : "usual",
        confidence: usualDays.length >= 5 ? 80 : 65,
        for: grounds.map((one) => ({ ...one, text: `${one.text} ${own}` })),
        against: [],
        wouldChange,
        ...(isUnusual && { techniques: ["T1041"] }),
      };
    }
    if (others.length >= 3) {
      const isUnusual = sentBytes > smallBytes && sentBytes > median * peerFactor;
      return {
        answer: isUnusual ? "unusual" : "usual",
        confidence: 55,
        for: grounds.map((one) => ({ ...one, text: `${one.text} ${peers}` })),
        against: [],
        wouldChange,
        ...(isUnusual && { techniques: ["T1041"] }),
      };
    }
    return open(
      "Records of the machine's other days, or of other machines: without a baseline a volume says nothing.",
      grounds,
    );
  },
} satisfies Question;

function byBytes(rows: readonly EventRow[]): EventRow[] {
  return [...rows].sort((a, b) => (b.source_bytes ?? 0) - (a.source_bytes ?? 0));
}

/** Is the destination one that the organisation uses anyway? */
export const destinationKnown = {
  kind: "destination-known",
  options: ["sanctioned or in common use", "unknown to the organisation"],
  absences: ["unknown to the organisation"],
  async answer(desk) {
    const ends = namedEnds(desk).filter(({ rows }) => rows.length > 0);
    if (ends.length === 0) return open("The destination, as an address or a name that the records hold.");
    const used: Ground[] = ends.flatMap((end) => [...commonUse(desk, end), ...standing(desk, end.rows)]);
    const bad = ends
      .flatMap((end) => desk.intel.cardOf(end.type, end.value) ?? [])
      .filter(({ verdict }) => verdict === "malicious" || verdict === "suspicious")
      .flatMap(({ grounds }) => grounds);
    if (used.length > 0 && bad.length === 0)
      return {
        answer: "sanctioned or in common use",
        confidence: 65,
        for: used,
        against: [],
        wouldChange:
          "An account at the service that is not the organisation's: a common service also takes stolen data.",
      };
    const first = ends
      .map(({ rows }) => rows.find(({ ms }) => ms !== null))
      .filter((row) => row !== undefined);
    return {
      answer: "unknown to the organisation",
      confidence: bad.length > 0 ? 80 : 60,
      for: [
        ...observed(
          desk.scene,
          `First met ${first[0] ? desk.clock.words(first[0]) : "at no usable date"}, by ${desk.subject.name}.`,
          first,
        ),
        ...bad,
      ],
      against: used,
      wouldChange: "An owner in the organisation who uses it.",
    };
  },
} satisfies Question;

/** The same machine sends there on several days before: a task, not an event. */
function standing(desk: Desk, rows: readonly EventRow[]): Ground[] {
  const earlier = rows.filter(
    (row) => contactOf(desk.scene, row) === "outbound" && (desk.clock.gapOf(row) ?? 0) < -dayMs,
  );
  const days = new Set(earlier.map((row) => Math.floor(row.ms! / dayMs)));
  return days.size >= 3
    ? observed(
        desk.scene,
        `It went there on ${days.size} days before the alert too: a standing task is likelier.`,
        earlier,
      )
    : [];
}

/** So many file records in two days are worth a look. */
const manyFiles = 50;

const packers =
  /(^|[\\/"\s])(7z[a]?|rar|winrar|tar|zip|makecab|rclone|megacmd|winscp|pscp|azcopy|robocopy|mysqldump|pg_dump|sqlcmd|ntdsutil)(\.exe)?["\s]/i;

/** Was data gathered before it left: archives made, tools started, many files read? */
export const dataTouched = {
  kind: "data-touched",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    const { packed, files } = await gathered(desk);
    if (packed.length > 0)
      return {
        answer: "yes",
        confidence: 70,
        for: observed(desk.scene, "An archive or transfer tool was used before.", packed),
        against: [],
        wouldChange: "Its command's owner and purpose.",
        techniques: ["T1560"],
      };
    if (files.length >= manyFiles)
      return {
        answer: "yes",
        confidence: 55,
        for: observed(desk.scene, `${files.length} file records of it in the two days before.`, files),
        against: [],
        wouldChange: "Its usual number of file accesses.",
      };
    const { grounds, isCovered } = await coverageFor(desk, ["process", "file"], { fromMs: -dayMs, toMs: 0 });
    if (!isCovered) return open("Process or file records of the machine for the days before.");
    return {
      answer: "no",
      confidence: 50,
      for: grounds,
      against: [],
      wouldChange: "File access auditing: process records do not show what was read.",
    };
  },
} satisfies Question;

/** Records of the alert's machine or account in the two days before: archives and transfer tools, and plain file records. */
async function gathered(desk: Desk): Promise<{ packed: EventRow[]; files: EventRow[] }> {
  const packed: EventRow[] = [];
  const files: EventRow[] = [];
  const span = inSpan(desk, { fromMs: -2 * dayMs, toMs: hourMs });
  for await (const row of allRows(
    desk,
    `(e.command_line IS NOT NULL OR e.file_path IS NOT NULL) AND ${span}`,
  )) {
    if (!desk.subject.isOwn(row) && !desk.subject.accounts.has(row.user_name?.toLowerCase() ?? "")) continue;
    const { command_line, file_path } = row;
    if (packers.test(`${command_line ?? ""} `) || /\.(zip|7z|rar|tar|gz|cab)$/i.test(file_path ?? ""))
      packed.push(row);
    if (file_path !== null && command_line === null) files.push(row);
  }
  return { packed, files };
}

/** Does it go on after the alert? */
export const stillGoing = {
  kind: "still-going",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    const by = sorted(desk, namedEnds(desk));
    const late = [...by.outbound, ...by.inbound].filter((row) => (desk.clock.gapOf(row) ?? 0) > 10 * 60_000);
    if (late.length > 0)
      return {
        answer: "yes",
        confidence: 80,
        for: observed(desk.scene, "Contacts more than ten minutes after the alert.", late),
        against: [],
        wouldChange: "Proof that the later contacts are something else.",
      };
    const { grounds, isCovered } = await coverageFor(desk, ["network", "web"], {
      fromMs: 0,
      toMs: 2 * hourMs,
    });
    if (!isCovered) return open("A traffic log that covers the hours after the alert.");
    return {
      answer: "no",
      confidence: 65,
      for: grounds,
      against: [],
      wouldChange: "A contact after the window named, or by another way.",
    };
  },
} satisfies Question;
