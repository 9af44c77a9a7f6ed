import type { Diagnostic } from "../types.ts";
import { problem, type RuleDocument } from "./document.ts";
import { isMap } from "./values.ts";
import type { YamlDocument } from "./yaml.ts";

/** Says what each document is; `action: global` documents are merged into those that follow (Sigma 1). */
export function classify(documents: readonly YamlDocument[], diagnostics: Diagnostic[]): RuleDocument[] {
  const found: RuleDocument[] = [];
  let shared: Record<string, unknown> = {};
  for (const { value: own, location } of documents) {
    if (!isMap(own)) {
      diagnostics.push(problem(location, "error", "not-a-rule", "The document is not a map."));
      continue;
    }
    if (own.action === "global" || own.action === "reset") {
      const next = "Write each rule out in full; Sigma 2 has no collections.";
      diagnostics.push(
        problem(location, "warning", "deprecated-action", `"action" is Sigma 1.`, ["action"], next),
      );
      shared = own.action === "reset" ? {} : merge(shared, own);
      continue;
    }
    const value = merge(shared, own);
    if (isMap(value.correlation)) found.push({ kind: "correlation", value, location });
    else if (value.filter !== undefined) found.push({ kind: "filter", value, location });
    else if (value.detection !== undefined) found.push({ kind: "rule", value, location });
    else {
      const message = 'The document has no "detection", "correlation" or "filter".';
      diagnostics.push(problem(location, "error", "not-a-rule", message));
    }
  }
  return found;
}

function merge(base: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>>) {
  const merged: Record<string, unknown> = { ...base, ...over };
  for (const [key, value] of Object.entries(over)) {
    const before = base[key];
    if (isMap(before) && isMap(value)) merged[key] = merge(before, value);
  }
  delete merged.action;
  return merged;
}
