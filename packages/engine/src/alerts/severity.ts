import type { AlertProduct, AlertSeverity } from "./alert.ts";
import { type AlertFields, firstOf, pick } from "./fields.ts";
import type { ProductShape } from "./products.ts";

/** The product's severity in Sigma's five words; "medium" where it says none that can be read. */
export function readSeverity(fields: AlertFields, shape: ProductShape | undefined): AlertSeverity {
  const text =
    (shape && firstOf(fields, shape.severity)) ??
    pick(fields, /(^| )severity ?(display ?name|name)$/) ??
    pick(fields, /(^| )(severity|level|priority|urgency)$/) ??
    pick(fields, /(^| )magnitude$/);
  if (text === undefined) return "medium";
  return bySeverityNumber(text.trim(), shape?.product) ?? bySeverityWord(text);
}

function bySeverityWord(text: string): AlertSeverity {
  if (/crit|urgent|emergency/i.test(text)) return "critical";
  if (/high|severe|major/i.test(text)) return "high";
  if (/\blow\b|minor/i.test(text)) return "low";
  return /info/i.test(text) ? "informational" : "medium";
}

/**
 * Numbers mean different things: Suricata's 1 is its gravest; Wazuh counts to 15 (its documentation: 12 and above are
 * highly important); a plain number up to 10 or 100 is a score.
 */
function bySeverityNumber(text: string, product: AlertProduct | undefined): AlertSeverity | undefined {
  if (!/^\d{1,3}(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  if (product === "suricata") return (["critical", "high", "medium", "low"] as const)[Math.min(value, 3)]!;
  if (product === "wazuh") {
    if (value >= 15) return "critical";
    if (value >= 12) return "high";
    if (value >= 7) return "medium";
    return value >= 4 ? "low" : "informational";
  }
  const share = value > 10 ? value / 100 : value / 10;
  if (share >= 0.9) return "critical";
  if (share >= 0.7) return "high";
  if (share >= 0.4) return "medium";
  return share >= 0.2 ? "low" : "informational";
}
