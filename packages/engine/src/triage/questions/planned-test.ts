import type { Ground } from "@firebreak/model/triage";
import { type EventRow, eventOrder, eventRowColumns } from "../../findings/rows.ts";
import { fromAlert, observed, stated } from "../grounds.ts";
import { coverageFor } from "../records/coverage.ts";
import { isMail } from "../records/traffic.ts";
import { attackersOf } from "../records/web-requests.ts";
import { type Desk, open, type Question } from "./question.ts";

const dayMs = 86_400_000;
const announced =
  /pen(etration)?[ -]?test|red[ -]?team|vulnerability (scan|assessment)|security (test|assessment|audit)|attack simulation|phishing (exercise|simulation|test)|scheduled scan|planned (test|scan|maintenance)|load test/i;

/** Was it announced: a test, a scan, maintenance? By the profile's own scanners and by mail about it. */
export const plannedTest = {
  kind: "planned-test",
  options: ["planned", "not planned"],
  absences: ["not planned"],
  async answer(desk) {
    const sources = new Set([
      ...attackersOf(desk),
      ...desk.alert.observables.filter(({ role }) => role === "source").map(({ value }) => value),
    ]);
    const grounds: Ground[] = [];
    for (const asset of desk.scene.profile.assets) {
      const isSource = asset.addresses.some((one) => sources.has(one)) || sources.has(asset.name);
      if (isSource && /scan|test|assess|monitor|vulnerab/i.test(`${asset.role ?? ""} ${asset.name}`))
        grounds.push(
          stated(
            "profile",
            `${asset.name} is declared as ${asset.role ?? "a scanner"}.`,
            "organisation profile",
          ),
        );
    }
    for (const [field, value] of Object.entries(desk.alert.fields))
      if (announced.test(value))
        grounds.push(fromAlert(desk.alert, `The alert speaks of it: ${value.slice(0, 200)}.`, field));
    const mails = await announcements(desk, sources);
    grounds.push(...observed(desk.scene, "Mail or tickets announce it for this source or machine.", mails));
    if (grounds.length > 0)
      return {
        answer: "planned",
        confidence: mails.length > 0 || grounds.some(({ kind }) => kind === "profile") ? 75 : 55,
        for: grounds,
        against: [],
        wouldChange: "The one who ordered it does not know of it, or it went beyond what was ordered.",
      };
    const { grounds: coverage, isCovered } = await coverageFor(desk, ["mail"], {
      fromMs: -2 * dayMs,
      toMs: 0,
    });
    if (!isCovered) return open("Whoever orders tests, or the mail and change records of the days before.");
    return {
      answer: "not planned",
      confidence: 50,
      for: coverage,
      against: [],
      wouldChange: "An announcement on another way than mail.",
    };
  },
} satisfies Question;

/** Records of mail within two weeks before the alert whose subject announces a test and that name a source, a machine, or no one else. */
async function announcements(desk: Desk, sources: ReadonlySet<string>): Promise<EventRow[]> {
  const rows = await desk.scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE contains(e.rest, '"email.subject"') ORDER BY ${eventOrder} LIMIT 50000`,
  );
  const names = [...sources, ...desk.subject.hosts, ...desk.subject.addresses].map((one) =>
    one.toLowerCase(),
  );
  return rows.filter((row) => {
    const gap = desk.clock.gapOf(row);
    const isNear = gap !== undefined && gap >= -14 * dayMs && gap <= dayMs;
    const lower = row.rest.toLowerCase();
    return isNear && isMail(row) && announced.test(lower) && names.some((name) => lower.includes(name));
  });
}
