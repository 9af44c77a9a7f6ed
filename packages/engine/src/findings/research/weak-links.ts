import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatDuration } from "@firebreak/model/duration";
import type { ResearchQuestion } from "@firebreak/model/picture";
import { parse as parseYaml } from "yaml";
import { contentDir } from "../../content.ts";
import { durationMs } from "../chains/spec.ts";
import { type EventRow, eventOrder, eventRowColumns, matchJoin, refOf } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";

interface WeakLink {
  id: string;
  /** Names of rules. */
  a: string;
  b: string;
  within: string;
  question: string;
  why: string;
  query: string;
  wouldChange: string;
}

/** Pairs of events that people tend to connect: the nearest pair is told with its gap, as a question and never as a finding. */
export async function weakLinks(scene: Scene): Promise<ResearchQuestion[]> {
  const { links } = parseYaml(readFileSync(join(contentDir, "knowledge", "weak-links.yml"), "utf8")) as {
    links: WeakLink[];
  };
  const questions: ResearchQuestion[] = [];
  for (const link of links) {
    const a = await rowsOfRule(scene, link.a);
    const b = await rowsOfRule(scene, link.b);
    const pair = nearestPair(a, b, durationMs(link.within));
    if (pair) questions.push(toQuestion(scene, link, pair));
  }
  return questions;
}

async function rowsOfRule(scene: Scene, name: string): Promise<EventRow[]> {
  const number = scene.ruleSet.rules.findIndex((rule) => rule.name === name);
  if (number < 0) return [];
  return scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM matches m JOIN ${scene.tableOf([number])} e ON ${matchJoin} WHERE m.rule = ${number} AND e.ms IS NOT NULL ORDER BY ${eventOrder} LIMIT 2000`,
  );
}

function nearestPair(
  a: readonly EventRow[],
  b: readonly EventRow[],
  withinMs: number,
): [EventRow, EventRow] | undefined {
  let best: [EventRow, EventRow] | undefined;
  let bestGap = withinMs;
  for (const one of a) {
    for (const other of b) {
      const gap = Math.abs(one.ms! - other.ms!);
      if (gap <= bestGap && refOf(one) !== refOf(other)) {
        best = [one, other];
        bestGap = gap;
      }
    }
  }
  return best;
}

function toQuestion(scene: Scene, link: WeakLink, [a, b]: [EventRow, EventRow]): ResearchQuestion {
  const where =
    a.host && b.host
      ? a.host === b.host
        ? `both on ${a.host}`
        : `on ${a.host} and ${b.host}`
      : "on machines that are not both named";
  return {
    id: findingId("question", "weak-link", link.id),
    question: link.question,
    why: `Weak link: ${refOf(a)} and ${refOf(b)}, ${where}, lie ${formatDuration(a.ms! - b.ms!)} apart, and nothing else ties them. ${link.why}`,
    query: link.query,
    wouldChange: link.wouldChange,
    events: [scene.cite(a), scene.cite(b)],
  };
}
