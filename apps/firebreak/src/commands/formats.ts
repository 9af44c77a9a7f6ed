import { InputError } from "@firebreak/engine/case/inputs";
import { openSource } from "@firebreak/engine/evidence/source";
import { formats } from "@firebreak/parsers/formats.generated";
import { jsonProducts } from "@firebreak/parsers/json-products/all";
import { payloads } from "@firebreak/parsers/payloads.generated";
import { readHead } from "@firebreak/parsers/text/head";
import { inert, print } from "../terminal/output.ts";

export function runFormats(options: { json?: boolean; explain?: string }): void {
  if (options.explain !== undefined) {
    explain(options.explain);
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
    print(`${name.padEnd(width)}  ${title}${notes ? `: ${notes}` : ""}\n`);
}

/** The votes of all formats for one file's first bytes. */
function explain(file: string): void {
  let source: ReturnType<typeof openSource>;
  try {
    source = openSource(file);
  } catch (error) {
    throw new InputError(`--explain ${file}: ${(error as Error).message}`);
  }
  try {
    const head = readHead(source, file.split(/[\\/]/).pop() ?? file);
    print(`${inert(file)}: ${source.size} bytes, ${head.encoding}, ${head.lines.length} lines looked at\n`);
    const votes = formats
      .map((format) => {
        const votesOf =
          format.kind === "document"
            ? [format.sniff(head)]
            : head.lines.map((line) => format.sniff(line, head));
        return {
          format,
          sum: votesOf.reduce((a, b) => a + b, 0),
          best: Math.max(0, ...votesOf),
          lines: votesOf.filter((vote) => vote > 0).length,
        };
      })
      .filter(({ best }) => best > 0)
      .sort((a, b) => b.sum - a.sum);
    if (votes.length === 0) print("no format votes for it\n");
    for (const { format, sum, best, lines } of votes) {
      const what = format.kind === "document" ? "the whole file" : `${lines} of ${head.lines.length} lines`;
      print(
        `  ${format.name.padEnd(32)} ${sum.toFixed(2).padStart(8)} in all, best ${best.toFixed(2)}, ${what}\n`,
      );
    }
  } finally {
    source.close();
  }
}
