import { formatCount } from "@firebreak/model/collections";
import type { Picture } from "@firebreak/model/picture";
import type { Block, Column, Inline, Text } from "./blocks.ts";
import { type CitationIndex, ranges } from "./citations.ts";
import { markdownCode, markdownText } from "./markdown/escape.ts";
import { buildReport, type ReportOptions } from "./report.ts";
import {
  confidenceWord,
  formatPeriod,
  formatTime,
  severityShape,
  severityWord,
  stateShape,
  stateWord,
} from "./words.ts";

type BlockOf<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

/** The report as GitHub-flavoured Markdown: the same sections and words as the HTML page, without the drawing. */
export function renderMarkdown(picture: Picture, options: ReportOptions = {}): string {
  const { title, subtitle, sections, index } = buildReport(picture, options);
  const parts = [`# ${markdownText(title)}`, markdownText(subtitle)];
  for (const section of sections) {
    parts.push(`<a id="${section.id}"></a>`, `## ${markdownText(section.title)}`);
    for (const block of section.blocks) parts.push(one(block, index, 3));
  }
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function one(block: Block, index: CitationIndex, level: number): string {
  const line = (text: Text) => lineOf(text, index);
  const all = (blocks: readonly Block[]) => blocks.map((inner) => one(inner, index, level + 1)).join("\n\n");
  const head = (text: string) => `${"#".repeat(level)} ${markdownText(text)}`;
  switch (block.kind) {
    case "heading":
      return head(block.text);
    case "paragraph":
      return line(block.text);
    case "list":
      return block.items.map((item) => `- ${line(item)}`).join("\n");
    case "facts":
      return block.items.map(({ term, text }) => factLine(term, line(text))).join("\n");
    case "stats":
      return block.items
        .map(({ label, value }) => `- **${markdownText(value)}** ${markdownText(label)}`)
        .join("\n");
    case "steps":
      return block.items
        .map(({ isMet, text }, i) => `${i + 1}. **${isMet ? "✓ Seen" : "○ Not seen"}** ${line(text)}`)
        .join("\n");
    case "callout":
      return `${head(block.title)}\n\n${all(block.blocks)}`;
    case "card":
      return `<a id="${block.id}"></a>\n\n${head(`${block.label}: ${block.title}`)}\n\n${line(block.meta)}\n\n${all(block.blocks)}`;
    case "figure":
      return laneTable(block);
    case "table":
      return tableOf(
        block.caption,
        block.columns,
        block.rows.map((cells) => cells.map(line)),
      );
  }
}

function factLine(term: string, text: string): string {
  return term === "" ? `  - ${text}` : `- **${markdownText(term, 80)}:** ${text}`;
}

function tableOf(caption: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map(({ title }) => markdownText(title));
  const rule = columns.map(({ fit }) => (fit === "number" ? "---:" : "---"));
  const lines = [titles, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `*${markdownText(caption)}*\n\n${lines.join("\n")}`;
}

/** The overview as a table: what the drawing shows, in numbers. */
function laneTable({ caption, lanes }: BlockOf<"figure">): string {
  const columns: Column[] = [{ title: "Row" }, { title: "Period (UTC)" }, { title: "Events", fit: "number" }];
  const rows = lanes.map(({ label, severity, span, marks }) => {
    const sign = severity ? `${severityShape[severity]} ${severityWord[severity]}: ` : "";
    const [first, last] = span ?? [Math.min(...marks), Math.max(...marks)];
    const period = formatPeriod(instant(first), instant(last));
    return [`${sign}${markdownText(label, 200)}`, markdownText(period), formatCount(marks.length)];
  });
  return tableOf(caption, columns, rows);
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

function lineOf(text: Text, index: CitationIndex): string {
  const line = text.map((inline) => inlineOf(inline, index)).join("");
  return line.trim();
}

function inlineOf(inline: Inline, index: CitationIndex): string {
  if (typeof inline === "string") return markdownText(inline);
  switch (inline.kind) {
    case "value":
      return markdownCode(inline.text);
    case "command":
      return markdownCode(inline.text, 2000);
    case "strong":
      return `**${markdownText(inline.text)}**`;
    case "muted":
      return markdownText(inline.text);
    case "cite":
      return citesOf(inline.refs, inline.omitted, index);
    case "severity":
      return `${severityShape[inline.severity]} **${severityWord[inline.severity]}**`;
    case "state":
      return `${stateShape[inline.state]} **${stateWord[inline.state]}**`;
    case "confidence":
      return `${Math.round(inline.confidence)} of 100, ${confidenceWord(inline.confidence)}`;
    case "time":
      return markdownText(formatTime(inline.time), 40);
    case "period":
      return markdownText(formatPeriod(inline.first, inline.last), 100);
    case "link":
      return `[${markdownText(inline.text, 400)}](#${inline.to})`;
    case "anchor":
      return `<a id="${inline.id}"></a>${markdownText(inline.text)}`;
    case "break":
      return "<br>";
  }
}

function citesOf(refs: readonly string[], omitted: number, index: CitationIndex): string {
  const numbers = refs.flatMap((ref) => index.numberOf(ref) ?? []);
  const unknown = refs.filter((ref) => index.numberOf(ref) === undefined);
  const parts = ranges(numbers).map(([first, last]) => {
    const label = first === last ? `\\[${first}\\]` : `\\[${first}–${last}\\]`;
    return `[${label}](#r${first})`;
  });
  for (const ref of unknown) parts.push(markdownCode(ref, 60));
  if (omitted > 0) parts.push(`(${formatCount(omitted)} more in the case)`);
  return parts.join(" ");
}
