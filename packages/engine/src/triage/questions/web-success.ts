import { countOf } from "@firebreak/model/collections";
import type { Ground } from "@firebreak/model/triage";
import { type EventRow, rowsWhere } from "../../findings/rows.ts";
import { observed } from "../grounds.ts";
import { behaviourGrounds, behavioursNear } from "../records/behaviours.ts";
import { answerBytes, attackIn, readWebTraffic } from "../records/web-requests.ts";
import { answerOf, type Desk, groundsOf, open, type Question, type Suggestion } from "./question.ts";

const hourMs = 3_600_000;
const comparedAnswers = 50;
/** Answers of a page that are read to find so many ordinary ones: a few, then more. */
const readAnswers = [500, 20_000];
/** An answer is another one when its length differs by more than this share of the usual length. */
const differs = (bytes: number, usual: number) => Math.abs(bytes - usual) > Math.max(200, usual * 0.3);

/** Did the attack succeed? The status alone does not say: lengths against the page's usual ones, and the machine's own records. */
export const webSuccess = {
  kind: "web-success",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    if (answerOf(desk, "web-malicious") === "non-malicious")
      return {
        answer: "no",
        confidence: 65,
        for: groundsOf(desk, "web-malicious"),
        against: [],
        wouldChange: "A request that is an attack after all.",
      };
    const { attacks } = readWebTraffic(desk);
    const after = behavioursNear(desk, { fromMs: -5 * 60_000, toMs: 24 * hourMs }).filter(({ finding }) =>
      finding.techniques.some(({ id }) => /^T(1059|1505|1105|1548|1136|1543|1053|1071)(\.|$)/.test(id)),
    );
    const onHost = behaviourGrounds(after);
    if (attacks.length === 0)
      return onHost.length > 0
        ? {
            answer: "yes",
            confidence: 55,
            for: onHost,
            against: [],
            wouldChange: "Proof that this activity belongs to someone else.",
          }
        : open(
            "The server's access log of the attacking requests with status and length, and the server's own process records.",
          );
    const rows = attacks.map(({ row }) => row);
    const answered = rows.filter(
      ({ http_status }) => http_status !== null && http_status >= 200 && http_status < 300,
    );
    const refused = rows.filter(({ http_status }) => http_status !== null && http_status >= 300);
    const refusals = observed(
      desk.scene,
      `${countOf(refused.length, "attack request")} answered ${statuses(refused)}.`,
      refused,
    );
    if (onHost.length > 0)
      return {
        answer: "yes",
        confidence: answered.length > 0 ? 85 : 65,
        for: [...onHost, ...observed(desk.scene, "Attack requests that were answered.", answered)],
        against: refusals,
        wouldChange: "Proof that this activity belongs to someone else.",
      };
    if (answered.length === 0 && refused.length === rows.length)
      return {
        answer: "no",
        confidence: 85,
        for: refusals,
        against: [],
        wouldChange: "A record on the server itself after these requests.",
      };
    if (answered.length === 0)
      return open(
        "A log that holds the answers' status.",
        observed(desk.scene, "Attack requests without a status.", rows),
      );
    return byLength(desk, answered, refusals);
  },
} satisfies Question;

function statuses(rows: readonly EventRow[]): string {
  return [...new Set(rows.map(({ http_status }) => http_status))].sort().join(", ");
}

/** Answers of 200: another length than the page has for everyone speaks for data that came back. */
async function byLength(desk: Desk, answered: readonly EventRow[], refusals: Ground[]): Promise<Suggestion> {
  const odd: EventRow[] = [];
  const usualRows: EventRow[] = [];
  const same: EventRow[] = [];
  for (const row of answered) {
    const bytes = answerBytes(row);
    if (bytes === undefined) continue;
    const usual = await usualLengths(desk, row);
    usualRows.push(...usual.slice(0, 2));
    if (usual.length === 0) continue;
    if (usual.every((one) => differs(bytes, answerBytes(one)!))) odd.push(row);
    else same.push(row);
  }
  const baseline = observed(
    desk.scene,
    `The same page's ordinary answers, at most ${comparedAnswers} of a page's first ${readAnswers.at(-1)!.toLocaleString("en-GB")} compared.`,
    usualRows,
  );
  const varied = usualRows.length === 0 ? spread(answered) : [];
  const wouldChange = "The answer itself (a capture, the server's own records): a length is only a sign.";
  if (odd.length > 0)
    return {
      answer: "yes",
      confidence: 60,
      for: [
        ...observed(
          desk.scene,
          `${countOf(odd.length, "attack request")} answered with another length than the page usually has.`,
          odd,
        ),
        ...baseline,
      ],
      against: refusals,
      wouldChange,
    };
  if (same.length > 0)
    return {
      answer: "no",
      confidence: 60,
      for: [
        ...observed(desk.scene, "Answered with the page's usual length: the payload changed nothing.", same),
        ...baseline,
        ...refusals,
      ],
      against: [],
      wouldChange,
    };
  if (varied.length > 0)
    return {
      answer: "yes",
      confidence: 50,
      for: observed(
        desk.scene,
        "Attack requests were answered with clearly different lengths: the payload decided what came back.",
        varied,
      ),
      against: refusals,
      wouldChange,
    };
  return open(
    wouldChange,
    observed(desk.scene, "Attack requests that were answered with 200.", answered),
    refusals,
  );
}

function spread(rows: readonly EventRow[]): EventRow[] {
  const lengths = rows.map(answerBytes).filter((one) => one !== undefined);
  if (lengths.length < 3) return [];
  return Math.max(...lengths) > Math.min(...lengths) * 2 + 500 ? [...rows] : [];
}

/** Ordinary answers of the same path: any client's requests without the signs of an attack. */
async function usualLengths(desk: Desk, row: EventRow): Promise<EventRow[]> {
  const path = row.url!.split("?")[0]!;
  // A scanner's requests for the page may stand before the first ordinary one: more are read until there are enough.
  for (const bound of readAnswers) {
    const rows = await desk.scene.store.query<EventRow>(
      rowsWhere("e.evidence = $e AND (e.url = $p OR starts_with(e.url, $p || '?')) AND e.http_status = 200", {
        limit: bound,
      }),
      { e: row.evidence, p: path },
    );
    const ordinary = rows.filter((one) => attackIn(one.url!) === undefined && answerBytes(one) !== undefined);
    if (ordinary.length >= comparedAnswers || rows.length < bound || bound === readAnswers.at(-1))
      return ordinary.slice(0, comparedAnswers);
  }
  return [];
}
