import ipaddr from "ipaddr.js";
import { type OrganisationProfile, privateNetworks } from "./profile.ts";

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Parses an address; IPv4-mapped IPv6 becomes IPv4. undefined for anything that is no address. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  try {
    return ipaddr.process(text);
  } catch {
    return undefined;
  }
}

/** Answers "is this address ours?" from the declared networks and assets, or from the private ranges. */
export class InternalNetworks {
  readonly #ranges: Range[];
  readonly #addresses: Set<string>;
  readonly #gateways: Set<string>;
  readonly #cache = new Map<string, boolean>();

  constructor(profile: OrganisationProfile) {
    // Private ranges are always internal: no organisation meets them from the internet.
    this.#ranges = [...profile.internalNetworks, ...privateNetworks].map((cidr) => ipaddr.parseCIDR(cidr));
    this.#addresses = new Set(profile.assets.flatMap((asset) => asset.addresses));
    this.#gateways = new Set(profile.gateways);
  }

  isInternal(address: string): boolean {
    let known = this.#cache.get(address);
    if (known === undefined) {
      known = this.#addresses.has(address) || this.#gateways.has(address) || this.#inRanges(address);
      if (this.#cache.size > 200_000) this.#cache.clear();
      this.#cache.set(address, known);
    }
    return known;
  }

  /** True only for a routable address that is not ours: no loopback, multicast, broadcast, documentation range. */
  isExternal(address: string): boolean {
    if (this.isInternal(address)) return false;
    const parsed = parseAddress(address);
    if (!parsed) return false;
    const range = parsed.range();
    return range === "unicast" || range === "reserved" || range === "6to4" || range === "teredo";
  }

  isGateway(address: string): boolean {
    return this.#gateways.has(address);
  }

  #inRanges(address: string): boolean {
    const parsed = parseAddress(address);
    if (!parsed) return false;
    return this.#ranges.some(
      ([base, bits]) => parsed.kind() === base.kind() && parsed.match([base, bits] as never),
    );
  }
}
