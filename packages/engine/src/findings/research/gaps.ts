import { countOf } from "@firebreak/model/collections";
import type { Finding, PictureEntity, ResearchQuestion } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { findingId, type Scene } from "../scene.ts";

/** The steps of a chain that were not seen, as questions. */
export function missingSteps(findings: readonly Finding[]): ResearchQuestion[] {
  return findings.flatMap((finding) => {
    const missing = (finding.steps ?? []).filter((step) => !step.met);
    if (missing.length === 0 || severityRank(finding.severity) < severityRank("medium")) return [];
    return [
      {
        id: findingId("question", "missing-steps", finding.id),
        question: `Was there also: ${missing.map((step) => step.name).join("; ")}?`,
        why: `${finding.title}: ${missing.map((step) => `"${step.name}" was not seen (${step.nearestMiss ?? "no such record"})`).join("; ")}.`,
        query: `records of ${finding.entities
          .filter(({ role }) => role !== "mentioned")
          .slice(0, 4)
          .map(({ type, value }) => `${type} ${value}`)
          .join(", ")} from ${finding.start ?? "?"} on, in sources that are not in the coverage table`,
        wouldChange:
          "Each further step raises severity and confidence; a source that covers the time and lacks it lowers them.",
        events: finding.events.slice(0, 20),
      },
    ];
  });
}

/** Sources whose zone nobody stated: every comparison across sources hangs on it. */
export function assumedZones(scene: Scene): ResearchQuestion[] {
  const sources = scene.receipts.filter(({ zone }) => zone?.includes("assumed"));
  if (sources.length === 0) return [];
  return [
    {
      id: findingId("question", "zones"),
      question: `In which time zone are the times of ${countOf(sources.length, "source")}?`,
      why: `Their records carry no zone and neither --timezone nor a profile states one; they are read as UTC: ${sources
        .slice(0, 10)
        .map(({ path }) => path)
        .join(", ")}${sources.length > 10 ? ", …" : ""}.`,
      query:
        "ask the owner of each source, or compare records of one moment in two sources; then run again with --timezone",
      wouldChange: "Order and gaps between these sources and others move by the difference.",
      events: [],
    },
  ];
}

/** Evidence that was not read, or not in full. */
export function unreadEvidence(scene: Scene): ResearchQuestion[] {
  const unread = scene.receipts.filter(
    ({ format }) =>
      ["unrecognised", "unreadable", "parser-fault"].includes(format) || format.startsWith("fault/"),
  );
  const partly = scene.receipts.filter(({ rejected }) => rejected > 0);
  const questions: ResearchQuestion[] = [];
  const list = (paths: readonly string[]) =>
    `${paths.slice(0, 10).join(", ")}${paths.length > 10 ? `, and ${paths.length - 10} more (see receipts)` : ""}`;
  if (unread.length > 0) {
    questions.push({
      id: findingId("question", "unread"),
      question: `What is in ${countOf(unread.length, "file")} that could not be read?`,
      why: `No format was recognised, or the file could not be opened: ${list(unread.map(({ path }) => path))}.`,
      query: "open them by hand, or export them again in a format of `firebreak formats`",
      wouldChange: "They may hold what the claims of absence in this picture lack.",
      events: [],
    });
  }
  if (partly.length > 0) {
    const total = partly.reduce((sum, { rejected }) => sum + rejected, 0);
    questions.push({
      id: findingId("question", "rejected"),
      question: `What is in ${countOf(total, "rejected record")}?`,
      why: `They are damaged or in no known form: ${list(partly.map(({ path, rejected }) => `${path} (${rejected})`))}. Each is listed with its bytes in the receipts.`,
      query: "the rejected ranges of the receipts, read as raw bytes",
      wouldChange: "A rejected record may be the one that matters.",
      events: [],
    });
  }
  return questions;
}

/** Suspected machines whose own logs are not in the evidence: only others speak about them. */
export async function unseenMachines(
  scene: Scene,
  entities: readonly PictureEntity[],
): Promise<ResearchQuestion[]> {
  const questions: ResearchQuestion[] = [];
  for (const entity of entities) {
    if (entity.type !== "address" || !(entity.state === "suspected" || entity.state === "confirmed"))
      continue;
    if (!scene.networks.isInternal(entity.value)) continue;
    const asset = scene.profile.assets.find(({ addresses }) => addresses.includes(entity.value));
    const [own] = await scene.store.query<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT DISTINCT host FROM events)
       WHERE lower(host) = lower($name) OR lower(split_part(host, '.', 1)) = lower($name)`,
      { name: asset?.name ?? "" },
    );
    if (own!.n > 0) continue;
    questions.push({
      id: findingId("question", "unseen", entity.value),
      question: asset
        ? `What ran on ${asset.name} (${entity.value})?`
        : `Which machine is ${entity.value}, and what ran on it?`,
      why: `${entity.value} is ${entity.state}, and no log of its own is in the evidence: only what others recorded of it is known.`,
      query: asset
        ? `the event logs of ${asset.name} from ${entity.first ?? "?"} to ${entity.last ?? "?"}: sign-ins, processes, connections`
        : `DHCP leases, asset list or switch tables for ${entity.value} from ${entity.first ?? "?"} to ${entity.last ?? "?"}; then that machine's event logs`,
      wouldChange: "Its own records tell the process and the account behind the traffic.",
      events: entity.events.slice(0, 10),
    });
  }
  return questions;
}
