import { formatDuration } from "@firebreak/model/duration";
import type { Ground } from "@firebreak/model/triage";
import { contextMs } from "../../findings/alert/statements.ts";
import type { EventRow } from "../../findings/rows.ts";
import { firstGrounds, firstNames, observed } from "../grounds.ts";
import { coverageFor } from "../records/coverage.ts";
import { carriedBy, type FarEnd } from "../records/far-ends.ts";
import { type Contact, contactOf, countSessions } from "../records/traffic.ts";
import { deviceGround } from "./collect.ts";
import { type Desk, open, type Question, type Suggestion } from "./question.ts";

const hourMs = 3_600_000;

/** Reasons for a far end's role that an answer repeats. */
const maxReasons = 8;

/** Did anyone reach the far end (command and control, URL, listed address)? Both directions, everyone, all time. */
export const farEndAccessed = {
  kind: "far-end-accessed",
  options: ["accessed", "not accessed"],
  absences: ["not accessed"],
  async answer(desk) {
    const ends = suspectEnds(desk);
    if (ends.length === 0) return withoutEnd(desk);
    const by = sorted(desk, ends);
    const contacts = [...by.outbound, ...by.inbound];
    const names = firstNames(
      ends.map(({ value }) => value),
      4,
    );
    if (contacts.length > 0) return accessed(desk, ends, contacts, by.inbound, names);
    return notAccessed(desk, by, names);
  },
} satisfies Question;

/** No far end is known: what was met at the alert's time is only named; where nothing was, a covering log may say so. */
async function withoutEnd(desk: Desk): Promise<Suggestion> {
  const met = desk.farEnds.filter(({ isCommon }) => !isCommon);
  if (met.length > 0)
    return open(
      "Which of these, met at the alert's time, is the far end: by the file's analysis or threat intelligence.",
      firstGrounds(
        met.flatMap(({ why }) => why.slice(0, 1)),
        3,
      ),
    );
  const hasMachine = desk.subject.addresses.size > 0;
  const { grounds, isCovered } = await coverageFor(desk, ["network", "web"], { fromMs: 0, toMs: hourMs });
  if (!isCovered || !hasMachine)
    return open(
      "The far end: an address or name from the file's analysis, threat intelligence, or the alert itself.",
    );
  return {
    answer: "not accessed",
    confidence: 50,
    for: grounds.map((ground) => ({
      ...ground,
      text: `${ground.text} None of them is with an uncommon outside address.`,
    })),
    against: [],
    wouldChange:
      "A far end from the file's analysis that is a service in common use, or a contact after the window.",
  };
}

/** Far ends whose role is supported well enough to ask whether they were reached. */
export function suspectEnds(desk: Desk): FarEnd[] {
  return desk.farEnds.filter(
    (end) =>
      (end.strength >= 50 && (!end.isCommon || isNamed(desk, end))) ||
      (end.strength >= 40 && !end.isCommon && carriedBy(end.rows).length > 0),
  );
}

function isNamed(desk: Desk, { value }: FarEnd): boolean {
  return desk.alert.observables.some((one) => one.value === value && one.role !== "mentioned");
}

type Sorted = Record<Contact, EventRow[]>;

export function sorted(desk: Desk, ends: readonly FarEnd[]): Sorted {
  const by: Sorted = { outbound: [], inbound: [], refused: [], resolved: [], mentioned: [] };
  const seen = new Set<string>();
  for (const row of ends.flatMap(({ rows }) => rows)) {
    const key = `${row.evidence}:${row.offset}.${row.sub}`;
    if (!seen.has(key)) by[contactOf(desk.scene, row)].push(row);
    seen.add(key);
  }
  const distance = (row: EventRow) => Math.abs(desk.clock.gapOf(row) ?? Number.MAX_SAFE_INTEGER);
  for (const rows of Object.values(by)) rows.sort((a, b) => distance(a) - distance(b));
  return by;
}

function accessed(
  desk: Desk,
  ends: readonly FarEnd[],
  contacts: EventRow[],
  inbound: EventRow[],
  names: string,
): Suggestion {
  const nearest = contacts[0]!;
  const gap = desk.clock.gapOf(nearest);
  const isOld = gap !== undefined && gap < -contextMs;
  const inWindow = gap !== undefined && Math.abs(gap) <= 24 * hourMs;
  const grounds = observed(
    desk.scene,
    `${names}: ${countSessions(contacts).text}, nearest ${desk.clock.words(nearest)}${inbound.length > 0 ? `, ${inbound.length} inbound` : ""}.`,
    contacts,
  );
  const against: Ground[] = isOld
    ? observed(
        desk.scene,
        `Every contact predates the alert by ${formatDuration(gap!)} or more: context, not evidence of it.`,
        [nearest],
      )
    : [];
  const strength = Math.max(...ends.map((end) => end.strength));
  const why = whyOf(desk, ends);
  // Zero detections do not clear an address; they stand against it being known as bad, with their date.
  const doubts = why.filter(({ kind, text }) => kind === "reputation" && /no detections/.test(text));
  return {
    answer: "accessed",
    confidence: isOld ? 35 : Math.min(95, strength + (inWindow ? 15 : -5)),
    for: [
      ...grounds,
      ...firstGrounds(
        why.filter((one) => !doubts.includes(one)),
        maxReasons,
      ),
    ],
    against: [...against, ...doubts],
    wouldChange: "Proof that another program, with a purpose of its own, made these contacts.",
    techniques: ["T1071"],
  };
}

function whyOf(desk: Desk, ends: readonly FarEnd[]): Ground[] {
  const carried = observed(
    desk.scene,
    "A document's program or a script host talked to it.",
    ends.flatMap(({ rows }) => carriedBy(rows)),
  );
  const told = new Set<string>();
  const why = ends.flatMap((end) => end.why).filter(({ text }) => !told.has(text) && told.add(text));
  return [...carried, ...why];
}

async function notAccessed(desk: Desk, by: Sorted, names: string): Promise<Suggestion> {
  const { grounds, isCovered } = await coverageFor(desk, ["network", "web"], {
    fromMs: -hourMs,
    toMs: hourMs,
  });
  const refused = observed(desk.scene, `Every recorded attempt at ${names} was refused.`, by.refused);
  const resolved = observed(desk.scene, `${names} was looked up by name only.`, by.resolved);
  const word =
    desk.alert.deviceAction === "blocked"
      ? [deviceGround(desk, 'The device says "blocked": of this attempt only.')]
      : [];
  if (refused.length > 0)
    return {
      answer: "not accessed",
      confidence: isCovered ? 85 : 65,
      for: [...refused, ...word, ...grounds],
      against: resolved,
      wouldChange:
        "A record of a connection that was let through, on any path around the device that refused.",
    };
  if (!isCovered)
    return open(
      `A firewall or proxy log that covers the hour around the alert and sees ${desk.subject.name}: without it "not accessed" cannot be said.`,
      [...resolved, ...word],
    );
  return {
    answer: "not accessed",
    confidence: resolved.length > 0 ? 60 : 70,
    for: [...grounds, ...word],
    against: resolved,
    wouldChange: "A contact in a source that was not collected, or outside the windows named.",
  };
}
