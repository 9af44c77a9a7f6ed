import type { EntityType } from "@firebreak/model/picture";
import type { OrganisationProfile } from "../organisation/profile.ts";

/**
 * One name for the spellings of one entity: a host with and without its own domain, an account with its domain before or
 * after it. Only the organisation's own domains are cut off an account; a guest of another one stays another one.
 * @returns the key that spellings share, and the name to show
 * @example canonicalName(profile, "host", "fs01.example.org") // { key: "fs01", shown: "FS01" } where FS01 is declared
 */
export function canonicalName(
  profile: OrganisationProfile,
  type: EntityType,
  value: string,
): { key: string; shown: string } {
  const lower = value.toLowerCase();
  if (type === "host") {
    const label = firstLabel(lower);
    const asset = profile.assets.find(
      ({ name }) => name.toLowerCase() === lower || name.toLowerCase() === label,
    );
    if (asset) return { key: asset.name.toLowerCase(), shown: asset.name };
    return { key: label, shown: value };
  }
  if (type === "account") return { key: accountKey(profile, lower), shown: value };
  return { key: lower, shown: value };
}

/** "fs01" of "fs01.example.org"; an address is no name with labels. */
function firstLabel(lower: string): string {
  if (/^[\d.]+$/.test(lower) || lower.includes(":")) return lower;
  const dot = lower.indexOf(".");
  return dot > 0 ? lower.slice(0, dot) : lower;
}

function accountKey(profile: OrganisationProfile, lower: string): string {
  const name = lower.slice(lower.lastIndexOf("\\") + 1);
  const at = name.lastIndexOf("@");
  if (at <= 0) return name;
  const domain = name.slice(at + 1);
  const isOwn = profile.domains.some((own) => domain === own || domain.endsWith(`.${own}`));
  return isOwn ? name.slice(0, at) : name;
}
