import { getOrMake } from "@firebreak/model/collections";
import type { ResearchQuestion } from "@firebreak/model/picture";
import { type EventRow, isSignIn, refOf, rowsWhere, sqlText } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";

interface NamedPair {
  host: string;
  user_domain: string | null;
  machine: string;
  domain: string | null;
}

/** More pairs than this are no conflict but the way this place names its machines. */
const maxPairs = 2000;

/**
 * Records of one machine that name a local account of another known machine: either the record was filed under the
 * wrong machine or the account was used across machines. Sign-ins over the network do that normally and are left out.
 */
export async function identityConflicts(scene: Scene): Promise<ResearchQuestion[]> {
  const named = await scene.store.query<NamedPair>(
    `SELECT host, user_domain, lower(split_part(host, '.', 1)) AS machine, lower(user_domain) AS domain
     FROM (SELECT DISTINCT host, user_domain FROM events WHERE host IS NOT NULL) ORDER BY ALL`,
  );
  const machines = new Set(named.map(({ machine }) => machine));
  const conflicts = named.filter(
    ({ machine, domain }) => domain !== null && domain !== machine && machines.has(domain),
  );
  if (conflicts.length === 0) return [];
  const list = conflicts
    .slice(0, maxPairs)
    .map(({ host, user_domain }) => `(${sqlText(host)}, ${sqlText(user_domain!)})`);
  const rows = await scene.store.query<EventRow>(
    rowsWhere(
      `e.user_domain IS NOT NULL AND (e.host, e.user_domain) IN (${[...new Set(list)].join(",")}) AND NOT coalesce(${isSignIn}, false)`,
      { limit: 5000 },
    ),
  );
  const pairs = new Map<string, EventRow[]>();
  for (const row of rows) getOrMake(pairs, `${row.host}\0${row.user_domain}`, () => []).push(row);
  return [...pairs.values()].map((found) => {
    const { host, user_domain: domain } = found[0]!;
    return {
      id: findingId("question", "identity", host!, domain!),
      question: `${found.length === 1 ? "Does the record" : `Do the ${found.length} records`} filed under ${host} belong to ${host} or to ${domain}?`,
      why: `The record names the computer ${host} and an account of ${domain} (${domain}\\${found[0]!.user_name ?? "?"}): ${found.slice(0, 5).map(refOf).join(", ")}.`,
      query: `records of event id ${found[0]!.code ?? "?"} in the original logs of both ${host} and ${domain}`,
      wouldChange: `It decides which of the two machines the activity is counted against.`,
      events: found.slice(0, 20).map(scene.cite),
    };
  });
}
