import { countOf } from "@firebreak/model/collections";
import type { ClockStatement, Finding, ResearchQuestion } from "@firebreak/model/picture";
import type { Alert, AlertObservable } from "../../alerts/alert.ts";
import { suggestClock } from "../clock-anchor.ts";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import type { Scene } from "../scene.ts";
import { alertFinding, manyPeersFinding, peerFinding } from "./findings.ts";
import { doubtedHost } from "./holders.ts";
import { countInsiders, insidersOf, isCommon, peersOf, standingHours } from "./peers.ts";
import { peerQuestions } from "./questions.ts";
import { maxRows, recordsOf } from "./records.ts";
import { alertStatements, observableStatement, outsideCoverage } from "./statements.ts";

export interface AlertScope {
  findings: Finding[];
  research: ResearchQuestion[];
  clocks: ClockStatement[];
  statements: string[];
}

/** Looks for everything the alert names, in both directions, over all sources and all time, and for who else met the same peers. */
export async function scopeAlert(scene: Scene, alert: Alert): Promise<AlertScope> {
  const out: AlertScope = { findings: [], research: [], clocks: [], statements: alertStatements(alert) };
  const outside = outsideCoverage(scene, alert);
  if (outside) out.statements.push(outside);
  const rows = new Map<string, EventRow>();
  const matching = new Map<string, EventRow>();
  const seen = new Set<AlertObservable>();
  for (const observable of alert.observables) {
    const found = await recordsOf(scene, observable);
    for (const row of found.rows) rows.set(refOf(row), row);
    if (tellsActivity(scene, observable)) for (const row of found.rows) matching.set(refOf(row), row);
    if (found.count > 0) seen.add(observable);
    out.statements.push(observableStatement(scene, observable, found, alert));
  }
  const all = [...rows.values()];
  const doubt = await doubtedHost(scene, alert, [...matching.values()]);
  if (doubt) {
    out.statements.push(doubt.statement);
    out.research.push(doubt.question);
  }
  // A machine that logs know by its address only is seen with the address.
  const isMachineSeen = [...seen].some(
    ({ type, value }) => type === "host" || (type === "address" && scene.networks.isInternal(value)),
  );
  const isDoubtful = (one: AlertObservable) =>
    one.type === "host" ? !isMachineSeen || doubt !== undefined : parties.has(one.type) && !seen.has(one);
  out.findings.push(alertFinding(scene, withDoubts(alert, isDoubtful), all));
  const clock = suggestClock(scene, alert, all);
  if (clock) {
    out.clocks.push(clock.statement);
    out.research.push(clock.question);
  }
  const inside = alert.observables.filter(
    ({ type, value }) => type === "address" && scene.networks.isInternal(value),
  );
  const named = new Set(
    alert.observables
      .filter(({ type, value }) => type === "address" && scene.networks.isExternal(value))
      .map(({ value }) => value),
  );
  for (const { value } of inside) await scopePeers(scene, alert, value, clock?.offsetMs, named, out);
  for (const peer of named) await scopePeer(scene, alert, peer, undefined, out);
  return out;
}

/** What was met or run, and not who it was. */
function tellsActivity(scene: Scene, { type, value }: AlertObservable): boolean {
  if (type === "address") return scene.networks.isExternal(value);
  return type !== "host" && type !== "account" && type !== "mailbox";
}

/** Who may be accused; a hash or a domain that no record names is still what to look for. */
const parties: ReadonlySet<AlertObservable["type"]> = new Set(["address", "account", "mailbox"]);

/** The alert's word alone accuses nobody of whom no record speaks, nor a machine that the leases contradict. */
function withDoubts(alert: Alert, isDoubtful: (one: AlertObservable) => boolean): Alert {
  return {
    ...alert,
    observables: alert.observables.map((one) => (isDoubtful(one) ? { ...one, role: "mentioned" } : one)),
  };
}

/** Peers told one by one; a workstation meets dozens of addresses in a quarter of an hour. */
const maxToldPeers = 8;

/** External peers of an internal address that it met at the alert's time: uncommon ones are findings, the others one line. */
async function scopePeers(
  scene: Scene,
  alert: Alert,
  address: string,
  offsetMs: number | undefined,
  skip: ReadonlySet<string>,
  out: AlertScope,
): Promise<void> {
  if (!alert.time) return;
  const met = await peersOf(scene, alert.time.ms, address, offsetMs, skip);
  const insiders = await countInsiders(scene);
  const common: string[] = [];
  const refused: string[] = [];
  const standing: string[] = [];
  const told: string[] = [];
  for (const [peer, { rows, isRefused, isStanding }] of met) {
    const others = await insidersOf(scene, peer);
    if (isRefused) refused.push(peer);
    else if (isCommon(others.length, insiders)) common.push(`${peer} (${others.length})`);
    else if (isStanding) standing.push(`${peer} (since ${isoOf(rows[0]!.ms)})`);
    else told.push(peer);
  }
  if (told.length <= maxToldPeers) {
    for (const peer of told) await scopePeer(scene, alert, peer, address, out);
  } else {
    out.findings.push(manyPeersFinding(scene, alert, address, told, met));
  }
  const line = (peers: readonly string[], text: string) => {
    if (peers.length === 0) return;
    const more = peers.length > 20 ? ` and ${peers.length - 20} more` : "";
    out.statements.push(
      `At the alert's time ${address} also met ${countOf(peers.length, "external address", "external addresses")} ${text}: ${peers.slice(0, 20).join(", ")}${more}.`,
    );
  };
  line(
    common,
    `that many of the ${insiders} internal ones meet (left out of the scope as services in common use; a judgement by number, not a clean bill)`,
  );
  line(
    standing,
    `that it had met in ${standingHours} or more different hours before (a standing relation, or an activity that is older than the alert; not judged)`,
  );
  line(refused, "whose every recorded connection was refused (noise of the internet reaches everyone)");
}

async function scopePeer(
  scene: Scene,
  alert: Alert,
  peer: string,
  from: string | undefined,
  out: AlertScope,
): Promise<void> {
  const inside = await insidersOf(scene, peer);
  const rows = await scene.store.query<EventRow>(
    rowsWhere("e.source_ip = $v OR e.destination_ip = $v", { limit: maxRows }),
    { v: peer },
  );
  if (rows.length === 0) return;
  const common = isCommon(inside.length, await countInsiders(scene));
  out.findings.push(peerFinding(scene, alert, peer, from, rows, inside, common));
  out.research.push(...peerQuestions(scene, peer, from, rows, inside));
}
