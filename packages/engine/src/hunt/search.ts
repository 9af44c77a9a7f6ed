import { type Diagnostic, loadRules, type RuleSet } from "@firebreak/sigma";

export interface SearchTerms {
  /** Text that one value of the event must contain, ignoring case. */
  readonly grep?: string;
  /** RE2 expression that must be found in one value; linear in time whatever it is. */
  readonly regex?: string;
  /** "Field=value" by Sigma names, `*` and `?` as in rules; all must hold. */
  readonly where?: readonly string[];
}

export class SearchError extends Error {
  readonly code = "input";
}

/** What the user searches as a Sigma rule: values, wildcards and letters then mean what they mean in rules. */
export function searchRules(terms: SearchTerms): RuleSet | undefined {
  const { grep, regex, where = [] } = terms;
  const detection: Record<string, unknown> = {};
  if (grep !== undefined) detection.grep = [`*${escaped(grep)}*`];
  if (regex !== undefined) detection.regex = { "|re": regex };
  for (const [i, text] of where.entries()) detection[`where${i}`] = fieldTest(text);
  if (Object.keys(detection).length === 0) return undefined;
  const rule = {
    title: titleOf(terms),
    id: "search",
    level: "informational",
    logsource: { category: "any_event" },
    detection: { ...detection, condition: "all of them" },
  };
  // JSON is YAML: nothing that the user types can leave its place.
  const set = loadRules([{ path: "search", text: JSON.stringify(rule) }]);
  const fault = set.diagnostics.find(({ severity }) => severity === "error");
  if (fault !== undefined || set.rules.length === 0) throw new SearchError(faultText(terms, fault));
  return set;
}

function titleOf({ grep, regex, where = [] }: SearchTerms): string {
  const parts = [grep, regex === undefined ? undefined : `/${regex}/`, ...where];
  return `Search: ${parts.filter((part) => part !== undefined).join(", ")}`;
}

function escaped(text: string): string {
  if (text === "") throw new SearchError("--grep: give a text to search for");
  return text.replace(/[\\*?]/g, "\\$&");
}

function fieldTest(text: string): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1)
    throw new SearchError(
      `--where ${JSON.stringify(text)}: give a field and a value, such as TargetUserName=adm*`,
    );
  return { [text.slice(0, at)]: text.slice(at + 1) };
}

function faultText({ regex }: SearchTerms, fault: Diagnostic | undefined): string {
  const option = regex === undefined ? "--where" : `--regex ${JSON.stringify(regex)}`;
  return `${option}: ${fault?.message ?? "is no search"}`;
}
