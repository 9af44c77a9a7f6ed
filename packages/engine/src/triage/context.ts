import type { Picture } from "@firebreak/model/picture";
import type { Alert } from "../alerts/alert.ts";
import type { Scene } from "../findings/scene.ts";
import type { AlertClock } from "./clock.ts";
import type { FileFacts, IntelFacts } from "./outside.ts";
import type { SourceCoverage } from "./records/coverage.ts";
import type { Pivot } from "./records/pivot.ts";
import type { Subject } from "./subject.ts";

/** The part of a scene that a case keeps: no rules are needed to ask its events. */
export type TriageScene = Pick<
  Scene,
  "store" | "receipts" | "cite" | "profile" | "networks" | "geography" | "attack"
>;

/** All that the questions of a playbook are answered from. Frozen before the first question. */
export interface TriageContext {
  readonly scene: TriageScene;
  readonly picture: Picture;
  readonly alert: Alert;
  readonly clock: AlertClock;
  /** What the alert is about on the organisation's side. */
  readonly subject: Subject;
  /** Records of each observable of the alert, over all sources and all time. */
  readonly pivots: readonly Pivot[];
  readonly coverage: readonly SourceCoverage[];
  readonly intel: IntelFacts;
  readonly file: FileFacts | undefined;
  /** Answers of the steps before, by kind of question. */
  readonly answers: ReadonlyMap<string, string>;
  /** Records read for one observable or far end, where not the usual number. */
  readonly maxRows?: number;
}
