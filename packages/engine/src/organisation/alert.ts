import { formatInstant } from "@firebreak/model/time";
import { createTimeReader, type TimeSettings } from "@firebreak/parsers/time/reader";
import { parse as parseYaml } from "yaml";

/** An alert as given by `--alert`: its fields as recorded, its time, and the observables to look for. */
export interface Alert {
  source: string;
  /** Flat fields as recorded, dotted names. */
  fields: Record<string, string>;
  time?: { ms: number; iso: string; original: string; zone: string; zoneSource: string };
  observables: AlertObservable[];
  /** "allowed", "blocked", "quarantined", "cleaned", "detected", or "unknown": five different facts. */
  deviceAction: DeviceAction;
  title: string;
}

export interface AlertObservable {
  type: "host" | "account" | "address" | "domain" | "url" | "hash" | "file";
  value: string;
  /** The alert's field that holds it. */
  field: string;
}

export const deviceActions = ["allowed", "blocked", "quarantined", "cleaned", "detected", "unknown"] as const;
export type DeviceAction = (typeof deviceActions)[number];

export class AlertError extends Error {
  readonly code = "alert";
}

const maxFields = 500;

/** Reads an alert from JSON, YAML or "Name: value" lines. */
export function readAlert(text: string, file: string, time: TimeSettings): Alert {
  const fields = flatten(parseLoose(text, file));
  const names = Object.keys(fields);
  if (names.length === 0)
    throw new AlertError(`--alert ${file}: no fields found; give JSON, YAML or lines "Name: value"`);
  const alert: Alert = {
    source: file,
    fields,
    observables: names.flatMap((name) => observablesOf(name, fields[name]!)),
    deviceAction: readDeviceAction(fields),
    title: pick(fields, /(^|[._ ])(rule|title|alert|name|signature)([._ ]?(name|title))?$/i) ?? file,
  };
  const when = readTime(fields, time);
  return when ? { ...alert, time: when } : alert;
}

function parseLoose(text: string, file: string): unknown {
  try {
    const value = parseYaml(text, { maxAliasCount: 20 }) as unknown;
    if (typeof value === "object" && value !== null)
      return Array.isArray(value) ? (value[0] as unknown) : value;
  } catch {
    // Not YAML or JSON: field lists are tried below.
  }
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*([^:=\t]{1,60}?)\s*[:=\t]\s*(\S.*)$/.exec(line);
    return match ? [[match[1]!, match[2]!.trim()] as const] : [];
  });
  if (lines.length === 0)
    throw new AlertError(`--alert ${file}: not readable as JSON, YAML or lines "Name: value"`);
  return Object.fromEntries(lines);
}

function flatten(
  value: unknown,
  prefix = "",
  out: Record<string, string> = {},
  depth = 0,
): Record<string, string> {
  if (depth > 12 || Object.keys(out).length >= maxFields || value === null || value === undefined) return out;
  if (Array.isArray(value)) {
    for (const [i, item] of value.slice(0, 100).entries()) flatten(item, `${prefix}[${i}]`, out, depth + 1);
  } else if (value instanceof Date) out[prefix] = value.toISOString();
  else if (typeof value === "object") {
    for (const [key, item] of Object.entries(value))
      flatten(item, prefix ? `${prefix}.${key}` : key, out, depth + 1);
  } else out[prefix] = String(value).slice(0, 8192);
  return out;
}

function pick(fields: Record<string, string>, pattern: RegExp): string | undefined {
  const name = Object.keys(fields).find((key) => pattern.test(key));
  return name === undefined ? undefined : fields[name];
}

function readTime(fields: Record<string, string>, settings: TimeSettings): Alert["time"] {
  const text = pick(
    fields,
    /(^|[._ ])(event ?time|@?timestamp|time|date|created|occurred)(_?(at|time|utc|date))?$/i,
  );
  if (!text) return undefined;
  const zoneText = pick(fields, /(time ?zone|utc ?offset|\btz)$/i)?.replace(/^(UTC|GMT)(?=[+-])/i, "");
  const hint = zoneText && { zone: zoneText, source: "in-record" as const };
  const reader = createTimeReader(settings);
  const withSlash = text.replace(
    /^([A-Z][a-z]{2})[a-z]* (\d{1,2}),? (\d{4}),?/,
    (_, m: string, d: string, y: string) => `${y}-${monthNumber(m)}-${d}`,
  );
  const time = reader.iso(withSlash, hint || undefined);
  return (
    time && {
      ms: time.ms,
      iso: formatInstant(time),
      original: text,
      zone: time.zone,
      zoneSource: time.zoneSource,
    }
  );
}

function monthNumber(name: string): string {
  const index = "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf(name);
  return String(index / 3 + 1).padStart(2, "0");
}

function readDeviceAction(fields: Record<string, string>): DeviceAction {
  const text = pick(fields, /(device|av|edr|firewall|product)?[._ ]?action$/i)?.toLowerCase() ?? "";
  if (/allow|permit|pass/.test(text)) return "allowed";
  if (/quarantin/.test(text)) return "quarantined";
  if (/clean|disinfect|remediat/.test(text)) return "cleaned";
  if (/block|den(y|ied)|drop|prevent/.test(text)) return "blocked";
  if (/detect/.test(text)) return "detected";
  return "unknown";
}

/** Which fields name what: by the value's shape first (address, hash, URL), then by the field's name. */
function observablesOf(field: string, value: string): AlertObservable[] {
  const text = value.trim();
  const one = (type: AlertObservable["type"]): AlertObservable[] => [{ type, value: text, field }];
  if (/^[0-9a-f]{32}$|^[0-9a-f]{40}$|^[0-9a-f]{64}$/i.test(text)) return one("hash");
  if (
    /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) ||
    (/^[0-9a-f:]{3,39}$/i.test(text) && text.split(":").length > 3)
  )
    return one("address");
  if (/^https?:\/\/\S+$/i.test(text)) return one("url");
  if (/file.?name|file.?path|^file$/i.test(field) || /(^|[._ ])file$/i.test(field)) return one("file");
  if (/user|account/i.test(field) && !/agent/i.test(field) && /^[^\s]{1,100}$/.test(text))
    return one("account");
  if (/host|computer|device.?name|machine/i.test(field) && /^[^\s/]{1,253}$/.test(text)) return one("host");
  if (/domain/i.test(field) && /^[^\s/]+\.[a-z]{2,}$/i.test(text)) return one("domain");
  return [];
}
