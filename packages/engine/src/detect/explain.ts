import type { Fields, FieldValue } from "@firebreak/model/event";
import { type ExplainedPart, explain, flatEvent, type SigmaRule } from "@firebreak/sigma";
import { loadFacets } from "./facets.ts";
import { taxonomy } from "./taxonomy.ts";

const maxDepth = 32;

/** The flat fields of a nested document, as `firebreak parse` prints them. */
function flatten(value: unknown, prefix: string, out: Fields, depth: number): Fields {
  if (depth > maxDepth || value === null || value === undefined) return out;
  if (Array.isArray(value)) out[prefix] = value.filter((item) => typeof item !== "object") as FieldValue;
  else if (typeof value === "object") {
    for (const [key, item] of Object.entries(value))
      flatten(item, prefix ? `${prefix}.${key}` : key, out, depth + 1);
  } else if (prefix !== "") out[prefix] = value as FieldValue;
  return out;
}

/** Which parts of a rule hold of an event document, one line a part, indented by depth. */
export function explainRule(rule: SigmaRule, document: unknown): { matches: boolean; lines: string[] } {
  const fields = flatten(document, "", {}, 0);
  const dataset = String(fields["event.dataset"] ?? "");
  const source = loadFacets()({ dataset, fields });
  const explanation = explain(rule, flatEvent(fields, source), taxonomy);
  if (!explanation.sourceFits) {
    const wanted = Object.entries(rule.logsource)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
    return {
      matches: false,
      lines: [`the rule is for other events (${wanted}); this one is ${dataset || "without event.dataset"}`],
    };
  }
  return {
    matches: explanation.matches,
    lines: explanation.condition ? partLines(explanation.condition, 0) : [],
  };
}

function partLines(part: ExplainedPart, depth: number): string[] {
  const name = part.selection ? `${part.selection}: ` : "";
  const what = part.field === undefined ? part.kind : `${part.field} ${(part.asks ?? []).join(" or ")}`;
  const value =
    part.value === undefined
      ? part.field === undefined
        ? ""
        : " (the event has no such field)"
      : ` (here: ${JSON.stringify(part.value)})`;
  const line = `${"  ".repeat(depth)}${part.matches ? "yes" : "no "} ${name}${what}${value}`;
  return [line, ...part.parts.flatMap((inner) => partLines(inner, depth + 1))];
}
