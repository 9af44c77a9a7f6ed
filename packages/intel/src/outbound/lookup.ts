import type { KeptRecord } from "../interpret.ts";
import { isSame, keyOf, type Observable } from "../observable.ts";
import type { Provider, Question } from "../provider.ts";
import type { Tlp } from "../reading.ts";
import { strictest } from "../tlp.ts";
import { type Asked, ask, type Outside, refusal } from "./ask.ts";
import { forbids, type Sharing } from "./gate.ts";
import { type Internal, refusalOf, refuseSecret } from "./guard.ts";

export interface LookUp {
  readonly observables: readonly Observable[];
  /** Only what the person named: nothing is asked by default. */
  readonly providers: readonly Provider[];
  readonly internal: Internal;
  readonly sharing: Sharing;
  /** The strictest label that kept answers put on an observable. */
  readonly tlpOf: (observable: Observable) => Tlp | undefined;
  /** What the case already holds, for answers that are still fresh. */
  readonly kept: readonly KeptRecord[];
  /** A kept answer younger than this is used instead of asking again. */
  readonly freshMs: number;
  /** false: only the report of each observable, no relations. */
  readonly withRelations: boolean;
  /** Takes each outcome as it comes, so that an interrupted run loses nothing. */
  readonly onOutcome: (asked: Asked) => void;
}

export interface LookUpSummary {
  asked: number;
  refused: number;
  fresh: number;
}

interface Task {
  readonly provider: Provider;
  readonly question: Question;
  readonly observable: Observable;
}

/** Asks every named provider about every observable it knows the type of: one queue per provider, reports first. */
export async function lookUp(request: LookUp, outside: Outside): Promise<LookUpSummary> {
  const summary: LookUpSummary = { asked: 0, refused: 0, fresh: 0 };
  await Promise.all(
    request.providers.map(async (provider) => {
      // The same list answers for many observables: it is pulled once.
      const pulled = new Set<string>();
      for (const task of tasksOf(provider, request)) {
        if (provider.kind === "list" && pulled.has(task.question.path)) continue;
        const result = await runTask(task, request, outside);
        if (result === "fresh") summary.fresh++;
        else {
          summary[result.record.isRefusal ? "refused" : "asked"]++;
          request.onOutcome(result);
        }
        if (result === "fresh" || !result.record.isRefusal) pulled.add(task.question.path);
      }
    }),
  );
  return summary;
}

function tasksOf(provider: Provider, { observables, withRelations }: LookUp): Task[] {
  const tasks = observables
    .filter(({ type }) => provider.types.includes(type))
    .flatMap((observable) =>
      (provider.questions?.(observable) ?? []).map((question) => ({ provider, question, observable })),
    );
  return tasks
    .filter(({ question }) => withRelations || question.rank === 0)
    .sort((a, b) => a.question.rank - b.question.rank);
}

async function runTask(task: Task, request: LookUp, outside: Outside): Promise<Asked | "fresh"> {
  const { provider, question, observable } = task;
  const why = whyNot(task, request);
  if (why !== undefined) return refusal(provider, question, observable, outside, why);
  if (isFresh(task, request, outside.nowMs())) return "fresh";
  return ask(provider, question, observable, outside);
}

function whyNot({ provider, observable }: Task, { internal, sharing, tlpOf }: LookUp): string | undefined {
  const tlp = strictest([sharing.tlp, tlpOf(observable)]) ?? sharing.tlp;
  // The organisation's own server may know its own names, and no secrets.
  const guarded = provider.kind === "own server" ? refuseSecret(observable) : refusalOf(observable, internal);
  return guarded ?? forbids({ ...sharing, tlp }, provider);
}

function isFresh(
  { provider, question, observable }: Task,
  { kept, freshMs }: LookUp,
  nowMs: number,
): boolean {
  const limit = provider.freshMs ?? freshMs;
  return kept.some(
    (one) =>
      one.provider === provider.id &&
      one.part === question.part &&
      (one.status === 200 || one.status === 404) &&
      one.askedAt !== null &&
      (provider.kind === "list" || (one.about !== null && isSame(one.about, observable))) &&
      nowMs - Date.parse(one.askedAt) < limit,
  );
}

/** Observables without repetition, in the order given. */
export function distinctObservables(observables: readonly Observable[]): Observable[] {
  return [...new Map(observables.map((one) => [keyOf(one), one])).values()];
}
