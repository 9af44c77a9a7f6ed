import { countOf, formatCount } from "@firebreak/model/collections";
import type { Finding, Picture } from "@firebreak/model/picture";
import type { Severity } from "@firebreak/model/severity";
import { elide } from "./clean.ts";
import { wrapAtMost } from "./terminal/text.ts";
import {
  confidenceWord,
  formatBytes,
  formatPeriod,
  formatTime,
  severityShape,
  severityWord,
  stateShape,
  stateWord,
} from "./words.ts";

export interface TerminalOptions {
  /** Width to fit; at least 40, 80 when not given. */
  readonly columns?: number;
  /** Adds colour to words and shapes that say the same without it. */
  readonly colour?: boolean;
  /** Where the full report was written, shown at the end. */
  readonly reportPath?: string;
}

type Style = "bold" | "dim" | Severity;

/** SGR parameters, ECMA-48 section 8.3.117. */
const codes: Record<Style, string> = {
  bold: "1",
  dim: "2",
  critical: "1;31",
  high: "31",
  medium: "33",
  low: "32",
  informational: "36",
};

const summaryLinesMax = 8;
const findingsMax = 6;
const namesMax = 6;
const problemsMax = 4;

interface Page {
  readonly columns: number;
  readonly lines: string[];
  paint(style: Style, text: string): string;
}

/** What `firebreak investigate` prints: one screen that names the result and where to read on. Ends in a newline. */
export function renderTerminal(picture: Picture, options: TerminalOptions = {}): string {
  const columns = Math.max(40, options.columns ?? 80);
  const paint = (style: Style, text: string) =>
    options.colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
  const page: Page = { columns, lines: [], paint };
  titleLines(page, picture);
  summaryLines(page, picture);
  findingLines(page, picture);
  entityLines(page, picture);
  researchLines(page, picture);
  coverageLines(page, picture);
  countLines(page, picture);
  if (options.reportPath !== undefined) {
    heading(page, "Report");
    item(page, "", options.reportPath, 3);
  }
  return `${page.lines.join("\n")}\n`;
}

function heading(page: Page, text: string): void {
  page.lines.push("", page.paint("bold", text));
}

/** One entry: `mark` stands in the margin, the text is wrapped beside it. */
function item(page: Page, mark: string, text: string, linesMax: number, style?: Style): void {
  const indent = 2 + (mark === "" ? 0 : mark.length + 1);
  const lines = wrapAtMost(elide(text, 2000).text, page.columns - indent, linesMax);
  lines.forEach((line, i) => {
    const margin = i > 0 || mark === "" ? " ".repeat(indent) : `  ${style ? page.paint(style, mark) : mark} `;
    page.lines.push(margin + line);
  });
}

function titleLines(page: Page, { case: { organisation } }: Picture): void {
  const [line = ""] = wrapAtMost(`Incident picture: ${elide(organisation.name, 200).text}`, page.columns, 1);
  page.lines.push(page.paint("bold", line));
}

function summaryLines(page: Page, { case: { summary } }: Picture): void {
  heading(page, "What happened");
  const start = page.lines.length;
  for (const line of summary) item(page, "-", line, summaryLinesMax);
  if (page.lines.length - start > summaryLinesMax) {
    page.lines.length = start + summaryLinesMax - 1;
    item(page, "", `… the report has all ${countOf(summary.length, "statement")}.`, 1);
  }
  if (summary.length === 0) item(page, "", "The evidence supports no statement.", 1);
}

function findingLines(page: Page, { findings }: Picture): void {
  heading(page, `Findings (${formatCount(findings.length)})`);
  if (findings.length === 0) item(page, "", "None. See what was looked at, below.", 1);
  for (const finding of findings.slice(0, findingsMax)) {
    const { severity } = finding;
    item(
      page,
      severityShape[severity],
      `${severityWord[severity].toUpperCase()}  ${finding.title}`,
      2,
      severity,
    );
    item(page, " ", detail(finding, page.columns < 110 ? 1 : 3), 2);
  }
  more(page, findings.length - findingsMax);
}

