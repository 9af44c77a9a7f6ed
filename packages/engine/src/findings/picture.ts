import { compareText, countOf } from "@firebreak/model/collections";
import type { Finding, Picture, PictureCase, ResearchQuestion } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { type AlertScope, scopeAlert } from "./alert/scope.ts";
import { findChains } from "./chains.ts";
import { compareClocks } from "./clock-comparison.ts";
import { correlate } from "./correlations.ts";
import { describeClocks, describeCoverage } from "./coverage.ts";
import { weighDeclaredRole } from "./declared-roles.ts";
import { detectionFindings, tallyRules, toDetections } from "./detections.ts";
import { compareEntities, gatherEntities, remainingAssets } from "./entities.ts";
import { weighFarFromAlert } from "./far-from-alert.ts";
import { foldIntoChains } from "./fold.ts";
import { withLearnedAddresses } from "./machine-addresses.ts";
import { failuresElsewhere } from "./red-flags/account-elsewhere.ts";
import { behindRelays } from "./red-flags/behind-relay.ts";
import { foreignTraffic } from "./red-flags/countries.ts";
import { listedAddresses } from "./red-flags/indicator-lists.ts";
import { leaseHolders } from "./red-flags/leases.ts";
import { lookalikeSenders } from "./red-flags/lookalike.ts";
import { onwardSignIns } from "./red-flags/onward.ts";
import { sharedPeers } from "./red-flags/shared-peers.ts";
import { sourceTrails } from "./red-flags/source-trail.ts";
import { steadyContacts } from "./red-flags/steady-contact.ts";
import { unusualCountries } from "./red-flags/unusual-country.ts";
import { volumesOut } from "./red-flags/volume-out.ts";
import { waysIn } from "./red-flags/way-in.ts";
import { weighRefused } from "./refused-attacks.ts";
import { ambiguousRecords } from "./research/ambiguous.ts";
import { assumedZones, missingSteps, unreadEvidence, unseenMachines } from "./research/gaps.ts";
import { identityConflicts } from "./research/identity.ts";
import { weakLinks } from "./research/weak-links.ts";
import { withRuleTechniques } from "./rule-techniques.ts";
import type { Scene } from "./scene.ts";
import { buildTimeline } from "./timeline.ts";
import { weighUsualAdministrator } from "./usual-administrator.ts";
import { withVoices } from "./voices.ts";

export type CaseHeader = Omit<PictureCase, "summary" | "alert">;

/** Everything that can be said about the evidence, each claim with its records. Pure in the scene: same scene, same picture. */
export async function buildPicture(scene: Scene, header: CaseHeader): Promise<Picture> {
  const correlated = await correlate(scene);
  const tallies = await tallyRules(scene, correlated.silenced);
  const chains = await findChains(scene);
  const told = foldIntoChains(
    chains.map(({ finding }) => finding),
    correlated.findings,
    ({ severity }) => severityRank(severity),
  );
  const alert: AlertScope = scene.alert
    ? await scopeAlert(scene, scene.alert)
    : { findings: [], research: [], clocks: [], statements: [] };
  const larger = [...told.chains, ...told.correlations, ...alert.findings];
  larger.push(...(await failuresElsewhere(scene, larger)));
  const located = await withLearnedAddresses(scene);
  larger.push(
    ...(await onwardSignIns(located, [...larger, ...detectionFindings(scene, tallies, new Map())])),
  );
  larger.push(
    ...(await foreignTraffic(scene)),
    ...(await listedAddresses(scene)),
    ...(await lookalikeSenders(scene)),
  );
  const alone = [...larger, ...detectionFindings(scene, tallies, new Map())];
  larger.push(...(await sharedPeers(located, alone)), ...(await unusualCountries(scene, tallies)));
  larger.push(...(await volumesOut(located, alone)), ...(await steadyContacts(located, alone)));
  larger.push(...(await behindRelays(scene, [...alone, ...larger])));
  larger.push(...(await waysIn(located, await weighUsualAdministrator(scene, [...alone, ...larger]))));
  larger.push(...(await leaseHolders(scene, [...alone, ...larger])));
  larger.push(...(await sourceTrails(scene, [...alone, ...larger])));
  const explained = explainedBy(larger);
  const spoken = withVoices(withRuleTechniques(scene, larger, tallies), tallies, chains);
  const findings = await weighAll(scene, [
    ...spoken.findings,
    ...detectionFindings(scene, tallies, explained),
  ]);
  const gathered = gatherEntities(scene, findings, spoken.voices);
  const entities = [...gathered, ...(await remainingAssets(scene, gathered))].sort(compareEntities);
  const detections = toDetections(scene, tallies);
  const timeline = await buildTimeline(scene, findings, detections);
  const compared = await compareClocks(scene);
  const research = await gatherResearch(located, findings, entities, [alert.research, compared.research]);
  const counts = countAll(
    scene,
    detections.reduce((sum, { count }) => sum + count, 0),
    findings.length,
  );
  const summary = summarise(findings, entities, counts, [
    ...correlated.notes,
    ...(scene.copies > 0
      ? [
          `${countOf(scene.copies, "record that a rule matched stands", "records that rules matched stand")} in another file as well (a rotated or forwarded copy); series and chains count each happening once.`,
        ]
      : []),
    ...(timeline.omitted > 0
      ? [
          `The timeline shows ${timeline.rows.length} rows; ${timeline.omitted} more cited events are in the findings.`,
        ]
      : []),
  ]);
  return {
    case: {
      ...header,
      ...describeAlert(scene, alert),
      summary,
    },
    evidence: [...scene.receipts],
    counts,
    detections,
    findings,
    entities,
    research,
    coverage: await describeCoverage(scene),
    clocks: [...alert.clocks, ...compared.clocks, ...describeClocks(scene)],
    timeline: timeline.rows,
  };
}

