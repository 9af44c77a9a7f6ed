import { countOf } from "@firebreak/model/collections";
import type { ClockStatement, ResearchQuestion } from "@firebreak/model/picture";
import { durationWords } from "../clock/setting.ts";
import { type ClockComparison, suggestClocks } from "../clock/suggest.ts";
import { findingId, type Scene } from "./scene.ts";

/** Above this the comparison is left to `clock suggest`: its keys are read from every event. */
const maxRecords = 200_000;

/** Sources whose clocks differ by moments that both recorded. Suggested, never applied. */
export async function compareClocks(
  scene: Scene,
): Promise<{ clocks: ClockStatement[]; research: ResearchQuestion[] }> {
  const records = scene.receipts.reduce((sum, receipt) => sum + receipt.records, 0);
  if (records > maxRecords) return { clocks: [], research: [notCompared(records)] };
  const { comparisons } = await suggestClocks(scene.store, scene.receipts, scene.clocks);
  const suggested = comparisons.filter(({ verdict }) => verdict === "suggested");
  return {
    clocks: suggested.map((one) => statementOf(scene, one)),
    research: suggested.map((one) => questionOf(one)),
  };
}

function differenceText({
  source,
  reference,
  offsetMs,
  zoneMs,
  errorMs,
  anchors,
  spreadMs,
}: ClockComparison): string {
  const parts = [
    zoneMs !== 0 && `${durationWords(zoneMs)} of it is another zone`,
    errorMs !== 0 &&
      `${durationWords(errorMs)} ${zoneMs === 0 ? "" : "of it "}is its clock, ${errorMs < 0 ? "slow" : "fast"}`,
  ].filter((part) => part !== false);
  return `${source.path} is ${durationWords(offsetMs)} ${offsetMs < 0 ? "behind" : "ahead of"} ${reference.path} by ${countOf(anchors, "moment")} that both recorded, to within ${durationWords(spreadMs)}: ${parts.join(", ")}.`;
}

function statementOf(scene: Scene, one: ClockComparison): ClockStatement {
  const zone = scene.receipts.find(({ id }) => id === one.source.id)?.zone ?? "unknown";
  return {
    source: one.source.path,
    zone: zone.replace(/ \([a-z-]+\)/g, ""),
    zoneSource: /\(([a-z-]+)\)/.exec(zone)?.[1] ?? "in-record",
    offsetSeconds: one.offsetMs / 1000,
    statement: `${differenceText(one)} Suggested, not applied: every time is shown as it was read.`,
    anchors: one.anchors,
    events: one.examples.flatMap(({ source, reference }) => [source, reference]),
  };
}

function questionOf(one: ClockComparison): ResearchQuestion {
  return {
    id: findingId("question", "clock-comparison", one.source.path, one.reference.path),
    question: `Which is right: the clock of ${one.source.path} or that of ${one.reference.path}?`,
    why: differenceText(one),
    query: `ask the owners of both; if ${one.reference.path} is right: firebreak clock set CASE ${JSON.stringify(one.source.path)} ${JSON.stringify(one.setting)}`,
    wouldChange: "Order and gaps between the records of these sources move by the difference.",
    events: one.examples.flatMap(({ source, reference }) => [source, reference]),
  };
}

function notCompared(records: number): ResearchQuestion {
  return {
    id: findingId("question", "clock-comparison"),
    question: "Do the clocks of the sources agree?",
    why: `They were not compared: the case has ${records} records, more than the ${maxRecords} up to which that is done by itself.`,
    query: "firebreak clock suggest CASE",
    wouldChange: "A source with another zone or a wrong clock changes the order of what is told here.",
    events: [],
  };
}
