import type { Fields } from "@firebreak/model/event";

/** Fields that ECS 9 normalises as arrays (`normalize: array`) and that products record as one value. */
const names = [
  "host.ip",
  "host.mac",
  "observer.ip",
  "observer.mac",
  "email.from.address",
  "email.to.address",
  "user.roles",
] as const;

/** Gives a single value of a field that is a list in ECS its list: `"host.ip": "192.0.2.1"` becomes `["192.0.2.1"]`. */
export function wrapLists(fields: Fields): void {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === "string") fields[name] = [value];
  }
}
