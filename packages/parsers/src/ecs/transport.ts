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
export function transportOf(protocol: string): string | undefined {
  if (protocol === "tcp" || protocol === "udp") return protocol;
  const lower = protocol.toLowerCase();
  if (Object.hasOwn(byNumber, lower)) return byNumber[lower];
  if (!names.has(lower)) return undefined;
  return lower === "icmp6" || lower === "icmpv6" ? "ipv6-icmp" : lower;
}