/** What the profile, the answers and the usual say of the findings, each in turn; the most serious first. */
async function weighAll(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const declared = findings.map((finding) =>
    weighFarFromAlert(scene.alert?.time?.ms, weighDeclaredRole(scene.profile, finding)),
  );
  const answered = await weighRefused(scene, declared);
  return (await weighUsualAdministrator(scene, answered)).sort(compareFindings);
}

function describeAlert(scene: Scene, { statements }: AlertScope): Pick<PictureCase, "alert"> {
  if (!scene.alert) return {};
  const { source, fields, time } = scene.alert;
  return { alert: { source, fields, ...(time && { time: time.iso }), statements } };
}

/** What is not known and how to learn it: of the alert first, of unread evidence last. */
async function gatherResearch(
  scene: Scene,
  findings: readonly Finding[],
  entities: Picture["entities"],
  [ofAlert, ofClocks]: readonly [readonly ResearchQuestion[], readonly ResearchQuestion[]],
): Promise<ResearchQuestion[]> {
  return uniqueQuestions([
    ...ofAlert,
    ...(await ambiguousRecords(scene)),
    ...(await weakLinks(scene)),
    ...(await identityConflicts(scene)),
    ...missingSteps(findings),
    ...(await unseenMachines(scene, entities)),
    ...ofClocks,
    ...assumedZones(scene),
    ...unreadEvidence(scene),
  ]);
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

function compareFindings(a: Finding, b: Finding): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    b.confidence - a.confidence ||
    compareText(a.start ?? "~", b.start ?? "~") ||
    compareText(a.id, b.id)
  );
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

function summarise(
  findings: readonly Finding[],
  entities: Picture["entities"],
  counts: Picture["counts"],
  notes: readonly string[],
): string[] {
  const serious = findings.filter(({ severity }) => severityRank(severity) >= severityRank("medium"));
  const named = (state: string) =>
    entities.filter(
      (entity) => entity.state === state && ["host", "account", "address"].includes(entity.type),
    );
  const list = (state: string) =>
    named(state)
      .slice(0, 12)
      .map(({ value }) => value)
      .join(", ") || "none";
  const lines = [
    `${countOf(counts.records, "record")} in ${countOf(counts.files, "file")} were read; ${countOf(serious.length, "finding")} of medium severity or more.`,
    ...serious
      .slice(0, 5)
      .map(({ severity, confidence, title }) => `${severity} (confidence ${confidence}): ${title}`),
    `Confirmed: ${list("confirmed")}. Suspected: ${list("suspected")}.`,
  ];
  if (serious.length === 0)
    lines.push(
      "Nothing of medium severity or more was found in what was read. That is a statement about these records, not about the organisation.",
    );
  return [...lines, ...notes];
}
