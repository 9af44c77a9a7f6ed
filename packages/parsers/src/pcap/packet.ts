import { ipv6Of } from "../ecs/ip.ts";
/** What one frame says about the connection that it belongs to. */
export interface Packet {
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly transport: string;
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
  /** TCP flags; 0 for others. */
  readonly flags: number;
  readonly payload: Uint8Array;
}

const ethernet = 1;
const rawIp = [12, 14, 101];
const linuxCooked = 113;
const linuxCooked2 = 276;
const nullLoopback = 0;
const nflog = 239;

/** Finds IP, transport and payload in a frame; undefined for ARP and whatever else carries no IP. Never throws. */
export function readPacket(linkType: number, data: Uint8Array): Packet | undefined {
  const at = ipStart(linkType, data);
  if (at < 0 || at >= data.length) return undefined;
  const version = data[at]! >> 4;
  if (version === 4) return readIpv4(data, at);
  return version === 6 ? readIpv6(data, at) : undefined;
}

function u16(data: Uint8Array, at: number): number {
  return ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
}

function ipStart(linkType: number, data: Uint8Array): number {
  if (linkType === ethernet) return afterEtherType(data, 12);
  if (rawIp.includes(linkType)) return 0;
  if (linkType === linuxCooked) return afterEtherType(data, 14);
  if (linkType === linuxCooked2) return isIpType(u16(data, 0)) ? 20 : -1;
  if (linkType === nullLoopback) return 4;
  if (linkType === nflog) return nflogPayload(data);
  return -1;
}

function isIpType(type: number): boolean {
  return type === 0x0800 || type === 0x86dd;
}

/** Passes over up to four VLAN tags (802.1Q, 802.1ad). */
function afterEtherType(data: Uint8Array, from: number): number {
  let at = from;
  for (let tags = 0; tags < 4; tags++) {
    const type = u16(data, at);
    if (isIpType(type)) return at + 2;
    // PPPoE session (RFC 2516): six bytes, then the PPP protocol.
    if (type === 0x8864) return [0x0021, 0x0057].includes(u16(data, at + 8)) ? at + 10 : -1;
    if (type !== 0x8100 && type !== 0x88a8 && type !== 0x9100) return -1;
    at += 4;
  }
  return -1;
}

/** NFLOG: little-endian length and type; type 9 is the packet. */
function nflogPayload(data: Uint8Array): number {
  for (let at = 4, entries = 0; at + 4 <= data.length && entries < 50; entries++) {
    const length = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8);
    const type = (data[at + 2] ?? 0) | ((data[at + 3] ?? 0) << 8);
    if (type === 9) return at + 4;
    if (length < 4) return -1;
    at += length + ((4 - (length % 4)) % 4);
  }
  return -1;
}

const transports: Record<number, string> = {
  1: "icmp",
  6: "tcp",
  17: "udp",
  47: "gre",
  50: "esp",
  58: "ipv6-icmp",
  132: "sctp",
};

function readIpv4(data: Uint8Array, at: number): Packet | undefined {
  const header = (data[at]! & 15) * 4;
  if (header < 20 || at + header > data.length) return undefined;
  const total = u16(data, at + 2);
  const end = total >= header ? Math.min(data.length, at + total) : data.length;
  // A later fragment has no ports: its bytes belong to the flow of the first only by address.
  const isFirst = (u16(data, at + 6) & 0x1fff) === 0;
  const source = data.subarray(at + 12, at + 16).join(".");
  const destination = data.subarray(at + 16, at + 20).join(".");
  return transport(data[at + 9]!, data.subarray(at + header, end), source, destination, isFirst);
}

function readIpv6(data: Uint8Array, at: number): Packet | undefined {
  if (at + 40 > data.length) return undefined;
  const source = ipv6Text(data.subarray(at + 8, at + 24));
  const destination = ipv6Text(data.subarray(at + 24, at + 40));
  const end = Math.min(data.length, at + 40 + u16(data, at + 4));
  let next = data[at + 6]!;
  let start = at + 40;
  let isFirst = true;
  // Hop-by-hop, routing, fragment and destination options (RFC 8200 §4).
  for (
    let i = 0;
    i < 8 && (next === 0 || next === 43 || next === 44 || next === 60) && start + 8 <= end;
    i++
  ) {
    if (next === 44) isFirst = (u16(data, start + 2) & 0xfff8) === 0;
    const length = next === 44 ? 8 : (data[start + 1]! + 1) * 8;
    next = data[start]!;
    start += length;
  }
  return transport(next, data.subarray(start, end), source, destination, isFirst);
}

function transport(
  protocol: number,
  data: Uint8Array,
  sourceIp: string,
  destinationIp: string,
  isFirst: boolean,
): Packet {
  const name = transports[protocol] ?? `protocol-${protocol}`;
  const hasPorts = isFirst && data.length >= 8 && (protocol === 6 || protocol === 17 || protocol === 132);
  const header = protocol === 6 ? ((data[12] ?? 0) >> 4) * 4 : 8;
  return {
    sourceIp,
    destinationIp,
    transport: name,
    sourcePort: hasPorts ? u16(data, 0) : undefined,
    destinationPort: hasPorts ? u16(data, 2) : undefined,
    flags: hasPorts && protocol === 6 ? (data[13] ?? 0) : 0,
    payload: hasPorts && header >= 8 ? data.subarray(header) : data.subarray(data.length),
  };
}

/** RFC 5952 spelling of sixteen octets. */
export function ipv6Text(octets: Uint8Array): string {
  return ipv6Of(Array.from({ length: 8 }, (_, i) => u16(octets, 2 * i).toString(16)));
}
