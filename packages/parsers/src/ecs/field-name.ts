const joined = new Map<string, Map<string, string>>();

/**
 * The name of a field below a prefix, joined once: `fieldBelow("source", "ip")` is "source.ip". A name that is joined anew for each event
 * must be looked up among all names each time, which costs more than to set the field. For names of the code, not of evidence.
 */
export function fieldBelow(prefix: string, leaf: string): string {
  let below = joined.get(prefix);
  if (below === undefined) {
    below = new Map();
    joined.set(prefix, below);
  }
  let name = below.get(leaf);
  if (name === undefined) {
    name = `${prefix}.${leaf}`;
    below.set(leaf, name);
  }
  return name;
}
