import { readRuleSource } from "@firebreak/engine/detect/rule-files";
import { builtInRules, loadRuleTexts } from "@firebreak/engine/detect/rules";
import { exitCodes } from "../exit.ts";
import { inert, print, say } from "../terminal/output.ts";

async function load(paths: readonly string[]) {
  const sources = paths.length === 0 ? await builtInRules() : await Promise.all(paths.map(readRuleSource));
  return loadRuleTexts(
    sources.flatMap(({ files }) => files),
    [],
  );
}

export async function runRulesList(paths: string[], options: { json?: boolean }): Promise<void> {
  const { rules, correlations } = await load(paths);
  for (const rule of [...rules, ...correlations]) {
    const { id, title, level, techniques, path } = rule;
    if (options.json) print(`${JSON.stringify({ id, title, level, kind: rule.kind, techniques, path })}\n`);
    else
      print(
        `${level.padEnd(13)} ${id.padEnd(36)}  ${inert(title)}${techniques.length > 0 ? ` [${techniques.join(", ")}]` : ""}\n`,
      );
  }
  say(`${rules.length} rules and ${correlations.length} correlations`);
}

export async function runRulesCheck(paths: string[], options: { json?: boolean }): Promise<void> {
  const { rules, correlations, filters, diagnostics } = await load(paths);
  for (const diagnostic of diagnostics) {
    if (options.json) print(`${JSON.stringify(diagnostic)}\n`);
    else {
      const { file = "", line, column, severity, code, message, next } = diagnostic;
      const place = `${file}${line === undefined ? "" : `:${line}`}${column === undefined ? "" : `:${column}`}`;
      print(`${inert(place)}: ${severity}: ${inert(message)} [${code}]${next ? ` ${inert(next)}` : ""}\n`);
    }
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  say(
    `${rules.length} rules, ${correlations.length} correlations and ${filters.length} filters load; ${diagnostics.length} problems, ${errors} of them errors`,
  );
  process.exitCode = diagnostics.length > 0 ? exitCodes.findings : exitCodes.nothingFound;
}
