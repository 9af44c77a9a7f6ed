import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Citation, EntityState, EntityType, Finding, PictureEntity } from "@firebreak/model/picture";
import { isSystemProgram } from "./actors.ts";
import { canonicalName } from "./names.ts";
import { leaseId } from "./red-flags/leases.ts";
import type { Scene } from "./scene.ts";

/** Points that a finding of a severity is worth at full confidence. */
const points: Record<string, number> = { informational: 5, low: 15, medium: 60, high: 80, critical: 95 };

/** How much of a finding falls on an entity in a role: where it happened and who acted, more than who was only named. */
function roleWeight(scene: Scene, type: EntityType, value: string, role: string): number {
  // Everything goes through a gateway: being reached says nothing about it.
  if (type === "address" && scene.networks.isGateway(value) && role !== "source") return 0.05;
  switch (role) {
    case "host":
    case "source":
    case "hash":
      return 1;
    case "target":
      return 0.3;
    case "account":
      return 0.9;
    case "file":
    case "program":
      // Programs of the operating system are used by everyone; what was done with one says nothing about it.
      return isSystemProgram(value) ? 0.1 : 0.7;
    case "name":
      return 0.6;
    case "destination":
      // A machine of ours that was only reached is a target; one outside that was reached may be the other end.
      return scene.networks.isInternal(value) ? 0.3 : 0.8;
    default:
      return type === "hash" ? 0.05 : 0.25;
  }
}

/** More outside addresses than this at the other end of one finding were looked for, and are not who was talked to. */
const peersMax = 10;

/** The weight of a role within one finding: what the finding is about decides how much of it a mere part of it gets. */
function weightIn(scene: Scene, finding: Finding, type: EntityType, value: string, role: string): number {
  const weight = roleWeight(scene, type, value, role);
  // A chain is about machines and people; which of all the programs in it is a bad one, its rules say.
  if (finding.kind === "chain" && (type === "hash" || type === "file")) return weight / 4;
  const isPeer = (one: { type: string; role: string }) =>
    one.type === "address" && one.role === "destination";
  if (isPeer({ type, role }) && finding.entities.filter(isPeer).length > peersMax) return weight / 8;
  return weight;
}

const suspectedScore = 25;
const confirmedScore = 80;

interface Gathered {
  type: EntityType;
  value: string;
  missed: number;
  /** Most that one finding of the alert is worth: all of them tell of the one alert. */
  alertWorth: number;
  /** As recorded elsewhere: "FS01.example.org" beside "FS01". */
  spellings: Set<string>;
  reasons: { text: string; events: string[]; weight: number }[];
  citations: Map<string, Citation>;
  omitted: number;
  strong: Set<string>;
  /** No record does more than try to sign in as it. */
  isOnlyTried: boolean;
}

/** All entities of all findings, scored: independent findings add up as independent chances do. */
export function gatherEntities(
  scene: Scene,
  findings: readonly Finding[],
  voices: ReadonlyMap<string, string> = new Map(),
): PictureEntity[] {
  const gathered = new Map<string, Gathered>();
  for (const finding of findings) {
    const counted = new Set<string>();
    const ranked = [...finding.entities].sort(
      (a, b) => roleWeight(scene, b.type, b.value, b.role) - roleWeight(scene, a.type, a.value, a.role),
    );
    for (const { type, value, role } of ranked) {
      const name = canonicalName(scene.profile, type, value);
      const key = `${type}\0${name.key}`;
      if (name.shown !== value || gathered.has(key)) gathered.get(key)?.spellings.add(value);
      if (counted.has(key)) continue;
      counted.add(key);
      const entity = getOrMake(gathered, key, () => ({
        type,
        value: name.shown,
        missed: 1,
        alertWorth: 0,
        spellings: new Set([value]),
        reasons: [],
        citations: new Map(),
        omitted: 0,
        strong: new Set<string>(),
        isOnlyTried: true,
      }));
      addFinding(
        entity,
        finding,
        role,
        weightIn(scene, finding, type, value, role),
        isPivot(voices, finding, value),
      );
    }
  }
  return [...gathered.values()].map((entity) => toEntity(scene, entity)).sort(compareEntities);
}

