import { countOf } from "@firebreak/model/collections";
import type { Lane } from "../blocks.ts";
import { elide } from "../clean.ts";
import { formatTime, severityShape, severityWord } from "../words.ts";
import { escapeHtml, htmlText } from "./escape.ts";
import { type Stretch, stretchesOf, ticksOf, xOf } from "./scale.ts";

const width = 960;
const left = 330;
const right = width - 8;
const top = 8;
const laneHeight = 30;
const axisHeight = 38;

/** The timeline overview, drawn once when the report is made: it needs no script and prints. */
export function figureHtml(caption: string, lanes: readonly Lane[]): string {
  const times = lanes
    .flatMap(({ span, marks }) => (span ? [...span, ...marks] : marks))
    .sort((a, b) => a - b);
  const stretches = stretchesOf(times, left, right);
  if (stretches.length === 0) return "";
  const bottom = top + lanes.length * laneHeight;
  const height = bottom + axisHeight;
  const from = instant(times[0]!);
  const described = `${caption}. From ${from} to ${instant(times.at(-1)!)} UTC, ${countOf(lanes.length, "row")}. The table below holds the same events.`;
  return `<figure><div class="scroll" tabindex="0" role="group" aria-label="${htmlText(caption)}">
<svg class="overview" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${htmlText(described)}">
<g aria-hidden="true">${stretches.map((stretch) => axisSvg(stretch, stretches, bottom)).join("\n")}
${stretches
  .slice(1)
  .map((stretch, i) => breakSvg(stretches[i]!, stretch, bottom))
  .join("\n")}</g>
${lanes.map((lane, i) => laneSvg(lane, top + (i + 0.5) * laneHeight, stretches)).join("\n")}
</svg></div>
<figcaption>${htmlText(caption)}</figcaption></figure>`;
}

function axisSvg(stretch: Stretch, stretches: readonly Stretch[], bottom: number): string {
  const parts = [
    `<line class="axis" x1="${px(stretch.x)}" x2="${px(stretch.x + stretch.width)}" y1="${bottom}" y2="${bottom}"/>`,
  ];
  let day = "";
  let dayEnd = 0;
  for (const at of ticksOf(stretch)) {
    const x = xOf(at, stretches);
    const [date = "", clock = ""] = new Date(at).toISOString().split("T");
    parts.push(`<line class="grid" x1="${px(x)}" x2="${px(x)}" y1="${top}" y2="${bottom}"/>`);
    parts.push(`<text class="tick" x="${px(x)}" y="${bottom + 15}">${clock.slice(0, 5)}</text>`);
    if (date === day || x < dayEnd) continue;
    parts.push(`<text class="tick" x="${px(x)}" y="${bottom + 30}">${date}</text>`);
    day = date;
    dayEnd = x + 72;
  }
  return parts.join("");
}

/** A pause that is not drawn to scale: two strokes, and how long it is. */
function breakSvg(before: Stretch, after: Stretch, bottom: number): string {
  const x = (before.x + before.width + after.x) / 2;
  const stroke = (at: number) =>
    `<line class="axis" x1="${px(at - 3)}" x2="${px(at + 3)}" y1="${bottom + 5}" y2="${bottom - 5}"/>`;
  return `${stroke(x - 4)}${stroke(x + 4)}<text class="tick" x="${px(x)}" y="${bottom + 15}">${duration(after.from - before.to)}</text>`;
}

function laneSvg({ label, severity, span, marks }: Lane, y: number, stretches: readonly Stretch[]): string {
  const name = severity ?? "other";
  const shape = severity ? `${severityShape[severity]} ` : "";
  const word = severity ? `${severityWord[severity]}: ` : "";
  const parts = [
    `<line class="rail" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/>`,
    `<text class="lane" x="0" y="${y + 4}"><tspan class="${name}">${shape}</tspan>${escapeHtml(shorten(label))}</text>`,
  ];
  if (span) {
    const [x1, x2] = [xOf(span[0], stretches), xOf(span[1], stretches)];
    const length = Math.max(x2 - x1, 3);
    parts.push(
      `<rect class="span ${name}" x="${px(x1)}" y="${y - 5}" width="${px(length)}" height="10" rx="5"/>`,
    );
  }
  // Marks that fall on the same tenth of a unit cannot be told apart.
  for (const cx of new Set(marks.map((ms) => px(xOf(ms, stretches)))))
    parts.push(`<circle class="${name}" cx="${cx}" cy="${y}" r="4"/>`);
  return `<g><title>${word}${escapeHtml(elide(label, 200).text)}</title>${parts.join("")}</g>`;
}

/** SVG text does not wrap: this many characters fit beside the lanes. */
const labelMax = 42;

function shorten(label: string): string {
  const text = elide(label, 400).text;
  return text.length > labelMax
    ? `${[...text]
        .slice(0, labelMax - 1)
        .join("")
        .trimEnd()}…`
    : text;
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}

function instant(ms: number): string {
  return formatTime(`${new Date(ms).toISOString().slice(0, 16)}Z`);
}

/** One decimal is finer than any screen shows at this size. */
function px(value: number): string {
  return value.toFixed(1);
}