function detail({ confidence, steps, events, eventsOmitted }: Finding, refsMax: number): string {
  const met = steps ? `, ${steps.filter((step) => step.met).length} of ${steps.length} steps` : "";
  const refs = events.slice(0, refsMax).map(({ ref }) => `[${ref}]`);
  const left = events.length - refs.length + eventsOmitted;
  const rest = left > 0 ? ` and ${formatCount(left)} more` : "";
  return `${Math.round(confidence)} of 100, ${confidenceWord(confidence)}${met}; ${refs.join(" ")}${rest}`;
}

function entityLines(page: Page, { entities }: Picture): void {
  const shown = (["confirmed", "suspected", "cleared", "not-examined"] as const).flatMap((state) => {
    const names = namesOf(entities.filter((entity) => entity.state === state));
    return names.length > 0 ? [{ state, names }] : [];
  });
  if (shown.length === 0) return;
  heading(page, "Scope");
  for (const { state, names } of shown) {
    const left = names.length - namesMax;
    const rest = left > 0 ? ` and ${formatCount(left)} more` : "";
    item(page, stateShape[state], `${stateWord[state]}: ${names.slice(0, namesMax).join(", ")}${rest}`, 3);
  }
}

/** A name that a host and an account share is told with its type. */
function namesOf(entities: Picture["entities"]): string[] {
  const counts = new Map<string, number>();
  for (const { value } of entities)
    counts.set(value.toLowerCase(), (counts.get(value.toLowerCase()) ?? 0) + 1);
  return entities.map(({ type, value }) => {
    const name = elide(value, 60).text;
    return counts.get(value.toLowerCase())! > 1 ? `${type} ${name}` : name;
  });
}

function researchLines(page: Page, { research }: Picture): void {
  if (research.length === 0) return;
  heading(page, `Needs more research (${formatCount(research.length)})`);
  for (const { question } of research.slice(0, 3)) item(page, "?", question, 2);
  more(page, research.length - 3);
}

function coverageLines(page: Page, { coverage }: Picture): void {
  heading(page, "Looked at");
  const dated = coverage.flatMap(({ first, last }) =>
    first !== null && last !== null ? [{ first, last }] : [],
  );
  const first = dated.map((row) => row.first).sort()[0];
  const last = dated
    .map((row) => row.last)
    .sort()
    .at(-1);
  const period = first === undefined ? "no dated record" : `${formatPeriod(first, last ?? null)} UTC`;
  item(page, "", `${countOf(coverage.length, "source")}, ${period}`, 2);
  const gaps = coverage.flatMap(({ source, gaps }) => gaps.map((gap) => ({ source, ...gap })));
  for (const { source, from, to } of gaps.slice(0, problemsMax))
    item(page, "!", `Gap in ${elide(source, 120).text}: ${formatTime(from)} to ${formatTime(to)}`, 2);
  more(page, gaps.length - problemsMax, "gap");
}

function countLines(page: Page, { counts, evidence }: Picture): void {
  heading(page, "Evidence");
  const { files, bytes, records, rejected, undated, detections } = counts;
  const parts = [
    countOf(files, "file"),
    formatBytes(bytes),
    countOf(records, "record"),
    `${formatCount(rejected)} rejected`,
    `${formatCount(undated)} undated`,
    countOf(detections, "detection"),
  ];
  item(page, "", parts.join(", "), 2);
  const problems = evidence.flatMap(({ path, format, rejected, records }) => {
    if (format === "unrecognised") return [`${elide(path, 120).text}: no known format, not read`];
    return rejected > 0
      ? [`${elide(path, 120).text}: ${formatCount(rejected)} of ${formatCount(records + rejected)} rejected`]
      : [];
  });
  for (const problem of problems.slice(0, problemsMax)) item(page, "!", problem, 2);
  more(page, problems.length - problemsMax, "file");
}

function more(page: Page, count: number, one = ""): void {
  if (count > 0)
    item(
      page,
      "",
      `and ${formatCount(count)} more${one === "" ? "" : ` ${count === 1 ? one : `${one}s`}`} in the report`,
      1,
    );
}
