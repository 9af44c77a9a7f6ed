import { cleanIp, isIpv4 } from "../ecs/ip.ts";

/** Not behind a letter, a dash or "name/": these are versions ("Chrome/105.0.0.0", "1.0.2-0.20.04.1"). */
const v4 = /(?<![\w.~-])(?<![A-Za-z]\/)(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}(?![\d]|\.\d)/g;
const v6 = /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])/g;
const maxFound = 50;

/** The IP addresses that a text names, each once, at most 50: for `related.ip` of free text. */
export function findAddresses(text: string): string[] {
  const found: string[] = [];
  const searched = text.length > 65_536 ? text.slice(0, 65_536) : text;
  if (searched.includes(".")) {
    for (const match of searched.matchAll(v4)) {
      if (found.length >= maxFound) return found;
      if (isIpv4(match[0]) && !found.includes(match[0])) found.push(match[0]);
    }
  }
  if (!searched.includes("::") && (searched.match(/:/g)?.length ?? 0) < 7) return found;
  for (const match of searched.matchAll(v6)) {
    if (found.length >= maxFound) break;
    // A clock ("10:11:12") is no address, and "::" alone says nothing.
    if (match[0].length < 4 || !(match[0].includes("::") || match[0].split(":").length === 8)) continue;
    const ip = cleanIp(match[0]);
    if (ip !== undefined && !found.includes(ip)) found.push(ip);
  }
  return found;
}
