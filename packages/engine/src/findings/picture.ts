import { compareText } from "@firebreak/model/collections";
import type { Finding, Picture, PictureCase, ResearchQuestion } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { together } from "../store/together.ts";
import { type AlertScope, scopeAlert } from "./alert/scope.ts";
import { findChains } from "./chains/chains.ts";
import { compareClocks } from "./clock-comparison.ts";
import { correlate } from "./correlations.ts";
import { describeClocks, describeCoverage } from "./coverage.ts";
import { detectionFindings, tallyRules, toDetections } from "./detections.ts";
import { compareEntities, gatherEntities, remainingAssets } from "./entities.ts";
import { foldIntoChains } from "./fold.ts";
import { withLearnedAddresses } from "./machine-addresses.ts";
import { withRedFlags } from "./red-flags/all.ts";
import { ambiguousRecords } from "./research/ambiguous.ts";
import { clearedLogs } from "./research/cleared-logs.ts";
import { assumedZones, missingSteps, unreadEvidence, unseenMachines } from "./research/gaps.ts";
import { identityConflicts } from "./research/identity.ts";
import { weakLinks } from "./research/weak-links.ts";
import { withRuleTechniques } from "./rule-techniques.ts";
import type { Scene } from "./scene.ts";
import { copiesNote, summarise, timelineNote } from "./summary.ts";
import { buildTimeline } from "./timeline.ts";
import { withVoices } from "./voices.ts";
import { weighAll } from "./weigh/all.ts";

export type CaseHeader = Omit<PictureCase, "summary" | "alert">;

const noAlert: AlertScope = { findings: [], research: [], clocks: [], statements: [] };

/** Everything that can be said about the evidence, each claim with its records. Pure in the scene: same scene, same picture. */
export async function buildPicture(scene: Scene, header: CaseHeader): Promise<Picture> {
  const [correlated, chains, alert, { located, open }, compared, coverage] = await together([
    correlate(scene),
    findChains(scene),
    scene.alert ? scopeAlert(scene, scene.alert) : noAlert,
    withLearnedAddresses(scene).then(async (located) => ({ located, open: await openQuestions(located) })),
    compareClocks(scene),
    describeCoverage(scene),
  ]);
  const tallies = await tallyRules(scene, correlated.silenced);
  const told = foldIntoChains(
    chains.map(({ finding }) => finding),
    correlated.findings,
    ({ severity }) => severityRank(severity),
  );
  const larger = await withRedFlags(
    scene,
    located,
    [...told.chains, ...told.correlations, ...alert.findings],
    tallies,
  );
  const spoken = withVoices(withRuleTechniques(scene, larger, tallies), tallies, chains);
  const findings = await weighAll(scene, [
    ...spoken.findings,
    ...detectionFindings(scene, tallies, explainedBy(larger)),
  ]);
  const gathered = gatherEntities(scene, findings, spoken.voices);
  const detections = toDetections(scene, tallies);
  const [assets, timeline] = await together([
    remainingAssets(scene, gathered, findings),
    buildTimeline(scene, findings, detections),
  ]);
  const entities = [...gathered, ...assets].sort(compareEntities);
  const counts = countAll(
    scene,
    detections.reduce((sum, { count }) => sum + count, 0),
    findings.length,
  );
  const summary = summarise(findings, entities, counts, [
    ...correlated.notes,
    ...copiesNote(scene.copies),
    ...timelineNote(timeline),
  ]);
  return {
    case: { ...header, ...describeAlert(scene, alert), summary },
    evidence: [...scene.receipts],
    counts,
    detections,
    findings,
    entities,
    research: uniqueQuestions([
      ...alert.research,
      ...open,
      ...missingSteps(findings),
      ...(await unseenMachines(located, entities)),
      ...compared.research,
      ...assumedZones(scene),
      ...unreadEvidence(scene),
    ]),
    coverage,
    clocks: [...alert.clocks, ...compared.clocks, ...describeClocks(scene)],
    timeline: timeline.rows,
  };
}

function describeAlert(scene: Scene, { statements }: AlertScope): Pick<PictureCase, "alert"> {
  if (!scene.alert) return {};
  const { source, fields, time } = scene.alert;
  return { alert: { source, fields, ...(time && { time: time.iso }), statements } };
}

/** What no finding is needed to ask. */
async function openQuestions(scene: Scene): Promise<ResearchQuestion[]> {
  const asked = await together([
    ambiguousRecords(scene),
    weakLinks(scene),
    identityConflicts(scene),
    clearedLogs(scene),
  ]);
  return asked.flat();
}

/** The cited events of larger findings, each with the highest severity that a finding tells it with. */
function explainedBy(larger: readonly Finding[]): Map<string, number> {
  const explained = new Map<string, number>();
  for (const { kind, severity, events } of larger) {
    if (kind === "alert") continue;
    const rank = severityRank(severity);
    for (const { ref } of events) explained.set(ref, Math.max(rank, explained.get(ref) ?? 0));
  }
  return explained;
}

function uniqueQuestions(questions: readonly ResearchQuestion[]): ResearchQuestion[] {
  return [...new Map(questions.map((question) => [question.id, question])).values()];
}

function countAll(scene: Scene, detections: number, findings: number): Picture["counts"] {
  const byDataset = new Map<string, number>();
  const sum = (pick: (receipt: Scene["receipts"][number]) => number) =>
    scene.receipts.reduce((total, receipt) => total + pick(receipt), 0);
  for (const { formats } of scene.receipts) {
    for (const [dataset, n] of Object.entries(formats))
      byDataset.set(dataset, (byDataset.get(dataset) ?? 0) + n);
  }
  return {
    files: scene.receipts.length,
    bytes: sum(({ bytes }) => bytes),
    records: sum(({ records }) => records),
    rejected: sum(({ rejected }) => rejected),
    undated: sum(({ undated }) => undated),
    detections,
    findings,
    byDataset: Object.fromEntries([...byDataset].sort((a, b) => compareText(a[0], b[0]))),
  };
}
