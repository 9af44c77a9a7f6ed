import type { HuntSummary } from "@firebreak/engine/hunt/summary";
import { countOf, formatCount } from "@firebreak/model/collections";
import { formatInstant } from "@firebreak/model/time";

/** What a hunt found, for a person: a dozen lines, and more only where there is more to tell. */
export function huntSummary(summary: HuntSummary, elapsedMs: number): string {
  const { files, records, bytes, detections } = summary;
  const rate = elapsedMs > 0 ? bytes / elapsedMs / 1000 : 0;
  const read = `${countOf(files, "file")}, ${countOf(records, "record")}, ${(bytes / 1e6).toFixed(1)} MB in ${(elapsedMs / 1000).toFixed(2)} s (${rate.toFixed(0)} MB/s)`;
  if (detections === 0) return `${read}\nno detections`;
  const { computers, computerCount, techniques, rules, ruleCount, firstMs, lastMs, histogram } = summary;
  const lines = [
    read,
    `${countOf(detections, "detection")} of ${countOf(ruleCount, "rule")}`,
    ...summary.byLevel
      .filter((level) => level.detections > 0)
      .map(
        ({ level, detections: count, rules: own }) =>
          `  ${level.padEnd(14)} ${formatCount(count).padStart(10)}  ${countOf(own, "rule")}`,
      ),
  ];
  if (firstMs !== undefined && lastMs !== undefined) {
    lines.push(`first ${instant(firstMs)}, last ${instant(lastMs)}`);
    if (histogram.length > 1) lines.push(`  ${sparkline(histogram)}`);
  }
  if (computers.length > 0) {
    lines.push(computerCount > computers.length ? `computers (${formatCount(computerCount)})` : "computers");
    for (const { name, count } of computers) lines.push(`  ${formatCount(count).padStart(10)}  ${name}`);
  }
  if (techniques.length > 0)
    lines.push(
      `techniques  ${techniques.map(({ name, count }) => `${name} ${formatCount(count)}`).join(", ")}`,
    );
  lines.push("rules, gravest first");
  for (const { name, level, count } of rules)
    lines.push(`  ${formatCount(count).padStart(10)}  ${level.padEnd(13)} ${name}`);
  return lines.join("\n");
}

const bars = "▁▂▃▄▅▆▇█";

/** A column per span of time, its height by the count; a span without any is a blank. */
function sparkline(counts: readonly number[]): string {
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  return counts
    .map((count) => (count === 0 ? " " : bars[Math.ceil((count / most) * bars.length) - 1]))
    .join("")
    .trimEnd();
}

function instant(ms: number): string {
  return formatInstant({ ms, ns: 0 });
}
