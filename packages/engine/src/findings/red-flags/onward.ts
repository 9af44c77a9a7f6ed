import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, isoOf, isSignIn, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";

const readRows = 20_000;
const sightMs = 7 * 86_400_000;
/** Sources of which more are asked about than this would be a flood, not a scope. */
const maxSources = 50;

/** A machine of ours that serious findings name, by every address it is known under. */
interface Source {
  name: string;
  addresses: string[];
  fromMs: number;
}

/**
 * Sign-ins to other machines from a machine that a serious finding names, after that finding began: the way on. Who signed
 * in from there to the same machine with the same account before is doing what he always did and is left out.
 */
export async function onwardSignIns(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const out: Finding[] = [];
  for (const source of sourcesOf(scene, findings).slice(0, maxSources)) {
    const rows = await signInsFrom(scene, source.addresses);
    const byTarget = new Map<string, EventRow[]>();
    const usual = new Set<string>();
    for (const row of rows) {
      const target = row.host!;
      if (target.toLowerCase().split(".")[0] === source.name.toLowerCase().split(".")[0]) continue;
      const habit = `${target}\0${row.user_name ?? ""}`.toLowerCase();
      if (row.ms! < source.fromMs) {
        if (row.outcome === "success") usual.add(habit);
      } else if (row.ms! <= source.fromMs + sightMs && !usual.has(habit))
        getOrMake(byTarget, target, () => []).push(row);
    }
    for (const [target, met] of [...byTarget].sort((a, b) => compareText(a[0], b[0]))) {
      if (met.some(({ outcome }) => outcome === "success")) out.push(toFinding(scene, source, target, met));
    }
  }
  return out;
}

function sourcesOf(scene: Scene, findings: readonly Finding[]): Source[] {
  const sources = new Map<string, Source>();
  for (const finding of findings) {
    if (severityRank(finding.severity) < severityRank("high") || finding.confidence < 65 || !finding.start)
      continue;
    const fromMs = Date.parse(finding.start);
    for (const { type, value, role } of finding.entities) {
      const isActor = (type === "host" && role === "host") || (type === "address" && role === "source");
      if (!isActor) continue;
      const label = value.toLowerCase().split(".")[0];
      const asset = scene.profile.assets.find(({ name, addresses }) =>
        type === "host" ? name.toLowerCase() === label : addresses.includes(value),
      );
      const addresses =
        asset?.addresses ?? (type === "address" && scene.networks.isInternal(value) ? [value] : []);
      if (addresses.length === 0 || addresses.some((address) => scene.networks.isGateway(address))) continue;
      const name = asset?.name ?? value;
      const known = sources.get(name);
      if (!known || fromMs < known.fromMs) sources.set(name, { name, addresses: [...addresses], fromMs });
    }
  }
  return [...sources.values()].sort((a, b) => a.fromMs - b.fromMs || compareText(a.name, b.name));
}

async function signInsFrom(scene: Scene, addresses: readonly string[]): Promise<EventRow[]> {
  const list = addresses.map((address) => `'${address.replaceAll("'", "''")}'`).join(",");
  return scene.store.query<EventRow>(
    rowsWhere(
      `e.source_ip IN (${list}) AND e.host IS NOT NULL AND e.ms IS NOT NULL
     AND e.host IS DISTINCT FROM e.observer AND e.outcome IN ('success', 'failure') AND ${isSignIn}
     AND NOT coalesce(ends_with(e.user_name, '$'), false)`,
      { limit: readRows },
    ),
  );
}

function toFinding(scene: Scene, source: Source, target: string, rows: readonly EventRow[]): Finding {
  const succeeded = rows.filter(({ outcome }) => outcome === "success");
  const failed = rows.length - succeeded.length;
  const accounts = [...new Set(succeeded.flatMap(({ user_name: name }) => (name ? [name] : [])))].sort();
  const refs = rows.slice(0, shownEvents).map(refOf);
  return {
    id: findingId("red-flag", "onward", source.name, target),
    kind: "red-flag",
    title: `Sign-in from ${source.name} to ${target} after the first serious finding about ${source.name}`,
    statement: `${countOf(succeeded.length, "sign-in")} from ${source.name} (${source.addresses.join(", ")}) to ${target} succeeded${accounts.length > 0 ? ` with ${accounts.slice(0, 5).join(", ")}` : ""}${failed > 0 ? `, ${countOf(failed, "attempt")} failed` : ""}, first at ${isoOf(rows[0]!.ms)} (${refs.slice(0, 3).join(", ")}). No earlier sign-in of that kind from there is in the evidence. ${target} is in scope until shown otherwise; that it was taken over is not proven by this.`,
    severity: "medium",
    confidence: failed >= 2 ? 65 : 55,
    start: isoOf(rows[0]!.ms),
    end: isoOf(rows.at(-1)!.ms),
    entities: summariseActors(rows),
    techniques: ["T1021", "T1078"].map((id) => ({ id, name: scene.attack.nameOf(id), events: refs })),
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: [
      "An administrator or a job of the machine that the evidence had not seen before; its owner would tell.",
      "The evidence may begin too late to show that this is usual.",
    ],
  };
}
