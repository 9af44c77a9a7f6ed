import { readFileSync } from "node:fs";
import { InputError } from "@firebreak/engine/case/inputs";
import type { YaraScanner } from "@firebreak/inspect";

/** Larger parts are not searched: libyara copies what it searches, and keeps every match. */
const scannedBytesMax = 32 * 2 ** 20;
const rulesBytesMax = 8 * 2 ** 20;

/** One rule set out of several files; each is compiled alone first, so that an error names its file and line. */
export async function readYaraRules(paths: readonly string[]): Promise<string> {
  const { default: load } = await import("libyara-wasm");
  const yara = await load();
  const texts = paths.map((path) => {
    const text = readFileSync(path, "utf8");
    const { compileErrors } = yara.run(new Uint8Array(), text);
    for (let i = 0; i < compileErrors.size(); i++) {
      const { message, lineNumber, warning } = compileErrors.get(i);
      if (!warning)
        throw new InputError(
          `--yara ${path}, line ${lineNumber}: ${message}. Correct the rule, or leave the file out.`,
        );
    }
    return text;
  });
  const all = texts.join("\n");
  if (all.length > rulesBytesMax)
    throw new InputError(`--yara: more than ${rulesBytesMax} bytes of rules. Give fewer files.`);
  return all;
}

export async function createYaraScanner(rules: string): Promise<YaraScanner> {
  const { default: load } = await import("libyara-wasm");
  const yara = await load();
  return {
    scan(bytes) {
      if (bytes.length > scannedBytesMax) return undefined;
      const result = yara.run(bytes, rules);
      const found: { rule: string; offset?: number }[] = [];
      for (let i = 0; i < result.matchedRules.size(); i++) {
        const { ruleName, resolvedMatches } = result.matchedRules.get(i);
        const offset = resolvedMatches.size() > 0 ? resolvedMatches.get(0).location : undefined;
        found.push({ rule: ruleName, ...(offset !== undefined && { offset }) });
      }
      result.delete();
      return found;
    },
  };
}