function addFinding(
  entity: Gathered,
  finding: Finding,
  role: string,
  weight: number,
  isAbout: boolean,
): void {
  if (role !== "target") entity.isOnlyTried = false;
  const worth = ((points[finding.severity]! * finding.confidence) / 10_000) * weight;
  if (finding.kind === "alert") entity.alertWorth = Math.max(entity.alertWorth, worth);
  else entity.missed *= 1 - worth;
  // Two findings over the same records are one thing told twice: only records of its own make a second opinion.
  const isNew = finding.events.some(({ ref }) => !entity.citations.has(ref));
  if (
    isNew &&
    weight >= 0.8 &&
    (finding.severity === "high" || finding.severity === "critical") &&
    finding.confidence >= 70
  ) {
    // Two rules of one kind may be one thing seen twice; two chains, each with a record of its own, are not.
    entity.strong.add(finding.kind === "chain" ? finding.id : finding.kind);
    if (isAbout) entity.strong.add(`${finding.id} steps`);
  }
  entity.reasons.push({
    text: `${finding.title} (as ${role}; ${finding.id})`,
    events: finding.events.slice(0, 20).map(({ ref }) => ref),
    weight: worth,
  });
  for (const event of finding.events) {
    if (entity.citations.size < 200) entity.citations.set(event.ref, event);
    else if (!entity.citations.has(event.ref)) entity.omitted++;
  }
  entity.omitted += finding.eventsOmitted;
}

/** The finding is about this entity, and more than one voice speaks in it. */
function isPivot(voices: ReadonlyMap<string, string>, { id }: Finding, value: string): boolean {
  return voices.get(id) === value.toLowerCase();
}

/** Confirmed asks for two strong voices (kinds of finding, chains, or two within a chain): one rule, however loud, only makes a suspicion. */
function stateOf(entity: Gathered, score: number): EntityState {
  // However often it was tried: nothing was done in its name.
  if (entity.isOnlyTried) return "context";
  if (score >= confirmedScore && entity.strong.size >= 2) return "confirmed";
  return score >= suspectedScore ? "suspected" : "context";
}

function toEntity(scene: Scene, entity: Gathered): PictureEntity {
  const score = Math.round((1 - entity.missed * (1 - entity.alertWorth)) * 100);
  const others = [...entity.spellings].filter(
    (spelling) => spelling.toLowerCase() !== entity.value.toLowerCase(),
  );
  const events = [...entity.citations.values()].sort(
    (a, b) => compareText(a.time ?? "~", b.time ?? "~") || compareText(a.ref, b.ref),
  );
  const times = events.flatMap(({ time }) => (time ? [time] : []));
  return {
    type: entity.type,
    value: entity.value,
    state: stateOf(entity, score),
    score,
    reasons: entity.reasons
      .sort((a, b) => b.weight - a.weight)
      .map(({ text, events: refs }) => ({ text, events: refs })),
    events,
    eventsOmitted: entity.omitted,
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    facts: [
      ...factsOf(scene, entity.type, entity.value),
      ...(entity.isOnlyTried ? ["every sign-in with it in the records told here failed"] : []),
      ...(others.length > 0 ? [`also recorded as ${others.sort(compareText).slice(0, 10).join(", ")}`] : []),
    ],
  };
}

/** What the profile and the offline tables know of an entity. */
export function factsOf(scene: Scene, type: EntityType, value: string): string[] {
  const facts: string[] = [];
  const asset = scene.profile.assets.find(
    ({ name, addresses }) =>
      (type === "host" && name.toLowerCase() === value.toLowerCase()) ||
      (type === "address" && addresses.includes(value)),
  );
  if (asset && type === "host" && asset.addresses.length > 0)
    facts.push(`declared addresses: ${asset.addresses.join(", ")}`);
  if (asset)
    facts.push(
      `declared asset ${asset.name}${asset.role ? ` (${asset.role})` : ""}${asset.critical ? ", critical" : ""}`,
    );
  if (type !== "address") return facts;
  if (scene.networks.isGateway(value)) facts.push("declared gateway");
  else if (scene.networks.isInternal(value)) facts.push("internal address");
  else {
    const country = scene.geography.country(value);
    const owner = scene.geography.autonomousSystem(value);
    facts.push(
      `external address${country ? `, ${country}` : ""}${owner ? `, AS${owner.number} ${owner.name}` : ""} (${scene.geography.origin})`,
    );
    if (
      country &&
      scene.profile.operatingCountries.length > 0 &&
      !scene.profile.operatingCountries.includes(country)
    ) {
      facts.push(
        `${country} is not among the declared operating countries (${scene.profile.operatingCountries.join(", ")})`,
      );
    }
  }
  return facts;
}

