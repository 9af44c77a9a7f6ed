/** IANA protocol numbers that firewall logs meet (https://www.iana.org/assignments/protocol-numbers). */
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

const byName = new Map<string, string>([
  ["TCP", "tcp"],
  ["UDP", "udp"],
  ["tcp", "tcp"],
  ["udp", "udp"],
  ["icmpv6", "ipv6-icmp"],
  ["icmp6", "ipv6-icmp"],
  ["ICMPv6", "ipv6-icmp"],
  ["ICMP6", "ipv6-icmp"],
]);

/** `network.transport` for a protocol as recorded: "6" → "tcp", "TCP" → "tcp", "ICMPv6" → "ipv6-icmp"; undefined for junk. */
export function transportName(recorded: string): string | undefined {
  const known = byName.get(recorded);
  if (known !== undefined) return known;
  if (Object.hasOwn(byNumber, recorded)) return byNumber[recorded];
  return /^[A-Za-z][A-Za-z0-9-]{1,15}$/.test(recorded) ? recorded.toLowerCase() : undefined;
}
