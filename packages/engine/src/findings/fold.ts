import { compareText, countOf } from "@firebreak/model/collections";
import type { Citation, Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { findingId, shownEvents } from "./scene.ts";

/** Matches of one correlation that are told one by one; more become one finding that lists them. */
export const maxToldMatches = 8;
const shownGroups = 60;
const shownEntities = 200;

/** One match of a correlation: its finding and what it is about ("user.name root"), with its exact number of records. */
export interface ToldMatch {
  finding: Finding;
  about: string;
  count: number;
}

/** A flood of matches of one correlation as one finding: every group with its number of matches and records. */
export function foldMatches(correlationId: string, title: string, matches: readonly ToldMatch[]): Finding {
  const groups = new Map<string, { matches: number; records: number }>();
  for (const { about, count } of matches) {
    const known = groups.get(about) ?? { matches: 0, records: 0 };
    groups.set(about, { matches: known.matches + 1, records: known.records + count });
  }
  const listed = [...groups].sort((a, b) => b[1].records - a[1].records || compareText(a[0], b[0]));
  const first = matches[0]!.finding;
  const records = matches.reduce((sum, { count }) => sum + count, 0);
  const events = spread(matches.map(({ finding }) => finding.events));
  const refs = new Set(events.map(({ ref }) => ref));
  return {
    ...first,
    id: findingId("correlation-folded", correlationId),
    title: `${title} (${countOf(matches.length, "time")}, ${countOf(listed.length, "group")})`,
    statement: `${countOf(matches.length, "match", "matches")} of the correlation "${title}" with ${countOf(records, "record")} in all: ${listed
      .slice(0, shownGroups)
      .map(
        ([about, { matches: times, records: n }]) =>
          `${about || "all"} (${countOf(times, "time")}, ${countOf(n, "record")})`,
      )
      .join("; ")}${listed.length > shownGroups ? `; and ${listed.length - shownGroups} more groups` : ""}.`,
    start: least(
      matches.map(({ finding }) => finding.start),
      1,
    ),
    end: least(
      matches.map(({ finding }) => finding.end),
      -1,
    ),
    entities: mostNamed(matches.map(({ finding }) => finding)),
    techniques: first.techniques.map((technique) => ({ ...technique, events: [...refs] })),
    events,
    eventsOmitted: Math.max(0, records - events.length),
  };
}

/** Each match gives its first events in turn, so that no group is without a citation while there is room. */
function spread(lists: readonly (readonly Citation[])[]): Citation[] {
  const out = new Map<string, Citation>();
  for (let i = 0; out.size < shownEvents && lists.some((list) => i < list.length); i++) {
    for (const list of lists) {
      const event = list[i];
      if (event && out.size < shownEvents) out.set(event.ref, event);
    }
  }
  return [...out.values()].sort(
    (a, b) => compareText(a.time ?? "~", b.time ?? "~") || compareText(a.ref, b.ref),
  );
}

function mostNamed(findings: readonly Finding[]): Finding["entities"] {
  const counts = new Map<string, { entity: Finding["entities"][number]; n: number }>();
  for (const { entities } of findings) {
    for (const entity of entities) {
      const key = `${entity.type}\0${entity.value.toLowerCase()}\0${entity.role}`;
      const known = counts.get(key);
      if (known) known.n++;
      else counts.set(key, { entity, n: 1 });
    }
  }
  return [...counts.values()]
    .sort((a, b) => b.n - a.n || compareText(a.entity.value, b.entity.value))
    .slice(0, shownEntities)
    .map(({ entity }) => entity);
}

function least(times: readonly (string | null)[], sign: 1 | -1): string | null {
  const known = times.filter((time) => time !== null).sort((a, b) => sign * compareText(a, b));
  return known[0] ?? null;
}

/** A chain says more than a correlation of at most its severity, or of at most medium about the same techniques. */
function judges(chain: Finding, finding: Finding, rank: (finding: Finding) => number): boolean {
  if (rank(chain) >= rank(finding)) return true;
  const techniques = new Set(chain.techniques.map(({ id }) => id));
  return (
    rank(finding) <= severityRank("medium") &&
    finding.techniques.length > 0 &&
    finding.techniques.every(({ id }) => techniques.has(id))
  );
}

/**
 * Leaves out a correlation whose every cited event stands in a chain that judges it: the chain tells the same records
 * with what came before and after, and what is missing. Its title goes into the chain's statement.
 */
export function foldIntoChains(
  chains: readonly Finding[],
  correlations: readonly Finding[],
  rank: (finding: Finding) => number,
): { chains: Finding[]; correlations: Finding[] } {
  const titles = new Map<Finding, string[]>();
  const sets = chains.map((chain) => ({ chain, refs: new Set(chain.events.map(({ ref }) => ref)) }));
  const left = correlations.filter((finding) => {
    if (finding.eventsOmitted > 0 || finding.events.length === 0) return true;
    const larger = sets.find(
      ({ chain, refs }) => judges(chain, finding, rank) && finding.events.every(({ ref }) => refs.has(ref)),
    );
    if (!larger) return true;
    titles.set(larger.chain, [...(titles.get(larger.chain) ?? []), finding.title]);
    return false;
  });
  return {
    correlations: left,
    chains: chains.map((chain) => {
      const also = titles.get(chain);
      if (!also) return chain;
      const techniques = [...chain.techniques];
      for (const finding of correlations) {
        if (!also.includes(finding.title)) continue;
        for (const technique of finding.techniques)
          if (!techniques.some(({ id }) => id === technique.id)) techniques.push(technique);
      }
      return {
        ...chain,
        statement: `${chain.statement} The same records meet: ${also.map((title) => `"${title}"`).join(", ")}.`,
        techniques,
      };
    }),
  };
}
