import { remembering } from "../text/remember.ts";

/** IANA protocol numbers that logs meet (https://www.iana.org/assignments/protocol-numbers). */
const byNumber: Record<string, string> = {
  "0": "hopopt",
  "1": "icmp",
  "2": "igmp",
  "4": "ipip",
  "6": "tcp",
  "17": "udp",
  "41": "ipv6",
  "47": "gre",
  "50": "esp",
  "51": "ah",
  "58": "ipv6-icmp",
  "88": "eigrp",
  "89": "ospf",
  "103": "pim",
  "112": "vrrp",
  "132": "sctp",
};
const names = new Set([...Object.values(byNumber), "icmp6", "icmpv6", "udplite", "dccp"]);

/** `network.transport` of a protocol number or name: "6" → "tcp", "ICMPv6" → "ipv6-icmp"; undefined for anything else. */
export const transportOf = remembering((protocol): string | undefined => {
  const lower = protocol.toLowerCase();
  if (Object.hasOwn(byNumber, lower)) return byNumber[lower];
  if (!names.has(lower)) return undefined;
  return lower === "icmp6" || lower === "icmpv6" ? "ipv6-icmp" : lower;
});