const stateOrder: EntityState[] = ["confirmed", "suspected", "context", "cleared", "not-examined"];

export function compareEntities(a: PictureEntity, b: PictureEntity): number {
  return (
    stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
    b.score - a.score ||
    compareText(a.type, b.type) ||
    compareText(a.value, b.value)
  );
}

/** Declared assets that no finding names: examined without a finding, or never seen in the evidence. */
export async function remainingAssets(
  scene: Scene,
  known: readonly PictureEntity[],
  findings: readonly Finding[],
): Promise<PictureEntity[]> {
  const out: PictureEntity[] = [];
  for (const asset of scene.profile.assets) {
    if (known.some(({ type, value }) => type === "host" && value.toLowerCase() === asset.name.toLowerCase()))
      continue;
    const suspect = known.find(
      ({ type, value, state }) =>
        type === "address" &&
        asset.addresses.includes(value) &&
        (state === "confirmed" || state === "suspected"),
    );
    if (suspect) {
      out.push(hostOfAddress(scene, asset.name, suspect, holderOf(findings, known, suspect.value)));
      continue;
    }
    const addresses =
      asset.addresses.map((address) => `'${address.replaceAll("'", "''")}'`).join(",") || "''";
    const [seen] = await scene.store.query<{
      own: number;
      named: number;
      first: number | null;
      last: number | null;
    }>(
      `SELECT count(*) FILTER (WHERE lower(host) = lower($name) OR lower(split_part(host, '.', 1)) = lower($name)) AS own, count(*) FILTER (WHERE source_ip IN (${addresses}) OR destination_ip IN (${addresses})) AS named,
       min(ms) AS first, max(ms) AS last FROM events WHERE lower(host) = lower($name) OR lower(split_part(host, '.', 1)) = lower($name) OR source_ip IN (${addresses}) OR destination_ip IN (${addresses})`,
      { name: asset.name },
    );
    const examined = seen!.own > 0;
    const text = examined
      ? `No finding names it in ${countOf(seen!.own, "record")} of its own and ${seen!.named} of traffic with it. That is no proof that it is clean: only the sources in the coverage table were looked at.`
      : `No record of its own in the evidence${seen!.named > 0 ? `; ${countOf(seen!.named, "record")} of others name its address` : ""}. It was not examined.`;
    out.push({
      type: "host",
      value: asset.name,
      state: examined ? "context" : "not-examined",
      score: 0,
      reasons: [{ text, events: [] }],
      events: [],
      eventsOmitted: 0,
      first: seen!.first === null ? null : new Date(seen!.first).toISOString(),
      last: seen!.last === null ? null : new Date(seen!.last).toISOString(),
      facts: factsOf(scene, "host", asset.name),
    });
  }
  return out;
}

/** The machine that by a finding about leases held an address. */
function holderOf(
  findings: readonly Finding[],
  known: readonly PictureEntity[],
  address: string,
): string | undefined {
  const ids = new Set(findings.map(({ id }) => id));
  return known.find(({ type, value }) => type === "host" && ids.has(leaseId(address, value)))?.value;
}

/**
 * A declared machine that findings know only by its address: the same machine, told by name; context where the leases say that
 * another machine held the address.
 */
function hostOfAddress(
  scene: Scene,
  name: string,
  address: PictureEntity,
  holder: string | undefined,
): PictureEntity {
  const other =
    holder === undefined
      ? ""
      : ` By the leases ${holder} held it then: which machine it was is to be checked.`;
  return {
    ...address,
    type: "host",
    value: name,
    state: holder === undefined ? "suspected" : "context",
    reasons: [
      {
        text: `Its declared address ${address.value} is ${address.state} (score ${address.score}); no finding names the machine itself.${other}`,
        events: address.events.slice(0, 20).map(({ ref }) => ref),
      },
    ],
    facts: factsOf(scene, "host", name),
  };
}
