import type { Fields, FieldValue } from "@firebreak/model/event";
import { normalise } from "@firebreak/parsers/windows/record";
import { defaultTaxonomy } from "@firebreak/sigma";

/**
 * ECS keys that the taxonomy asks for after a name of event data. Rules ask for them of every event that lacks the datum
 * (`ParentImage` of a network connection), so it pays to know which events can have them at all.
 */
const askedKeys = new Set(
  defaultTaxonomy.fields
    .filter(({ when }) => when.product === undefined)
    .flatMap(({ names }) => Object.values(names).flat())
    .filter((key) => !key.startsWith("winlog.") && !key.startsWith("firebreak.")),
);

/** One value of each kind that the conversion tells apart; it copies or reads each datum by itself. */
const probes: readonly string[] = [
  "C:\\Folder\\program.exe",
  "program.exe",
  "\\\\server\\share\\file.txt",
  "203.0.113.9",
  "2001:db8::9",
  "443",
  "0x1f4",
  "CORP\\alice",
  "alice@corp.example",
  "S-1-5-21-1-2-3-1001",
  "host.corp.example",
  "https://host.corp.example:8443/path?q=1",
  "HKLM\\Software\\Vendor\\Value",
  "HKU\\S-1-5-21-1-2-3-1001\\Software\\Vendor\\Value",
  "DWORD (0x00000001)",
  "QWORD (0x00000000-0x00000001)",
  "Binary Data",
  `SHA1=${"1a".repeat(20)},MD5=${"1a".repeat(16)},SHA256=${"1a".repeat(32)},IMPHASH=${"2b".repeat(16)}`,
  "1a".repeat(32),
  "type:  5 host.corp.example;203.0.113.9;::ffff:203.0.113.9;",
  "HostApplication=program.exe\nUserId=CORP\\alice\nScriptName=C:\\script.ps1\nCommandLine=run\nHostName=Console",
  "file:_C:\\Folder\\program.exe; containerfile:_C:\\a.zip->b.exe",
  "true",
  "%%1833",
  "SetValue",
  "word",
];

const mixedRounds = 2 * probes.length;

type KeySet = ReadonlySet<string>;
const byProvider = new Map<string, Map<number, KeySet>>();
const readingsMax = 50_000;
let readings = 0;

/**
 * False when the conversion gives no event of this provider and id the key, whatever its data. Always true for keys that
 * this module does not know about.
 */
export function mayDerive(provider: string | undefined, eventId: number, key: string): boolean {
  // Without a provider the reading depends on channel and message: too many ways.
  if (provider === undefined || !askedKeys.has(key)) return true;
  let byId = byProvider.get(provider);
  if (byId === undefined) {
    byId = new Map();
    byProvider.set(provider, byId);
  }
  let keys = byId.get(eventId);
  if (keys === undefined) {
    // A hostile file may name a new provider in every record.
    if (++readings > readingsMax) {
      byProvider.clear();
      readings = 0;
      return true;
    }
    keys = derivedKeys(provider, eventId);
    byId.set(eventId, keys);
  }
  return keys.has(key);
}

/** Runs the conversion over events that have every datum it asks for, once for each probe. */
function derivedKeys(provider: string, eventId: number): KeySet {
  const written = new Set<string>();
  for (let round = 0; round < probes.length + mixedRounds; round++) {
    const fields = new Proxy<Record<string, FieldValue>>(
      {},
      {
        get: (own, key) => own[key as string] ?? probeFor(key as string, round),
        set: (own, key, value) => {
          own[key as string] = value;
          written.add(key as string);
          return true;
        },
      },
    );
    normalise(fields as Fields, { eventId, provider, keywords: "0x8020000000000000", userSid: "S-1-5-18" });
  }
  return written;
}

/** First all data have one probe, then each its own, for what is read from several data. */
function probeFor(key: string, round: number): FieldValue | undefined {
  const probe = probes[round < probes.length ? round : mixed(key, round)];
  if (probe === undefined) return undefined;
  if (key === "winlog.event_data.Data") return Array.from({ length: 40 }, () => probe);
  return key.startsWith("winlog.event_data.") || key.startsWith("winlog.user_data.") ? probe : undefined;
}

function mixed(key: string, round: number): number {
  let hash = round;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) >>> 0;
  return hash % probes.length;
}
