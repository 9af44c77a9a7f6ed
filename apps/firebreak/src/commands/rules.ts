import { InputError, readInput } from "@firebreak/engine/case/inputs";
import { explainRule } from "@firebreak/engine/detect/explain";
import { type RuleText, readRuleSource } from "@firebreak/engine/detect/rule-files";
import { builtInRules, loadRuleTexts, techniqueAliases } from "@firebreak/engine/detect/rules";
import { taxonomy } from "@firebreak/engine/detect/taxonomy";
import { countOf } from "@firebreak/model/collections";
import { type Diagnostic, lintRules } from "@firebreak/sigma";
import { exitCodes } from "../exit.ts";
import { inert, print, say } from "../terminal/output.ts";

async function textsOf(paths: readonly string[]): Promise<RuleText[]> {
  const sources = paths.length === 0 ? await builtInRules() : await Promise.all(paths.map(readRuleSource));
  return sources.flatMap(({ files }) => files);
}

async function load(paths: readonly string[]) {
  return loadRuleTexts(await textsOf(paths), []);
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
  say(`${countOf(rules.length, "rule")} and ${countOf(correlations.length, "correlation")}`);
}

export async function runRulesCheck(paths: string[], options: { json?: boolean }): Promise<void> {
  const texts = await textsOf(paths);
  const { rules, correlations, filters } = loadRuleTexts(texts, []);
  const diagnostics = lintRules(
    texts,
    { techniqueAliases: techniqueAliases(), placeholders: { gateways: ["192.0.2.1"] } },
    taxonomy,
  );
  for (const diagnostic of diagnostics) {
    if (options.json) print(`${JSON.stringify(diagnostic)}\n`);
    else print(`${describeProblem(diagnostic)}\n`);
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  say(
    `${countOf(rules.length, "rule")}, ${countOf(correlations.length, "correlation")} and ${countOf(filters.length, "filter")} load; ${countOf(diagnostics.length, "problem")}, ${countOf(errors, "error")} among them`,
  );
  process.exitCode = diagnostics.length > 0 ? exitCodes.findings : exitCodes.nothingFound;
}

function describeProblem({ file = "", line, column, severity, code, message, next }: Diagnostic): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${inert(place)}: ${severity}: ${inert(message)} [${code}]${next ? ` ${inert(next)}` : ""}`;
}

/** `rules explain RULE EVENT`: EVENT is one line of `firebreak parse`, or a file that holds one. */
export async function runRulesExplain(rulePath: string, eventText: string): Promise<void> {
  const { rules, diagnostics } = await load([rulePath]);
  for (const diagnostic of diagnostics) say(describeProblem(diagnostic));
  if (rules.length === 0) throw new InputError(`${rulePath}: no rule in it loads. Mend what is named above.`);
  const json = eventText.trimStart().startsWith("{") ? eventText : readInput("EVENT", eventText);
  let document: unknown;
  try {
    document = JSON.parse(json.trim().split("\n")[0]!);
  } catch (error) {
    throw new InputError(
      `EVENT: not JSON (${(error as Error).message}). Give a line that 'firebreak parse' printed.`,
    );
  }
  let matched = 0;
  for (const rule of rules) {
    const { matches, lines } = explainRule(rule, document);
    if (matches) matched++;
    print(
      `${matches ? "matches      " : "does not match"} ${inert(rule.title)}\n${lines.map((line) => `  ${inert(line)}\n`).join("")}`,
    );
  }
  process.exitCode = matched > 0 ? exitCodes.findings : exitCodes.nothingFound;
}
