import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import { formatDuration } from "@firebreak/model/duration";
import type { ClockStatement, Coverage } from "@firebreak/model/picture";
import { type ClockSetting, durationWords } from "../clock/setting.ts";
import { type Gap, gapsOf, hourMs } from "../ingest/gaps.ts";
import { isoOf } from "./rows.ts";
import type { Scene } from "./scene.ts";

const shownGaps = 10;

interface HourRow {
  evidence: string;
  hour: number;
}

/** What each source covers and where it is silent: a claim of absence needs a row here. */
export async function describeCoverage(scene: Scene): Promise<Coverage[]> {
  const hours = new Map<string, number[]>();
  const rows = scene.store.batches<HourRow>(
    `SELECT evidence, ms // ${hourMs} AS hour FROM events WHERE ms IS NOT NULL GROUP BY ALL ORDER BY evidence, hour`,
  );
  for await (const batch of rows)
    for (const { evidence, hour } of batch) getOrMake(hours, evidence, () => []).push(hour);
  return scene.receipts
    .filter(({ records }) => records > 0)
    .map((receipt) => {
      const gaps = gapsOf(hours.get(receipt.id) ?? []);
      const undated =
        receipt.undated > 0 ? ` ${countOf(receipt.undated, "record")} without a usable time.` : "";
      const silence =
        gaps.length > 0
          ? ` ${countOf(gaps.length, "gap")}, the longest ${formatDuration(longest(gaps))}.`
          : "";
      return {
        source: receipt.path,
        kind: receipt.format,
        first: receipt.first,
        last: receipt.last,
        records: receipt.records,
        gaps: gaps.slice(0, shownGaps).map(({ from, to }) => ({ from: isoOf(from)!, to: isoOf(to)! })),
        statement: `${countOf(receipt.records, "record")}${receipt.first ? ` from ${receipt.first} to ${receipt.last}` : ""}.${undated}${silence}`,
      };
    })
    .sort((a, b) => compareText(a.source, b.source));
}

function longest(gaps: readonly Gap[]): number {
  return Math.max(...gaps.map(({ from, to }) => to - from));
}

/** How the times of each source were read: in which zone, and who said so. */
export function describeClocks(scene: Scene): ClockStatement[] {
  return scene.receipts
    .filter(({ zone }) => zone !== null)
    .map((receipt) => {
      const set = scene.clocks.get(receipt.id);
      if (set) return setClockStatement(receipt, set);
      const assumed = receipt.zone!.includes("assumed");
      const source = /\(([a-z-]+)\)/.exec(receipt.zone!)?.[1] ?? "in-record";
      return {
        source: receipt.path,
        zone: receipt.zone!.replace(/ \([a-z-]+\)/g, ""),
        zoneSource: source,
        offsetSeconds: 0,
        statement: assumed
          ? "The records carry no zone and nobody stated one: read as UTC, which may be hours off. State it with --timezone or in the organisation profile."
          : source === "in-record"
            ? "Each record states its own zone or is UTC by format."
            : `The zone comes from ${zoneWords[source] ?? source}.`,
        anchors: 0,
        events: [],
      };
    });
}

function setClockStatement(receipt: Scene["receipts"][number], set: ClockSetting): ClockStatement {
  const parts = [
    set.zone !== undefined && `times whose record names no zone are read in ${set.zone}`,
    set.aheadMs !== 0 &&
      `the clock was ${durationWords(set.aheadMs)} ${set.aheadMs < 0 ? "slow: that is added to" : "fast: that is taken from"} every time`,
  ].filter((part) => part !== false);
  return {
    source: receipt.path,
    zone: receipt.zone!.replace(/ \([a-z-]+\)/g, ""),
    zoneSource: set.zone === undefined ? "clock-error-set" : "clock-set",
    offsetSeconds: set.aheadMs / 1000,
    statement: `Set by a person (in the ledger): ${parts.join("; ") || "as read"}. The evidence keeps its recorded times.`,
    anchors: 0,
    events: [],
  };
}

const zoneWords: Record<string, string> = {
  "file-header": "the file's own header",
  "format-default": "the format's documented default",
  "case-setting": "the case's settings (--timezone or the organisation profile)",
  inferred: "times inside the records that prove it",
};
