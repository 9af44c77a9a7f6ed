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
const targets = Object.entries(sources).map(([target, names]) => ({
  target,
  mask: names.reduce((mask, name) => mask | bits.get(name)!, 0),
}));
for (const name of listFields) bits.set(name, (bits.get(name) ?? 0) | listBit);

/**
 * The last step of every event: lists where ECS has lists, then `related.ip`, `related.user`, `related.hosts` and `related.hash`
 * from the fields that are set, without doubles. Walks the fields that are there once: asking for each that could be is dearer.
 */
export function addRelated(fields: Fields): void {
  let present = 0;
  for (const name in fields) {
    const bit = bits.get(name);
    if (bit !== undefined) present |= bit;
  }
  if (present === 0) return;
  if ((present & listBit) !== 0) wrapLists(fields);
  for (const { target, mask } of targets) if ((present & mask) !== 0) gather(fields, target, present & mask);
}

/** Gives a single value of a field that is a list in ECS its list: `"host.ip": "192.0.2.1"` becomes `["192.0.2.1"]`. */
function wrapLists(fields: Fields): void {
  for (const name of listFields) {
    const value = fields[name];
    if (typeof value === "string") fields[name] = [value];
  }
}

/** Puts the values of the fields whose bits are set, then what the list held already. */
function gather(fields: Fields, target: string, mask: number): void {
  let found: string[] | undefined;
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const value: FieldValue | undefined = fields[feeding[31 - Math.clz32(rest & -rest)]!];
    if (value === undefined || value === "") continue;
    if (typeof value === "string") {
      if (found === undefined) found = [value];
      else if (!found.includes(value)) found.push(value);
    } else if (Array.isArray(value)) {
      found ??= [];
      for (const one of value as readonly string[]) if (!found.includes(one)) found.push(one);
    }
  }
  if (found === undefined || found.length === 0) return;
  const present = fields[target];
  if (Array.isArray(present)) {
    for (const one of present as readonly string[]) if (!found.includes(one)) found.push(one);
  }
  fields[target] = found;
}
