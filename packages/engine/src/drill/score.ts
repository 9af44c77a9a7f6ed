import { insufficient } from "../triage/questions/question.ts";
import type { DrillKey, KeyAnswer } from "./key.ts";
import type { Submission } from "./submission.ts";

export type ScoreSection = "answers" | "citations" | "scope" | "verdict" | "timing";

/** Points that were lost, and why: the key's own words. */
export interface Miss {
  section: ScoreSection;
  what: string;
  got: string;
  wanted: string;
  lost: number;
  why: string;
}

export interface Score {
  points: number;
  of: number;
  sections: Record<ScoreSection, { points: number; of: number }>;
  misses: Miss[];
  /** What could not be scored, such as times that were not recorded. */
  notes: string[];
}

const worth = { answer: 10, citation: 5, scope: 10, verdict: 20, happened: 10, work: 5 };
/** A first or last time may differ by as much as a reader would round. */
const toleranceMs = 120_000;

/** Scores a triage against its key: answers, what they cite, scope, verdict and time, each miss with its reason. */
export function scoreDrill(key: DrillKey, given: Submission): Score {
  const score: Score = {
    points: 0,
    of: 0,
    sections: {
      answers: { points: 0, of: 0 },
      citations: { points: 0, of: 0 },
      scope: { points: 0, of: 0 },
      verdict: { points: 0, of: 0 },
      timing: { points: 0, of: 0 },
    },
    misses: [],
    notes: [],
  };
  for (const wanted of key.answers) scoreAnswer(score, wanted, given);
  for (const wanted of key.scope) scoreScope(score, wanted, given);
  scoreVerdict(score, key, given);
  scoreHappened(score, key, given);
  scoreWork(score, key, given);
  return score;
}

function count(score: Score, section: ScoreSection, of: number, miss?: Omit<Miss, "section" | "lost">): void {
  const points = miss ? 0 : of;
  score.points += points;
  score.of += of;
  score.sections[section].points += points;
  score.sections[section].of += of;
  if (miss) score.misses.push({ section, lost: of, ...miss });
}

function scoreAnswer(score: Score, wanted: KeyAnswer, given: Submission): void {
  const got = given.answers.get(wanted.kind);
  const answer = got?.answer ?? "no answer";
  const isRight = wanted.accept.includes(answer);
  const why =
    wanted.wrong[answer] ??
    (answer === insufficient ? `There was enough: ${wanted.because}` : wanted.because);
  const asked = { what: wanted.kind, got: answer, wanted: wanted.accept.join(" or ") };
  count(score, "answers", worth.answer, isRight ? undefined : { ...asked, why });
  for (const source of wanted.cites) {
    const isCited = isRight && (got?.paths.some((path) => path.endsWith(source)) ?? false);
    const reason = isRight
      ? `The answer is right, but nothing in ${source} is cited: a reader cannot check it.${got?.isJudgement ? " It is marked as a judgement." : ""}`
      : `A wrong answer cannot rest on ${source}.`;
    const cited = got?.paths.length ? [...new Set(got.paths)].slice(0, 3).join(", ") : "nothing";
    count(
      score,
      "citations",
      worth.citation,
      isCited ? undefined : { what: wanted.kind, got: cited, wanted: source, why: reason },
    );
  }
}

function scoreScope(score: Score, wanted: DrillKey["scope"][number], given: Submission): void {
  const isThere = given.scope.some(({ value }) => sameEntity(value, wanted.value));
  count(
    score,
    "scope",
    worth.scope,
    isThere
      ? undefined
      : { what: wanted.value, got: "not in scope", wanted: "in scope", why: wanted.because },
  );
}

/** A host with and without its domain is one. */
function sameEntity(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase();
  return (
    plain(a) === plain(b) || (/^[a-z]/i.test(b) && !b.includes("@") && plain(a).split(".")[0] === plain(b))
  );
}

function scoreVerdict(score: Score, { verdict }: DrillKey, given: Submission): void {
  const isRight = verdict.accept.includes(given.verdict);
  const miss = {
    what: "verdict",
    got: given.verdict || "none",
    wanted: verdict.accept.join(" or "),
    why: verdict.wrong[given.verdict] ?? verdict.because,
  };
  count(score, "verdict", worth.verdict, isRight ? undefined : miss);
}

/** When it happened, in UTC: a reader who took the recorded clock for another is told by how much. */
function scoreHappened(score: Score, { timing }: DrillKey, given: Submission): void {
  const { happened } = timing;
  if (!happened) return;
  const entity = given.scope.find(({ value }) => sameEntity(value, happened.value));
  for (const side of ["first", "last"] as const) {
    const wanted = happened[side];
    if (wanted === undefined) continue;
    const at = Date.parse(String(wanted));
    const got = entity?.[side] ?? null;
    const off = got === null ? undefined : Math.abs(Date.parse(got) - at);
    const isRight = off !== undefined && off <= toleranceMs;
    const iso = new Date(at).toISOString();
    const why =
      off === undefined
        ? `No ${side} time was given for it.`
        : `${Math.round(off / 1000)} s off: check in which zone the source writes.`;
    count(
      score,
      "timing",
      worth.happened,
      isRight ? undefined : { what: `${happened.value}, ${side}`, got: got ?? "none", wanted: iso, why },
    );
  }
}

/** From taking to closing; times that nobody recorded are not scored, and that is said. */
function scoreWork(score: Score, { timing }: DrillKey, given: Submission): void {
  if (timing.closeWithinMinutes === undefined) return;
  const { taken, closed } = given.times;
  if (taken === null || closed === null) {
    score.notes.push("The time from taking to closing was not recorded, so it is not scored.");
    return;
  }
  const minutes = (Date.parse(closed) - Date.parse(taken)) / 60_000;
  const isRight = minutes >= 0 && minutes <= timing.closeWithinMinutes;
  count(
    score,
    "timing",
    worth.work,
    isRight
      ? undefined
      : {
          what: "time to close",
          got: `${Math.round(minutes)} min`,
          wanted: `at most ${timing.closeWithinMinutes} min`,
          why: "Practice brings it down: begin with the scope, then the steps that decide.",
        },
  );
}
