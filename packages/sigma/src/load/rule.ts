import { parseCondition } from "../condition/parse.ts";
import type { Condition } from "../condition/tree.ts";
import { type DetectionContext, disjunction } from "../detection/item.ts";
import { parseSelections } from "../detection/selection.ts";
import type { Diagnostic, LoadOptions, LogSource, SigmaFilter, SigmaRule } from "../types.ts";
import { type DocumentLocation, problem, type RuleDocument } from "./document.ts";
import { RuleFault } from "./fault.ts";
import { quote, readMetadata, text, texts } from "./metadata.ts";
import { isMap, type Values } from "./values.ts";

export interface Loaded<T> {
  readonly item?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** A `detection:` document as a rule, or the diagnostic that says why it is refused. */
export function readRule(document: RuleDocument, options: LoadOptions): Loaded<SigmaRule> {
  return guarded(document, options, (metadata, context) => {
    const { value } = document;
    const body = readBody(value.detection, ["detection"], context);
    return { ...metadata, kind: "rule", logsource: readLogSource(value, true), ...body, filteredBy: [] };
  });
}

/** A `filter:` document. It is applied to rules by `applyFilters`. */
export function readFilter(document: RuleDocument, options: LoadOptions): Loaded<SigmaFilter> {
  return guarded(document, options, (metadata, context) => {
    const section = document.value.filter;
    const body = readBody(section, ["filter"], context, ["rules"]);
    const listed = (section as Values).rules;
    const names = texts(listed);
    const any =
      listed === undefined || names.length === 0 || (names.length === 1 && names[0]!.toLowerCase() === "any");
    const logsource = readLogSource(document.value, false);
    return { ...metadata, kind: "filter", logsource, rules: any ? "any" : names, ...body };
  });
}

type Metadata = ReturnType<typeof readMetadata>["metadata"];

/** Runs `read` and turns a RuleFault into a diagnostic: one broken document never stops the others. */
function guarded<T>(
  document: RuleDocument,
  options: LoadOptions,
  read: (metadata: Metadata, context: DetectionContext) => T,
): Loaded<T> {
  const { location, value } = document;
  const { metadata, diagnostics } = readMetadata(value, location, options.techniqueAliases);
  const context: DetectionContext = {
    placeholders: options.placeholders ?? {},
    warn: (code, message, keys) => diagnostics.push(problem(location, "warning", code, message, keys)),
  };
  try {
    return { item: read(metadata, context), diagnostics };
  } catch (error) {
    return { diagnostics: [...diagnostics, faultDiagnostic(error, location)] };
  }
}

function faultDiagnostic(error: unknown, location: DocumentLocation): Diagnostic {
  if (error instanceof RuleFault) {
    return problem(location, "error", error.code, error.message, error.keys, error.next);
  }
  if (error instanceof RangeError) {
    return problem(
      location,
      "error",
      "rule-too-large",
      `The rule is too large to compile: ${error.message}.`,
    );
  }
  throw error;
}

function readBody(
  section: unknown,
  keys: readonly string[],
  context: DetectionContext,
  skip: readonly string[] = [],
): { condition: Condition; conditionText: string[] } {
  if (!isMap(section)) throw new RuleFault("bad-detection", `"${keys.join(".")}" must be a map.`, keys);
  const place = [...keys, "condition"];
  const conditionText = texts(section.condition).filter((each) => each !== "");
  if (conditionText.length === 0) throw new RuleFault("missing-condition", "There is no condition.", place);
  const selections = parseSelections(section, keys, context, skip);
  try {
    const condition = disjunction(conditionText.map((each) => parseCondition(each, selections)));
    warnUnused(selections, condition, keys, context);
    return { condition, conditionText };
  } catch (error) {
    throw error instanceof RuleFault && error.keys.length === 0
      ? new RuleFault(error.code, error.message, place, error.next)
      : error;
  }
}

function warnUnused(
  selections: ReadonlyMap<string, Condition>,
  condition: Condition,
  keys: readonly string[],
  context: DetectionContext,
): void {
  const used = new Set<string | undefined>();
  const visit = (node: Condition): void => {
    used.add(node.selection);
    if (node.selection !== undefined) return;
    if (node.kind === "not") visit(node.item);
    else if (node.kind === "and" || node.kind === "or") for (const item of node.items) visit(item);
  };
  visit(condition);
  for (const name of selections.keys()) {
    if (used.has(name)) continue;
    context.warn("unused-selection", `The condition does not use the selection ${quote(name)}.`, [
      ...keys,
      name,
    ]);
  }
}

function readLogSource(value: Values, required: boolean): LogSource {
  const source = value.logsource;
  if (source === undefined && !required) return {};
  if (!isMap(source)) throw new RuleFault("missing-logsource", '"logsource" must be a map.', ["logsource"]);
  const attribute = (key: "product" | "category" | "service") => {
    const found = text(source, key)?.toLowerCase();
    return found === undefined || found === "*" ? {} : { [key]: found };
  };
  const logsource: LogSource = { ...attribute("product"), ...attribute("category"), ...attribute("service") };
  if (required && Object.keys(logsource).length === 0) {
    const message = "The log source names no product, category or service.";
    throw new RuleFault("missing-logsource", message, ["logsource"]);
  }
  return logsource;
}
