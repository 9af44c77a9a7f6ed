import type { Dialect, DialectColumn, DialectLayout } from "@firebreak/parsers/dialect/dialect";
import { dialectVersion } from "@firebreak/parsers/dialect/read";

/**
 * A dialect as the YAML that people correct and share. Deterministic; `readDialectText` gives the same dialect back.
 *
 * @param notes what the file was learned from, as comments
 */
export function dialectText(dialect: Dialect, notes: readonly string[] = []): string {
  const unknown = dialect.columns.filter(({ field }) => field === undefined).length;
  const lines = [
    "# A log dialect for Firebreak (docs/dialects.md). Correct what is wrong, then give it to others.",
    ...notes.map((note) => `# ${note.replaceAll(/[\r\n]+/g, " ")}`),
    ...(unknown > 0
      ? [`# ${unknown} columns without a field are kept as recorded: give them an ECS field, or leave them.`]
      : []),
    `firebreak-dialect: ${dialectVersion}`,
    `name: ${dialect.name}`,
    `title: ${quoted(dialect.title)}`,
    `envelope: ${dialect.envelope}`,
    `layout: ${layoutText(dialect.layout)}`,
    "# Texts that each line of this log holds; with none the layout alone decides.",
    `contains: ${listText(dialect.contains)}`,
    `comments: ${listText(dialect.comments)}`,
    "# order: day-first or month-first for dates such as 03/04/2024. zone: for times that carry none.",
    `time: { order: ${dialect.order}${dialect.zone === undefined ? "" : `, zone: ${quoted(dialect.zone)}`} }`,
    dialect.columns.length === 0 ? "columns: []" : "columns:",
    ...dialect.columns.map(columnText),
  ];
  return `${lines.join("\n")}\n`;
}

/** JSON strings are YAML's double-quoted scalars. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function listText(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(", ")}]`;
}

function layoutText(layout: DialectLayout): string {
  const parts = Object.entries(layout).map(
    ([key, value]) => `${key}: ${key === "kind" || typeof value === "boolean" ? value : quoted(value)}`,
  );
  return `{ ${parts.join(", ")} }`;
}

function columnText({ name, field, confidence, why, start, length }: DialectColumn): string {
  const parts = [`name: ${quoted(name)}`];
  if (start !== undefined) parts.push(`start: ${start}`);
  if (length !== undefined) parts.push(`length: ${length}`);
  if (field !== undefined) parts.push(`field: ${field}`);
  if (field !== undefined) parts.push(`confidence: ${confidence}`);
  parts.push(`why: ${quoted(why)}`);
  return `  - { ${parts.join(", ")} }`;
}
