import type { Lane } from "../blocks.ts";
import { elide } from "../clean.ts";
import { countOf, formatTime, severityShape, severityWord } from "../words.ts";
import { escapeHtml, htmlText } from "./escape.ts";

const width = 960;
const labelWidth = 300;
const right = 24;
const laneHeight = 30;
const top = 14;
const minuteMs = 60_000;
/** Tick distances that people read easily. */
const ticksMs = [
  1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400, 43200, 144000, 525600,
].map((minutes) => minutes * minuteMs);

interface Scale {
  readonly from: number;
  readonly to: number;
  x(ms: number): string;
}

/** The timeline overview, drawn once when the report is made: it needs no script and prints. */
export function figureHtml(caption: string, lanes: readonly Lane[]): string {
  const scale = scaleOf(lanes);
  if (!scale) return "";
  const bottom = top + lanes.length * laneHeight;
  const described = `${caption}. From ${instant(scale.from)} to ${instant(scale.to)} UTC, ${countOf(lanes.length, "row")}. The table below holds the same events.`;
  return `<figure class="scroll" tabindex="0" role="region" aria-label="${htmlText(caption)}">
<svg class="overview" viewBox="0 0 ${width} ${bottom + 34}" width="${width}" height="${bottom + 34}" role="img" aria-label="${htmlText(described)}">
${axis(scale, bottom)}
${lanes.map((lane, i) => laneSvg(lane, top + i * laneHeight + laneHeight / 2, scale)).join("\n")}
</svg>
<figcaption>${htmlText(caption)}</figcaption></figure>`;
}

function scaleOf(lanes: readonly Lane[]): Scale | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { span, marks } of lanes) {
    for (const ms of span ? [...span, ...marks] : marks) {
      from = Math.min(from, ms);
      to = Math.max(to, ms);
    }
  }
  if (from > to) return undefined;
  const margin = Math.max((to - from) * 0.02, minuteMs);
  from -= margin;
  to += margin;
  const perMs = (width - labelWidth - right) / (to - from);
  return { from, to, x: (ms) => (labelWidth + (ms - from) * perMs).toFixed(1) };
}

function axis({ from, to, x }: Scale, bottom: number): string {
  const step = ticksMs.find((ms) => (to - from) / ms <= 6) ?? ticksMs.at(-1)!;
  const parts: string[] = [];
  let day = "";
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const [date = "", clock = ""] = new Date(at).toISOString().split("T");
    parts.push(`<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${bottom}"/>`);
    if (step < 1440 * minuteMs)
      parts.push(`<text class="tick" x="${x(at)}" y="${bottom + 15}">${clock.slice(0, 5)}</text>`);
    if (date !== day) parts.push(`<text class="tick" x="${x(at)}" y="${bottom + 29}">${date}</text>`);
    day = date;
  }
  return `<g aria-hidden="true">${parts.join("")}</g>`;
}

function laneSvg({ label, severity, span, marks }: Lane, y: number, { x }: Scale): string {
  const name = severity ?? "other";
  const shape = severity ? `${severityShape[severity]} ` : "";
  const word = severity ? `${severityWord[severity]}: ` : "";
  const parts = [
    `<line class="rail" x1="${labelWidth}" x2="${width - right}" y1="${y}" y2="${y}"/>`,
    `<text class="lane" x="0" y="${y + 4}"><tspan class="${name}">${shape}</tspan>${escapeHtml(shorten(label))}</text>`,
  ];
  if (span) {
    const length = Math.max(Number(x(span[1])) - Number(x(span[0])), 3).toFixed(1);
    parts.push(
      `<rect class="span ${name}" x="${x(span[0])}" y="${y - 5}" width="${length}" height="10" rx="5"/>`,
    );
  }
  // Marks that fall on the same tenth of a unit cannot be told apart.
  for (const cx of new Set(marks.map(x))) parts.push(`<circle class="${name}" cx="${cx}" cy="${y}" r="4"/>`);
  return `<g><title>${word}${escapeHtml(elide(label, 200).text)}</title>${parts.join("")}</g>`;
}

/** SVG text does not wrap: about 40 characters fit beside the lanes. */
function shorten(label: string): string {
  const text = elide(label, 400).text;
  return text.length > 42 ? `${[...text].slice(0, 40).join("").trimEnd()}…` : text;
}

function instant(ms: number): string {
  return formatTime(`${new Date(ms).toISOString().slice(0, 16)}Z`);
}
