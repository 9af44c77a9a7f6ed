import { formatCount } from "@firebreak/model/collections";
import type { Inline, Text } from "../blocks.ts";
import { type CitationIndex, ranges } from "../citations.ts";
import {
  confidenceWord,
  formatTime,
  periodEnds,
  severityShape,
  severityWord,
  stateShape,
  stateWord,
} from "../words.ts";
import { escapeHtml, htmlText } from "./escape.ts";

/** A table cell with a value of thousands of characters buries its neighbours. */
const valueMax = 400;
/** Runs of record numbers behind one statement; what is over is counted. */
const runsMax = 60;

export function inlineHtml(text: Text, index: CitationIndex): string {
  return text.map((inline) => one(inline, index)).join("");
}

function one(inline: Inline, index: CitationIndex): string {
  if (typeof inline === "string") return htmlText(inline);
  switch (inline.kind) {
    case "value":
      return `<code>${htmlText(inline.text, valueMax)}</code>`;
    case "strong":
      return `<strong>${htmlText(inline.text)}</strong>`;
    case "muted":
      return `<span class="muted">${htmlText(inline.text)}</span>`;
    case "command":
      return `<code class="command">${htmlText(inline.text)}</code>`;
    case "cite":
      return citesHtml(inline.refs, inline.omitted, index);
    case "severity":
      return mark(inline.severity, severityShape[inline.severity], severityWord[inline.severity]);
    case "state":
      return mark(inline.state, stateShape[inline.state], stateWord[inline.state]);
    case "confidence":
      return confidenceHtml(inline.confidence);
    case "time":
      return timeHtml(inline.time);
    case "period":
      return periodEnds(inline.first, inline.last)
        .map((end) => `<time>${htmlText(end, 60)}</time>`)
        .join(" – ");
    case "link":
      return `<a href="#${inline.to}">${htmlText(inline.text, valueMax)}</a>`;
    case "anchor":
      return `<span id="${inline.id}">${escapeHtml(inline.text)}</span>`;
    case "break":
      return "<br>";
  }
}

function mark(name: string, shape: string, word: string): string {
  return `<span class="mark ${name}"><span aria-hidden="true">${shape}</span> ${word}</span>`;
}

/** The bar repeats the number for the eye; readers of the page hear number and words. */
function confidenceHtml(confidence: number): string {
  const width = Math.round(Math.min(100, Math.max(0, confidence)) * 0.4);
  const bar = `<svg class="meter" width="40" height="6" aria-hidden="true"><rect class="rail" width="40" height="6" rx="3"/><rect width="${width}" height="6" rx="3"/></svg>`;
  return `<span class="confidence">${bar} ${Math.round(confidence)} of 100, ${confidenceWord(confidence)}</span>`;
}

function timeHtml(time: string | null): string {
  if (time === null) return `<span class="muted">undated</span>`;
  const datetime = escapeHtml(elideTime(time));
  return `<time datetime="${datetime}">${htmlText(formatTime(time), 40)}</time>`;
}

function elideTime(time: string): string {
  return time.length > 40 ? "" : time;
}

function citesHtml(refs: readonly string[], omitted: number, index: CitationIndex): string {
  const parts: string[] = [];
  const numbers: number[] = [];
  for (const ref of refs) {
    const number = index.numberOf(ref);
    if (number !== undefined) numbers.push(number);
    else if (parts.length < runsMax) parts.push(`<code>${htmlText(ref, 60)}</code>`);
  }
  const runs = ranges(numbers);
  for (const [first, last] of runs.slice(0, runsMax)) {
    const label = first === last ? String(first) : `${first}–${last}`;
    parts.push(`<a href="#r${first}">${label}</a>`);
  }
  const more = runs.slice(runsMax).reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const notes = [
    ...(more > 0 ? [`${formatCount(more)} more in the JSON report`] : []),
    ...(omitted > 0 ? [`${formatCount(omitted)} more in the case`] : []),
  ];
  if (parts.length === 0 && notes.length === 0) return "";
  return `<span class="cite">[${[...parts, ...notes].join(", ")}]</span>`;
}
