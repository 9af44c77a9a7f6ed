import { setTimeout as pause } from "node:timers/promises";
import { quotaFiles } from "@firebreak/engine/intel/quota-files";
import { nextFree } from "@firebreak/intel/outbound/quota";
import type { Provider } from "@firebreak/intel/provider";
import { providers } from "@firebreak/intel/providers/all";
import { readSettings, type Settings, stateFolder } from "../intel/keys.ts";
import { fitted } from "../terminal/fitted.ts";
import { print, say } from "../terminal/output.ts";

/** Lists the sources: what they answer for, which need a key, and whether a question is free now. Opens no socket. */
export function runIntelProviders(options: { json?: true }): void {
  const settings = readSettings(process.env);
  const quota = quotaFiles(stateFolder(process.env), (ms) => pause(ms));
  const kinds = ["service", "list", "own server", "document"];
  const ordered = [...providers].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
  );
  const rows = ordered.map((provider) =>
    describe(provider, settings, nextFree(quota.read(provider.id), provider.quota, Date.now())),
  );
  if (options.json) {
    for (const row of rows) print(`${JSON.stringify(row)}\n`);
    return;
  }
  for (const row of rows)
    print(
      `${row.id.padEnd(16)} ${row.state}\n${" ".repeat(17)}${row.title}: ${row.types.join(", ")}${row.quota.length > 0 ? `; ${row.quota.join(", ")}` : ""}${row.terms === null ? "" : `\n${" ".repeat(17)}${row.terms}`}\n`,
    );
  say(
    fitted(
      `Keys come from the environment or from ${settings.keyFile} (lines NAME=value, mode 600). Nothing is asked unless named with 'intel lookup --provider'.`,
    ),
  );
}

function describe(provider: Provider, settings: Settings, freeAtMs: number) {
  const { id, title, kind, types, key, base, terms } = provider;
  return {
    id,
    title,
    kind,
    types,
    keyVariable: key?.variable ?? null,
    keyRequired: key?.isRequired ?? false,
    keySet: key !== undefined && settings.value(key.variable) !== undefined,
    baseVariable: base?.variable ?? null,
    quota: provider.quota.map(({ limit, per }) => `${limit} ${per === "hour" ? "an" : "a"} ${per}`),
    nextFree: new Date(freeAtMs).toISOString(),
    state: stateOf(provider, settings, freeAtMs),
    terms: terms ?? null,
  };
}

function stateOf({ kind, key, base }: Provider, settings: Settings, freeAtMs: number): string {
  if (kind === "document") return "saved files only: 'firebreak intel import'";
  const hasKey = key !== undefined && settings.value(key.variable) !== undefined;
  if (base?.url === undefined && settings.value(base?.variable ?? "") === undefined)
    return `needs the server's address in ${base?.variable} and a key in ${key?.variable}`;
  if (key?.isRequired && !hasKey) return `needs a key in ${key.variable}`;
  const free = freeAtMs > Date.now() ? `quota used up until ${new Date(freeAtMs).toISOString()}` : "ready";
  if (hasKey) return `${free}, key set`;
  return key === undefined
    ? `${free}, needs no key`
    : `${free}, works without a key (${key.variable} raises the limits)`;
}
