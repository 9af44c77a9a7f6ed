import { adfsProviders } from "./adfs.ts";
import { applicationProviders } from "./application.ts";
import { defenderProviders } from "./defender.ts";
import { networkServiceProviders } from "./network-services.ts";
import { operationalProviders } from "./operational.ts";
import { powershellProviders } from "./powershell.ts";
import type { EventReading, ProviderReadings } from "./reading.ts";
import { remoteAccessProviders } from "./remote-access.ts";
import { securityAccount } from "./security-account.ts";
import { securityLegacy } from "./security-legacy.ts";
import { securityLogon } from "./security-logon.ts";
import { securityNetwork } from "./security-network.ts";
import { securityObject } from "./security-object.ts";
import { sysmon } from "./sysmon.ts";
import { systemProviders } from "./system.ts";

const securityProvider = "Microsoft-Windows-Security-Auditing";

/** Everything Firebreak knows about Windows events. An id means nothing without its provider. */
export const providers: readonly ProviderReadings[] = [
  {
    provider: securityProvider,
    // "Security" is the provider before Vista; the third is how Event Viewer displays the modern one.
    aliases: ["Security", "Microsoft Windows security auditing.", "Security-Auditing"],
    channels: ["Security"],
    events: new Map([
      ...securityLegacy,
      ...securityObject,
      ...securityNetwork,
      ...securityAccount,
      ...securityLogon,
    ]),
  },
  {
    provider: "Microsoft-Windows-Sysmon",
    channels: ["Microsoft-Windows-Sysmon/Operational"],
    events: sysmon,
  },
  { provider: "Linux-Sysmon", channels: ["Linux-Sysmon/Operational"], events: sysmon },
  {
    provider: "Windows Firewall",
    channels: ["Security"],
    events: new Map([861].map((id) => [id, securityLegacy.get(id)!])),
  },
  ...systemProviders,
  ...powershellProviders,
  ...operationalProviders,
  ...remoteAccessProviders,
  ...defenderProviders,
  ...applicationProviders,
  ...networkServiceProviders,
  ...adfsProviders,
];

/**
 * Provider names differ by viewer: Event Viewer drops "Microsoft-Windows-", exports change case and punctuation.
 * Only letters and digits are compared.
 */
function canonical(provider: string): string {
  const plain = provider.toLowerCase().replace(/[^a-z0-9$]/g, "");
  if (/^mssql(?:server)?(?:\$|$)/.test(plain)) return "mssqlserver";
  return plain.startsWith("microsoftwindows") ? plain.slice(16) : plain;
}

interface Known {
  readonly provider: ProviderReadings;
  readonly reading: EventReading;
}

const byProvider = new Map<string, Map<number, Known>>();
const byId = new Map<number, Known[]>();
for (const provider of providers) {
  for (const name of [provider.provider, ...(provider.aliases ?? [])]) {
    const key = canonical(name);
    // Two generations of a provider share a name ("PowerShell"); their ids do not overlap.
    const events = byProvider.get(key) ?? new Map<number, Known>();
    for (const [id, reading] of provider.events) events.set(id, { provider, reading });
    byProvider.set(key, events);
  }
  for (const [id, reading] of provider.events) {
    const known = byId.get(id) ?? [];
    if (!known.some((one) => one.reading === reading)) known.push({ provider, reading });
    byId.set(id, known);
  }
}

const noEvents: ReadonlyMap<number, Known> = new Map();
const recordedNames = new Map<string, ReadonlyMap<number, Known>>();

function eventsOf(provider: string): ReadonlyMap<number, Known> {
  let events = recordedNames.get(provider);
  if (events === undefined) {
    // Bounded: a hostile file may invent provider names.
    if (recordedNames.size > 5000) recordedNames.clear();
    events = byProvider.get(canonical(provider)) ?? noEvents;
    recordedNames.set(provider, events);
  }
  return events;
}

export interface Resolution {
  /** The provider that the reading belongs to, also where the record does not name it. */
  readonly provider?: ProviderReadings;
  /** The one reading that the record supports. */
  readonly reading?: EventReading;
  /** All readings, "provider: title", where the record does not say which. */
  readonly readings?: readonly string[];
}

const nothing: Resolution = {};

/**
 * What a record means, by provider; without a provider by channel, then by the first sentence of its message. An id that
 * stays open between several providers gets no reading: the candidates are listed instead.
 */
export function resolveReading(
  provider: string | undefined,
  channel: string | undefined,
  eventId: number,
  message: string | undefined,
): Resolution {
  if (provider !== undefined && provider !== "") {
    return eventsOf(provider).get(eventId) ?? nothing;
  }
  const all = byId.get(eventId);
  if (all === undefined) return nothing;
  let candidates = all;
  if (channel !== undefined && channel !== "") {
    // System and Application are shared by hundreds of providers; other channels have one.
    if (channel !== "System" && channel !== "Application") {
      candidates = all.filter((one) => one.provider.channels.includes(channel));
      if (candidates.length === 0) return nothing;
      if (candidates.length === 1) return candidates[0]!;
    }
  }
  if (message !== undefined) {
    const start = message.slice(0, 256).trimStart().toLowerCase();
    const told = candidates.filter((one) => start.startsWith(one.reading.title.toLowerCase()));
    if (told.length === 1) return told[0]!;
  }
  const readings = candidates.map((one) => `${one.provider.provider}: ${one.reading.title}`);
  // Security audit ids are unique among the providers met in practice; every other number is used many times over.
  const only = candidates.length === 1 ? candidates[0]! : undefined;
  if (only !== undefined && only.provider.provider === securityProvider && eventId >= 4608) {
    return { ...only, readings };
  }
  return { readings };
}
