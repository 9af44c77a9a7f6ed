import { RE2JS } from "re2js";
import { RuleFault } from "../load/fault.ts";

const sourceCharsMax = 20_000;

/** A compiled pattern: true when it is found anywhere in the text. Linear in the text's length, whatever the pattern. */
export type Regex = (text: string) => boolean;

/** Compiles a pattern in RE2 syntax. Throws re2js's exception for what RE2 has not (look-around, back-references). */
export function compileRegex(source: string, flags: string): Regex {
  let bits = 0;
  if (flags.includes("i")) bits |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes("m")) bits |= RE2JS.MULTILINE;
  if (flags.includes("s")) bits |= RE2JS.DOTALL;
  const compiled = RE2JS.compile(source, bits);
  return (text) => compiled.test(text);
}

/** Refuses the rule when its pattern cannot run. */
export function checkRegex(source: string, flags: string, keys: readonly (string | number)[]): void {
  if (source.length > sourceCharsMax) {
    throw new RuleFault(
      "bad-regex",
      `The regular expression is over ${sourceCharsMax} characters long.`,
      keys,
    );
  }
  try {
    compileRegex(source, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuleFault("bad-regex", `The regular expression is not in RE2 syntax: ${reason}.`, keys);
  }
}
