import type { Fields } from "@firebreak/model/event";

const letThrough = new Set(["OBSERVED", "PROXIED"]);

/**
 * The verdict of a ProxySG: `sc-filter-result` says whether the request was let through, `s-action` what the proxy did with it
 * ("TCP_MISS", "TCP_DENIED"). The latter is the action as ECS wants it; without it the verdict's own word is.
 */
export function setFilterResult(fields: Fields, result: string): void {
  const action = fields["firebreak.raw.s-action"];
  fields["event.action"] = typeof action === "string" ? action : result.toLowerCase();
  fields["event.type"] = ["access", letThrough.has(result.toUpperCase()) ? "allowed" : "denied"];
}
