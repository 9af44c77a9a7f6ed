import { getOrMake } from "@firebreak/model/collections";
import type { ResearchQuestion } from "@firebreak/model/picture";
import { type EventRow, eventOrder, eventRowColumns, refOf } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";

/**
 * Records of one machine that name a local account of another known machine: either the record was filed under the
 * wrong machine or the account was used across machines. Sign-ins over the network do that normally and are left out.
 */
export async function identityConflicts(scene: Scene): Promise<ResearchQuestion[]> {
  const rows = await scene.store.query<EventRow>(
    `WITH domains AS (SELECT DISTINCT lower(user_domain) AS name FROM events WHERE user_domain IS NOT NULL), machines AS (SELECT DISTINCT lower(split_part(host, '.', 1)) AS name FROM events WHERE host IS NOT NULL AND lower(split_part(host, '.', 1)) IN (SELECT name FROM domains))
     SELECT ${eventRowColumns} FROM events e JOIN machines ON lower(e.user_domain) = machines.name
     WHERE lower(split_part(e.host, '.', 1)) <> machines.name AND NOT contains(e.rest, '"authentication"') ORDER BY ${eventOrder} LIMIT 5000`,
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
