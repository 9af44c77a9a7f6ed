import { createConverter, prelude, selectSql } from "@firebreak/engine/detect/convert";
import { readRuleSource } from "@firebreak/engine/detect/rule-files";
import { loadRuleTexts } from "@firebreak/engine/detect/rules";
import { exitCodes } from "../exit.ts";
import { inert, print, say } from "../terminal/output.ts";

interface Options {
  to: "duckdb";
  json?: true;
}

/** `rules convert`: first the view that all queries read, then one query a rule. */
export async function runRulesConvert(paths: string[], options: Options): Promise<void> {
  const sources = await Promise.all(paths.map(readRuleSource));
  const { rules, correlations, diagnostics } = loadRuleTexts(
    sources.flatMap(({ files }) => files),
    [],
  );
  for (const { file, line, code, message, severity } of diagnostics) {
    if (severity === "error") say(`${file}:${line}: ${message} [${code}]`);
  }
  const convert = createConverter();
  if (options.json) print(`${JSON.stringify({ prelude: prelude() })}\n`);
  else print(`${prelude()};\n`);
  for (const rule of rules) {
    const query = convert(rule);
    const { id, title, level } = rule;
    const { isExact, isComplete } = query;
    if (options.json) {
      print(`${JSON.stringify({ id, title, level, isExact, isComplete, sql: selectSql(query) })}\n`);
      continue;
    }
    // A title is one line of a comment whatever characters it holds.
    const comment = [`${level} ${id} ${title}`, ...remarks(query)].map((text) => `-- ${oneLine(text)}\n`);
    print(`\n${comment.join("")}${selectSql(query)};\n`);
  }
  if (correlations.length > 0)
    say(`${correlations.length} correlations have no query of their own: use 'firebreak rehunt'`);
  process.exitCode = rules.length > 0 ? exitCodes.nothingFound : exitCodes.input;
}

function remarks({ isExact, isComplete }: { isExact: boolean; isComplete: boolean }): string[] {
  const out: string[] = [];
  if (!isExact) out.push("finds what the rule means and perhaps more: match the rows again");
  if (!isComplete)
    out.push("searches text that the store leaves out where other fields repeat it: it may find less");
  return out;
}

function oneLine(text: string): string {
  return inert(text).replace(/[\r\n\u2028\u2029]+/g, " ");
}
