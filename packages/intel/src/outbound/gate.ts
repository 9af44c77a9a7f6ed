import type { Provider } from "../provider.ts";
import { type Tlp, tlpLevels } from "../reading.ts";

export const papLevels = ["CLEAR", "GREEN", "AMBER", "RED"] as const;
/** Permissible Actions Protocol (MISP taxonomy "PAP"): how visible an action with the information may be. */
export type Pap = (typeof papLevels)[number];

export interface Sharing {
  readonly tlp: Tlp;
  readonly pap: Pap;
}

/** What holds when nobody says otherwise, after the person has named a provider. */
export const defaultSharing: Sharing = { tlp: "GREEN", pap: "AMBER" };

/**
 * Why sharing rules forbid to ask a provider; undefined when they allow it. TLP 2.0 (FIRST): AMBER stays with those who
 * need to know in the organisation and its clients, so a public service may not see it; the organisation's own server
 * may, up to AMBER+STRICT. PAP RED allows only what nobody outside can notice; AMBER allows passive look-ups at third
 * parties. Every question here is passive: nothing is submitted, scanned or visited.
 */
export function forbids(
  { tlp, pap }: Sharing,
  provider: Pick<Provider, "kind" | "title">,
): string | undefined {
  if (provider.kind === "list") return undefined;
  const isOwn = provider.kind === "own server";
  const most: Tlp = isOwn ? "AMBER+STRICT" : "GREEN";
  if (tlpLevels.indexOf(tlp) > tlpLevels.indexOf(most))
    return `TLP:${tlp} may not be shared with ${isOwn ? "a server" : "a public service"} (at most TLP:${most})`;
  if (pap === "RED" && !isOwn) return "PAP:RED allows only what nobody outside can notice";
  return undefined;
}
