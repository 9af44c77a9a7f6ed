import type { Internal } from "@firebreak/intel/outbound/guard";
import { InternalNetworks } from "../organisation/networks.ts";
import type { OrganisationProfile } from "../organisation/profile.ts";

/** What the organisation profile calls internal, as the guard of outgoing questions asks it. */
export function internalOf(profile: OrganisationProfile): Internal {
  const networks = new InternalNetworks(profile);
  const domains = profile.domains.map((domain) => domain.toLowerCase().replace(/^\*?\./, ""));
  const machines = new Set(profile.assets.map(({ name }) => name.toLowerCase()));
  return {
    isInternalAddress: (address) => networks.isInternal(address),
    isInternalName: (name) =>
      machines.has(name) ||
      machines.has(name.split(".")[0]!) ||
      domains.some((domain) => name === domain || name.endsWith(`.${domain}`)),
  };
}
