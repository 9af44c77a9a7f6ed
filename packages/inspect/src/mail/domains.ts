/** Comparison of domains as a reader would confuse them. */

/** Second-level labels under which names are registered in many countries. */
const secondLevel = new Set(["co", "com", "org", "net", "gov", "edu", "ac", "gob", "gouv", "or", "ne", "go"]);

/** The part of a host name that somebody registered, by a simple rule: the last two labels, three below "co.uk" and the like. */
export function registeredDomain(host: string): string {
  const labels = host.toLowerCase().replace(/\.$/, "").split(".");
  const count = labels.length >= 3 && labels.at(-1)!.length === 2 && secondLevel.has(labels.at(-2)!) ? 3 : 2;
  return labels.slice(-count).join(".");
}

export function domainOf(address: string): string {
  return registeredDomain(address.slice(address.lastIndexOf("@") + 1));
}

const twins: readonly (readonly [from: RegExp, to: string])[] = [
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/cl/g, "d"],
  [/[1|!íìıĺɩіⅼ]/g, "l"],
  [/i/g, "l"],
  [/[0оοօӧó]/g, "o"],
  [/[5ѕ]/g, "s"],
  [/[3еёєé]/g, "e"],
  [/[4аàáɑ]/g, "a"],
  [/[8ƅь]/g, "b"],
  [/[рρ]/g, "p"],
  [/[сϲç]/g, "c"],
  [/[хχ]/g, "x"],
  [/[уү]/g, "y"],
  [/[һ]/g, "h"],
  [/[ո]/g, "n"],
  [/-/g, ""],
];

/** What a domain looks like: names with the same skeleton are taken for one another. */
export function skeletonOf(domain: string): string {
  return twins.reduce((text, [from, to]) => text.replace(from, to), domain.toLowerCase());
}

/** Letters of several scripts in one label, or a name in Punycode. */
export function isMixedScript(domain: string): boolean {
  return domain.split(".").some((label) => {
    if (/^xn--/i.test(label)) return true;
    return /[a-z]/i.test(label) && /[\u0370-\u052f\u0531-\u058f]/.test(label);
  });
}
