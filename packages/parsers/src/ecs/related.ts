import type { Fields, FieldValue } from "@firebreak/model/event";

/** The lists of ECS that gather values, and the fields that feed each, in the order in which their values stand. */
const sources = {
  "related.ip": [
    "source.ip",
    "destination.ip",
    "client.ip",
    "server.ip",
    "host.ip",
    "source.nat.ip",
    "destination.nat.ip",
    "network.forwarded_ip",
    "dns.resolved_ip",
  ],
  "related.user": ["user.name", "user.target.name", "user.effective.name", "user.email", "user.target.email"],
  "related.hosts": [
    "host.name",
    "host.hostname",
    "source.domain",
    "destination.domain",
    "url.domain",
    "dns.question.name",
  ],
  "related.hash": [
    "file.hash.md5",
    "file.hash.sha1",
    "file.hash.sha256",
    "process.hash.md5",
    "process.hash.sha1",
    "process.hash.sha256",
    "email.attachments.file.hash.md5",
    "email.attachments.file.hash.sha1",
    "email.attachments.file.hash.sha256",
  ],
} as const;

/** Fields that ECS 9 normalises as arrays (`normalize: array`) and that products record as one value. */
const listFields = [
  "host.ip",
  "host.mac",
  "observer.ip",
  "observer.mac",
  "email.from.address",
  "email.to.address",
  "user.roles",
];

/** All feeding fields in one order: the place of a field here is its bit in the mask of those that an event has. */
const feeding: readonly string[] = Object.values(sources).flat();
/** The bit of a field that is a list in ECS; the feeding ones are fewer than thirty. */
const listBit = 1 << 30;
const bits = new Map<string, number>(feeding.map((name, at) => [name, 1 << at]));
for (const name of listFields) bits.set(name, (bits.get(name) ?? 0) | listBit);

/** Bit n (modulo 32) is set where a name of n characters is of interest: most others are passed over by their length. */
const lengths = [...bits.keys()].reduce((mask, name) => mask | (1 << name.length), 0);

function maskOf(target: keyof typeof sources): number {
  return sources[target].reduce((mask, name) => mask | (bits.get(name)! & ~listBit), 0);
}
const ofIps = maskOf("related.ip");
const ofUsers = maskOf("related.user");
const ofHosts = maskOf("related.hosts");
const ofHashes = maskOf("related.hash");

/** The values that feed, by the place of their field in `feeding`: read on the walk, where V8 need not look for them. */
const values: (FieldValue | undefined)[] = feeding.map(() => undefined);

/**
 * The last step of every event: lists where ECS has lists, then `related.ip`, `related.user`, `related.hosts` and `related.hash`
 * from the fields that are set, without doubles. Walks the fields that are there once: asking for each that could be is dearer. The
 * lists are set by names that stand in the code: a field added by any other name makes a hash table of an object of many fields.
 */
export function addRelated(fields: Fields): void {
  let present = 0;
  for (const name in fields) {
    if (((lengths >>> name.length) & 1) === 0) continue;
    const bit = bits.get(name);
    if (bit === undefined) continue;
    present |= bit;
    const value = fields[name];
    // A single value of a field that is a list in ECS: "192.0.2.1" of "host.ip" becomes ["192.0.2.1"].
    if ((bit & listBit) !== 0 && typeof value === "string") fields[name] = [value];
    if (bit !== listBit) values[31 - Math.clz32(bit & ~listBit)] = value;
  }
  if (present === 0) return;
  if ((present & ofIps) !== 0) {
    const found = gather(present & ofIps, fields["related.ip"]);
    if (found !== undefined) fields["related.ip"] = found;
  }
  if ((present & ofUsers) !== 0) {
    const found = gather(present & ofUsers, fields["related.user"]);
    if (found !== undefined) fields["related.user"] = found;
  }
  if ((present & ofHosts) !== 0) {
    const found = gather(present & ofHosts, fields["related.hosts"]);
    if (found !== undefined) fields["related.hosts"] = found;
  }
  if ((present & ofHashes) !== 0) {
    const found = gather(present & ofHashes, fields["related.hash"]);
    if (found !== undefined) fields["related.hash"] = found;
  }
}

/** The values of the fields whose bits are set, then what the list held already; undefined when there is none. */
function gather(mask: number, present: FieldValue | undefined): string[] | undefined {
  let found: string[] | undefined;
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const value = values[31 - Math.clz32(rest & -rest)];
    if (value === undefined || value === "") continue;
    if (typeof value === "string") {
      if (found === undefined) found = [value];
      else if (!found.includes(value)) found.push(value);
    } else if (Array.isArray(value)) {
      found ??= [];
      for (const one of value as readonly string[]) if (!found.includes(one)) found.push(one);
    }
  }
  if (found === undefined || found.length === 0) return undefined;
  if (Array.isArray(present)) {
    for (const one of present as readonly string[]) if (!found.includes(one)) found.push(one);
  }
  return found;
}
