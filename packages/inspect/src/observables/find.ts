import type { ObservableType } from "../result.ts";

export interface FoundValue {
  readonly type: ObservableType;
  readonly value: string;
  /** Index in the text. */
  readonly at: number;
}

/** Top-level domains that bare names are accepted with. Those that are also file extensions or methods (.py, .sh) are left out. */
const bareTlds =
  "com|net|org|info|biz|io|co|me|ru|cn|de|fr|uk|nl|it|es|eu|us|ca|au|jp|kr|in|br|mx|tr|ua|ch|at|be|se|no|fi|dk|cz|hu|gr|pt|ro|bg|ir|il|za|ng|ke|top|xyz|online|site|club|shop|live|icu|cloud|dev|tech|store|space|website|host|pw|tk|ml|ga|cf|gq|su|onion|example|test|invalid|arpa|gov|edu|mil|int";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const patterns: readonly (readonly [ObservableType, RegExp])[] = [
  [
    "url",
    /\b(?:https?|ftps?|file|ldaps?|wss?|smb|ms-msdt|search-ms|mhtml):\/{0,3}[^\s"'<>()[\]{}|\\^`\u0000-\u001f\u007f-\u00a0]{4,2000}/gi,
  ],
  ["email", new RegExp(`\\b[a-z0-9][a-z0-9._%+-]{0,63}@(?:${label}\\.){1,5}[a-z]{2,24}\\b`, "gi")],
  [
    "domain",
    new RegExp(`(?<![a-z0-9@._/\\\\-])(?:${label}\\.){1,5}(?:${bareTlds})(?![a-z0-9_(-]|\\.[a-z0-9])`, "gi"),
  ],
  ["ipv4", /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/g],
  ["ipv6", /(?<![0-9a-f:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![0-9a-f:.])/gi],
  ["sha256", /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi],
  ["sha1", /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/gi],
  ["md5", /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/gi],
  [
    "windows-path",
    /(?:\b[a-z]:\\|\\\\[a-z0-9][a-z0-9.$-]{0,62}\\|%[a-z_]{3,30}(?:\([x0-9]+\))?%\\)[^\s"'<>|*?:\u0000-\u001f]{2,250}/gi,
  ],
  [
    "unix-path",
    /(?<![a-z0-9_./\\:>-])\/(?:bin|boot|dev|etc|home|lib|opt|root|tmp|usr|var|Users|Library|Applications)\/[a-z0-9._/+@-]{2,200}/gi,
  ],
  ["registry-key", /\b(?:HKEY_[A-Z_]{4,20}|HK(?:LM|CU|CR|U))(?::?\\{1,2}[a-z0-9 ._{}-]{1,80}){1,12}/gi],
  [
    "bitcoin-address",
    /(?<![a-z0-9])(?:bc1[ac-hj-np-z02-9]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34})(?![a-z0-9])/gi,
  ],
  ["ethereum-address", /(?<![0-9a-z])0x[0-9a-f]{40}(?![0-9a-f])/gi],
  ["monero-address", /(?<![0-9a-z])4[0-9AB][1-9A-HJ-NP-Za-km-z]{93}(?![0-9a-z])/g],
];

/** Values in a text, each once by type and place; what lies inside a URL is not told again as domain or path. */
export function findObservables(text: string): FoundValue[] {
  const found: FoundValue[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const value = tidy(type, match[0]);
      if (value === undefined || !holds(type, value, text, match.index)) continue;
      found.push({ type, value, at: match.index });
    }
  }
  return withoutInner(found);
}

function tidy(type: ObservableType, raw: string): string | undefined {
  const value = raw.replace(/[.,;:!?*&=)\]}'"-]+$/, "");
  if (type === "url") {
    const parts = /^([a-z][a-z0-9+.-]*):\/{0,3}([^/?#]*)/i.exec(value);
    if (parts === null || (parts[2] === "" && !/^(?:file|ms-msdt|search-ms|mhtml)/i.test(value)))
      return undefined;
    return /[.:[]|localhost/i.test(parts[2]!) || !/^(?:http|ftp)/i.test(value) ? value : undefined;
  }
  if (type === "email" || type === "domain") return value.toLowerCase();
  if (/^(?:md5|sha1|sha256)$/.test(type)) {
    const lower = value.toLowerCase();
    // Hex that is all digits or all one digit is a number or a filler.
    return new Set(lower).size < 8 || !/[a-f]/.test(lower) || !/\d/.test(lower) ? undefined : lower;
  }
  return value;
}

function holds(type: ObservableType, value: string, text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 24), at);
  switch (type) {
    case "ipv4": {
      const first = Number(value.slice(0, value.indexOf(".")));
      return (
        first !== 0 &&
        !/(?:version|ver|v|oid|release|build)\s*["'=:,(\s]*$/i.test(before) &&
        !/^(?:0\.|1\.[0-3]\.|2\.5\.)/.test(value)
      );
    }
    case "ipv6":
      return value.includes("::") ? value.length >= 7 : value.split(":").length === 8;
    case "domain":
      return value.length >= 5 && !/^(?:www\.)?[a-z]\.[a-z]{2}$/.test(value) && !/\.(?:dll|exe)$/.test(value);
    case "bitcoin-address":
      // Base58 words of plain letters are texts, not addresses.
      return (
        /\d.*\d.*\d/.test(value) && (/^bc1/i.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)))
      );
    default:
      return true;
  }
}

function withoutInner(found: readonly FoundValue[]): FoundValue[] {
  const outer = found
    .filter(
      ({ type }) => type === "url" || type === "email" || type === "registry-key" || type === "windows-path",
    )
    .map(({ value, at }) => ({ from: at, to: at + value.length }))
    .sort((a, b) => a.from - b.from);
  const inner = new Set([
    "domain",
    "ipv4",
    "ipv6",
    "unix-path",
    "email",
    "bitcoin-address",
    "md5",
    "sha1",
    "sha256",
  ]);
  let next = 0;
  let reach = -1;
  let reachFrom = -1;
  const sorted = [...found].sort((a, b) => a.at - b.at);
  return sorted.filter((item) => {
    while (next < outer.length && outer[next]!.from <= item.at) {
      if (outer[next]!.to > reach) {
        reach = outer[next]!.to;
        reachFrom = outer[next]!.from;
      }
      next++;
    }
    return !(inner.has(item.type) && item.at > reachFrom && item.at < reach);
  });
}

/** Host of a URL in lower case, without user, port and brackets; "" when it has none. */
export function hostOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\\]*)/i.exec(url)?.[1] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return (/^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/:\d*$/, "")).toLowerCase();
}
