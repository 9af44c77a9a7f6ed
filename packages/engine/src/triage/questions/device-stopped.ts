import type { DeviceAction } from "../../alerts/alert.ts";
import { actionOf } from "../../alerts/device-action.ts";
import { isRefused } from "../../findings/alert/peers.ts";
import { actionMeanings } from "../../findings/alert/statements.ts";
import type { EventRow } from "../../findings/rows.ts";
import { observed } from "../grounds.ts";
import { productAlerts } from "../records/behaviours.ts";
import { coverageFor } from "../records/coverage.ts";
import { rowsOf } from "../records/pivot.ts";
import { contactOf } from "../records/traffic.ts";
import { deviceGround } from "./collect.ts";
import { type Desk, open, type Question, type Suggestion } from "./question.ts";

const stopped = ["quarantined", "cleaned", "blocked"] as const;
type Stopped = (typeof stopped)[number];
const dayMs = 86_400_000;

/** Was it stopped? The device's word is one fact; what the records show after it is another. */
export const deviceStopped = {
  kind: "device-stopped",
  options: [...stopped, "not quarantined"],
  async answer(desk) {
    const said = desk.alert.deviceAction;
    const word = deviceGround(desk, `Device action "${said}". ${actionMeanings[said]}`);
    const logged = productActions(desk);
    const after = activityAfter(desk);
    const activity = observed(
      desk.scene,
      "Activity of the same file or with its far end at or after the alert.",
      after,
    );
    const claim = stopped.find((one) => one === said || logged.has(one));
    if (claim !== undefined) return claimed(desk, claim, said, word, logged, activity);
    if (after.length > 0)
      return {
        answer: "not quarantined",
        confidence: said === "allowed" ? 90 : 70,
        for: [word, ...activity],
        against: [],
        wouldChange: "A later record of the protection product that it quarantined or cleaned the file.",
      };
    if (said === "allowed")
      return {
        answer: "not quarantined",
        confidence: 75,
        for: [word],
        against: [],
        wouldChange:
          "A record of the protection product that it acted later, or proof that the file never ran.",
      };
    return open("The product's own log of this file: what it did, and when.", [word]);
  },
} satisfies Question;

function claimed(
  desk: Desk,
  claim: Stopped,
  said: DeviceAction,
  word: Suggestion["for"][number],
  logged: ReadonlyMap<DeviceAction, EventRow[]>,
  activity: Suggestion["for"],
): Promise<Suggestion> | Suggestion {
  const records = observed(desk.scene, `The product's log says "${claim}".`, logged.get(claim) ?? []);
  if (activity.length > 0)
    return {
      answer: "not quarantined",
      confidence: 70,
      for: activity,
      against: [word, ...records],
      wouldChange: "Proof that the later activity belongs to something else.",
    };
  return withCoverage(desk, claim, [...(said === claim ? [word] : []), ...records]);
}

/** The device's word is trusted more where the logs of the time after it are there and silent. */
async function withCoverage(desk: Desk, claim: Stopped, grounds: Suggestion["for"]): Promise<Suggestion> {
  const { grounds: coverage, isCovered: hasLogs } = await coverageFor(desk, ["network", "web", "process"], {
    fromMs: 0,
    toMs: 3_600_000,
  });
  // Silence after the device acted is none where the records were not all read.
  const isCovered = hasLogs && desk.reads.cuts.length === 0;
  return {
    answer: claim,
    confidence: isCovered ? 80 : 55,
    for: [...grounds, ...coverage],
    against: [],
    wouldChange: isCovered
      ? "A record of the file, or of its far end, after the device acted."
      : "A log of the machine or of its traffic that covers the hour after the alert: without one the device's word stands alone.",
  };
}

/** What protection products' own records say they did with the alert's file or machine, by action. */
function productActions(desk: Desk): Map<DeviceAction, EventRow[]> {
  const found = new Map<DeviceAction, EventRow[]>();
  const files = desk.pivots.filter(
    ({ observable }) => observable.type === "hash" || observable.type === "file",
  );
  for (const row of productAlerts(rowsOf(files))) {
    const gap = desk.clock.gapOf(row);
    if (gap === undefined || Math.abs(gap) > dayMs) continue;
    const action = stoppedAs(row);
    found.set(action, [...(found.get(action) ?? []), row]);
  }
  return found;
}

/** The product's word; where that tells what was found ("virus_detected"), the normalised verdict beside it. */
function stoppedAs(row: EventRow): DeviceAction {
  const said = actionOf(row.action ?? "");
  return isRefused(row) && !stopped.some((one) => one === said) ? "blocked" : said;
}

/** Executions of the file and contacts with its far ends, from two minutes before the alert to a day after it. */
function activityAfter(desk: Desk): EventRow[] {
  const isAfter = (row: EventRow) => {
    const gap = desk.clock.gapOf(row);
    return gap !== undefined && gap >= -120_000 && gap <= dayMs;
  };
  const files = desk.pivots.filter(({ observable }) => observable.type === "file");
  const runs = rowsOf(files).filter(
    (row) => row.kind !== "alert" && row.command_line !== null && isAfter(row) && desk.subject.isOwn(row),
  );
  const contacts = desk.farEnds
    .filter(({ isCommon, strength }) => !isCommon && strength >= 40)
    .flatMap(({ rows }) => rows.filter((row) => isAfter(row) && desk.subject.isOwn(row)))
    .filter((row) => ["outbound", "inbound"].includes(contactOf(desk.scene, row)) && row.kind !== "alert");
  return [...runs, ...contacts];
}
