import ipaddr from "ipaddr.js";
import { readWrittenYaml } from "../written-yaml.ts";

/** What the organisation declares about itself (`--org`). Schema: docs/organisation-profile.md. */
export interface OrganisationProfile {
  /** False when no profile was given and everything below is inferred. */
  declared: boolean;
  name: string;
  sector?: string;
  timeZone?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  operatingCountries: string[];
  /** CIDR. */
  internalNetworks: string[];
  gateways: string[];
  domains: string[];
  assets: Asset[];
}

export interface Asset {
  name: string;
  addresses: string[];
  role?: string;
  critical: boolean;
}

export interface ProfileReading {
  profile: OrganisationProfile;
  /** Unknown keys, wrong types, bad values: each names the key and what is expected. */
  warnings: string[];
}

/** RFC 1918, RFC 4193, loopback, link-local and shared address space: what is internal when nobody says otherwise. */
export const privateNetworks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "100.64.0.0/10",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
];

export const undeclaredProfile: OrganisationProfile = {
  declared: false,
  name: "the organisation (no profile given)",
  operatingCountries: [],
  internalNetworks: [],
  gateways: [],
  domains: [],
  assets: [],
};

export class ProfileError extends Error {
  readonly code = "profile";
}

const maxListLength = 100_000;

/** Reads a profile from YAML or JSON text. Throws `ProfileError` only when the text is no mapping at all. */
export function readProfile(text: string, file: string): ProfileReading {
  const raw = readWrittenYaml(text, (reason) => new ProfileError(`--org ${file}: ${reason}`));
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw new ProfileError(
      `--org ${file}: expected a mapping with keys such as name, timeZone, internalNetworks`,
    );
  }
  const reader = new KeyReader(raw as Record<string, unknown>, file, "");
  const profile: OrganisationProfile = { ...undeclaredProfile, declared: true };
  profile.name = reader.text("name") ?? profile.name;
  const sector = reader.text("sector");
  if (sector) profile.sector = sector;
  const timeZone = reader.text("timeZone");
  if (timeZone) profile.timeZone = timeZone;
  profile.operatingCountries = reader
    .list("operatingCountries", /^[A-Za-z]{2}$/, "two-letter ISO 3166 codes")
    .map((c) => c.toUpperCase());
  profile.internalNetworks = reader.checked("internalNetworks", isCidr, "networks such as 10.0.0.0/8");
  profile.gateways = reader.checked("gateways", ipaddr.isValid, "IP addresses");
  profile.domains = reader
    .list("domains", /^[^\s]{1,253}$/, "domain names")
    .map((domain) => domain.toLowerCase());
  profile.assets = reader.objects("assets").map((asset) => readAsset(asset));
  reader.finish();
  return { profile, warnings: reader.warnings };
}

function readAsset(reader: KeyReader): Asset {
  const role = reader.text("role");
  const asset: Asset = {
    name: reader.text("name") ?? "",
    addresses: reader.checked("addresses", ipaddr.isValid, "IP addresses"),
    critical: reader.flag("critical"),
    ...(role && { role }),
  };
  reader.finish();
  return asset;
}

function isCidr(text: string): boolean {
  return ipaddr.isValidCIDR(text);
}

/** Takes known keys out of a mapping and warns about the rest. */
class KeyReader {
  readonly warnings: string[];
  readonly #raw: Record<string, unknown>;
  readonly #known = new Set<string>();
  readonly #file: string;
  readonly #prefix: string;

  constructor(raw: Record<string, unknown>, file: string, prefix: string, warnings: string[] = []) {
    this.#raw = raw;
    this.#file = file;
    this.#prefix = prefix;
    this.warnings = warnings;
  }

  #take(key: string): unknown {
    this.#known.add(key);
    return this.#raw[key] ?? undefined;
  }

  #warn(key: string, problem: string): void {
    this.warnings.push(`${this.#file}: ${this.#prefix}${key}: ${problem}`);
  }

  text(key: string): string | undefined {
    const value = this.#take(key);
    if (value === undefined) return undefined;
    if (typeof value === "string") return value;
    this.#warn(key, "expected a text; ignored");
    return undefined;
  }

  flag(key: string): boolean {
    const value = this.#take(key);
    if (value !== undefined && typeof value !== "boolean")
      this.#warn(key, "expected true or false; taken as false");
    return value === true;
  }

  list(key: string, pattern: RegExp, expected: string): string[] {
    return this.checked(key, (text) => pattern.test(text), expected);
  }

  checked(key: string, isGood: (text: string) => boolean, expected: string): string[] {
    const value = this.#take(key);
    if (value === undefined) return [];
    const items = (Array.isArray(value) ? value : [value]).slice(0, maxListLength);
    return items.filter((item): item is string => {
      const good = typeof item === "string" && isGood(item);
      if (!good) this.#warn(key, `expected ${expected}; ${JSON.stringify(item)} is ignored`);
      return good;
    });
  }

  objects(key: string): KeyReader[] {
    const value = this.#take(key);
    if (value === undefined) return [];
    const items = (Array.isArray(value) ? value : []).slice(0, maxListLength);
    if (!Array.isArray(value)) this.#warn(key, "expected a list; ignored");
    return items.flatMap((item, i) => {
      if (typeof item === "object" && item !== null && !Array.isArray(item)) {
        return [
          new KeyReader(
            item as Record<string, unknown>,
            this.#file,
            `${this.#prefix}${key}[${i}].`,
            this.warnings,
          ),
        ];
      }
      this.#warn(`${key}[${i}]`, "expected a mapping; ignored");
      return [];
    });
  }

  finish(): void {
    for (const key of Object.keys(this.#raw)) {
      if (!this.#known.has(key)) this.#warn(key, "unknown key, ignored");
    }
  }
}
