import type { TriageAlert, TriageDocument, TriageStep, TriageVerdict } from "@firebreak/model/triage";
import { find } from "../desk/actions.ts";
import type { DeskAlert } from "../desk/queue.ts";
import { alertStatements } from "../findings/alert/statements.ts";
import { storedRows } from "../findings/rows-by-ref.ts";
import { observed } from "./grounds.ts";
import { draftNote } from "./note.ts";
import { contextOf, type OpenCase } from "./open.ts";
import type { FileFacts, IntelFacts } from "./outside.ts";
import type { Playbook } from "./playbook.ts";
import { artifactsOf } from "./records/artifacts.ts";
import { type AnalystAnswer, runPlaybook } from "./run.ts";
import { scopeOf } from "./scope.ts";
import { suggestVerdict } from "./verdict.ts";

export const triageSchema = "firebreak-triage/1";

export interface TriageOptions {
  intel?: IntelFacts;
  file?: FileFacts;
  /** Records read for one observable or far end; what is beyond is told in `limits`. */
  maxRows?: number;
  /** Asks the person after each suggestion; an answer must already have been recorded. */
  ask?(step: TriageStep): Promise<AnalystAnswer | undefined>;
}

/**
 * Works one alert through a playbook: scope in both directions, a suggestion with its grounds for each question, a verdict,
 * artifacts and a note. Reads the case only; answers that analysts recorded go before suggestions.
 */
export async function triage(
  opened: OpenCase,
  alertId: string,
  playbook: Playbook,
  options: TriageOptions = {},
): Promise<TriageDocument> {
  const before = find(opened.dir, alertId);
  const context = await contextOf(opened, before.alert, options);
  const {
    steps,
    desk,
    limits: unread,
  } = await runPlaybook(context, playbook.document, {
    answered: before.answers,
    cite: async (refs) =>
      observed(context.scene, "Cited by the analyst.", await storedRows(context.scene, refs)),
    ...(options.ask && { ask: options.ask }),
  });
  const now = find(opened.dir, alertId);
  const scope = scopeOf(context, desk.farEnds);
  const limits = [...unread, ...scope.limits];
  const verdict = verdictOf(now, suggestVerdict(playbook.verdictRule, steps));
  return {
    schema: triageSchema,
    alert: alertOf(now),
    playbook: { id: playbook.id, name: playbook.name, title: playbook.title },
    steps,
    scope: scope.entities,
    scopeOmitted: scope.omitted,
    clocks: [...context.clock.statements],
    verdict,
    artifacts: artifactsOf(desk, steps),
    limits,
    note: draftNote(before.alert, steps, scope.entities, verdict, limits),
    times: {
      detected: before.alert.time?.iso ?? null,
      taken: now.takenAt,
      contained: now.containedAt,
      closed: now.closedAt,
    },
  };
}

function verdictOf({ verdict }: DeskAlert, suggested: TriageVerdict): TriageVerdict {
  return verdict === null
    ? suggested
    : { ...suggested, value: verdict.value, by: "analyst", reason: verdict.reason };
}

export function alertOf({ id, alert, status, owner, dueAt }: DeskAlert): TriageAlert {
  const { time } = alert;
  return {
    id,
    title: alert.title,
    source: alert.source,
    product: alert.product,
    kind: alert.kind,
    severity: alert.severity,
    status,
    owner,
    dueAt,
    time: time
      ? { at: time.iso, original: time.original, zone: time.zone, zoneSource: time.zoneSource }
      : null,
    deviceAction: alert.deviceAction,
    observables: alert.observables.map(({ type, value, role, field }) => ({ type, value, role, field })),
    fields: alert.fields,
    statements: alertStatements(alert),
  };
}
