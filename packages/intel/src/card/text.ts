import { countOf } from "@firebreak/model/collections";
import type { Card, CardRelation } from "./card.ts";

const shownRelations = 10;
const shownReasons = 12;

/** A card as text for a terminal: verdict first, then why, then who said what. Computes nothing. */
export function cardText(card: Card): string {
  const { observable, verdict, confidence, asOf } = card;
  const lines = [
    `${observable.type} ${observable.value}`,
    `  ${verdict.toUpperCase()}${confidence > 0 ? `, confidence ${confidence} of 100` : ""}, as of ${asOf}`,
    ...section(
      "Why",
      card.reasons
        .slice(0, shownReasons)
        .map(({ text, weight }) => `[${String(weight).padStart(2)}] ${text}`),
    ),
    ...left(card.reasons.length, shownReasons, "reason"),
    ...section(
      "Sources",
      card.sources
        .filter(({ state, kept }) => state !== "not asked" || kept !== null)
        .map(({ title, part, summary }) => `${title}${part === "report" ? "" : `, ${part}`}: ${summary}`),
    ),
    ...section("Seen in our logs (observation)", sightingLines(card)),
    ...section(
      "Seen in sandboxes (capability)",
      card.capability.map(({ text }) => text),
    ),
    ...section("Relations", card.relations.slice(0, shownRelations).map(relationLine)),
    ...left(card.relations.length, shownRelations, "relation"),
    ...section(
      "Techniques",
      card.techniques.map(({ id, why }) => `${id} ${why}`),
    ),
    ...section("Notes", card.notes),
    ...section("Not asked", unasked(card)),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : [`  ${title}`, ...rows.map((row) => `    ${row}`)];
}

function left(count: number, shown: number, noun: string): string[] {
  return count > shown ? [`    … ${countOf(count - shown, `more ${noun}`)} with --json`] : [];
}

function relationLine({ kind, target, detections, own, detail }: CardRelation): string {
  const found = detections === null ? "" : ` ${detections.positive} of ${detections.total}`;
  return `${kind} ${target.type} ${target.value}${found}${own ? " (this case's own)" : ""}${detail === null ? "" : ` ${detail}`}`;
}

function sightingLines({ sightings }: Card): string[] {
  if (sightings === null) return ["the case holds no logs"];
  const { count, first, last, undated, events, asSource, asDestination, coverage } = sightings;
  if (count === 0) return [`no record (${coverage})`];
  return [
    `${countOf(count, "record")}: first ${first ?? "undated"}, last ${last ?? "undated"}${undated > 0 ? `, ${undated} undated` : ""}; as source ${asSource}, as destination ${asDestination}`,
    `events ${events.join(", ")}`,
  ];
}

/** Sources that were never asked, in one line for each reason. */
function unasked({ sources }: Card): string[] {
  const never = sources.filter(({ state, kept }) => state === "not asked" && kept === null);
  const byWhy = Map.groupBy(never, ({ summary }) => summary.replace(/^not asked: /, ""));
  return [...byWhy].map(([why, rows]) => `${rows.map(({ title }) => title).join(", ")}: ${why}`);
}
