import { requireFile } from "@firebreak/engine/case/inputs";
import { openSource } from "@firebreak/engine/evidence/source";
import { explainRecognition, type FileExplanation, type LineExplanation } from "@firebreak/parsers/explain";
import { formats } from "@firebreak/parsers/formats.generated";
import { jsonProducts } from "@firebreak/parsers/json-products/all";
import { payloads } from "@firebreak/parsers/payloads.generated";
import { hanging } from "../terminal/fitted.ts";
import { inert, print } from "../terminal/output.ts";

export function runFormats(options: { json?: boolean; explain?: string }): void {
  if (options.explain !== undefined) {
    explain(options.explain, options.json === true);
    return;
  }
  const rows = [
    ...formats.map(({ name, title, kind, notes }) => ({ name, title, kind, notes })),
    ...payloads.map(({ name, title }) => ({ name, title, kind: "inside syslog", notes: "" })),
    ...jsonProducts.map(({ name, title }) => ({ name, title, kind: "JSON record", notes: "" })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (options.json) {
    print(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, title, notes } of rows)
    print(`${hanging(`${name.padEnd(width)}  `, `${title}${notes ? `: ${notes}` : ""}`)}\n`);
}

const shownLines = 20;
const shownChars = 100;

/** How a file's first bytes are recognised: the votes for the file, for all lines together, and for each line. */
function explain(file: string, json: boolean): void {
  requireFile(file);
  const source = openSource(file);
  try {
    const told = explainRecognition(source, file.split(/[\\/]/).pop() ?? file, formats);
    if (json) print(`${JSON.stringify({ file, bytes: source.size, ...told }, null, 2)}\n`);
    else print(describe(file, source.size, told));
  } finally {
    source.close();
  }
}

function describe(
  file: string,
  bytes: number,
  { encoding, format, documents, lines }: FileExplanation,
): string {
  const out = [
    `${inert(file)}: ${bytes} bytes, ${encoding}, ${lines.length} lines looked at; read as ${format}`,
  ];
  for (const { format: name, vote } of documents)
    out.push(`  ${name.padEnd(32)} ${vote.toFixed(2)} for the whole file`);
  const sums = new Map<string, { sum: number; lines: number }>();
  for (const { votes } of lines) {
    for (const { format: name, vote } of votes) {
      const held = sums.get(name) ?? { sum: 0, lines: 0 };
      sums.set(name, { sum: held.sum + vote, lines: held.lines + 1 });
    }
  }
  const tallies = [...sums].sort((a, b) => b[1].sum - a[1].sum);
  for (const [name, tally] of tallies)
    out.push(
      `  ${name.padEnd(32)} ${tally.sum.toFixed(2).padStart(8)} in all, ${tally.lines} of ${lines.length} lines`,
    );
  if (tallies.length === 0 && documents.length === 0) out.push("  no format votes for it");
  const ambiguous = lines.filter((line) => line.ambiguous.length > 0);
  const shown = lines.filter((line, i) => i < shownLines || line.ambiguous.length > 0);
  for (const line of shown) out.push(...describeLine(line));
  if (shown.length < lines.length) out.push(`… ${lines.length - shown.length} more lines (--json shows all)`);
  if (ambiguous.length > 0)
    out.push(`${ambiguous.length} of ${lines.length} lines are ambiguous: several formats read them.`);
  return `${out.join("\n")}\n`;
}

function describeLine({ line, text, votes, dataset, fate, ambiguous }: LineExplanation): string[] {
  const cut = text.length > shownChars ? `${text.slice(0, shownChars)}…` : text;
  const list = votes.slice(0, 4).map(({ format, vote }) => `${format} ${vote.toFixed(2)}`);
  const lines = [
    `line ${line}: ${inert(cut)}`,
    `  ${dataset ?? fate ?? "skipped, or part of a record"}; votes: ${list.join(", ") || "none"}`,
  ];
  if (ambiguous.length > 0)
    lines.push(`  AMBIGUOUS: ${ambiguous.join(" and ")} both read it; the stronger vote was taken`);
  return lines;
}
