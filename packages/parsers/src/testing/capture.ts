/** Builds small captures for tests: documentation addresses, correct lengths, no checksums (readers do not need them). */
export interface TestFrame {
  readonly ms: number;
  readonly bytes: Uint8Array;
}

export function u16(value: number): number[] {
  return [value >> 8, value & 255];
}

export function ascii(text: string): number[] {
  return [...text].map((char) => char.charCodeAt(0));
}

function ipv4(address: string): number[] {
  return address.split(".").map(Number);
}

export interface Segment {
  readonly from: readonly [ip: string, port: number];
  readonly to: readonly [ip: string, port: number];
  readonly flags?: number;
  readonly payload?: readonly number[];
  readonly vlan?: boolean;
}

const ethernet = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];

function ipFrame(
  protocol: number,
  from: string,
  to: string,
  body: readonly number[],
  vlan: boolean,
): Uint8Array {
  const header = [
    0x45,
    0,
    ...u16(20 + body.length),
    0,
    1,
    0,
    0,
    64,
    protocol,
    0,
    0,
    ...ipv4(from),
    ...ipv4(to),
  ];
  return Uint8Array.from([...ethernet, ...(vlan ? [0x81, 0, 0, 7] : []), 8, 0, ...header, ...body]);
}

export function tcp({ from, to, flags = 16, payload = [], vlan = false }: Segment): Uint8Array {
  const header = [...u16(from[1]), ...u16(to[1]), 0, 0, 0, 1, 0, 0, 0, 0, 0x50, flags, 1, 0, 0, 0, 0, 0];
  return ipFrame(6, from[0], to[0], [...header, ...payload], vlan);
}

export function udp({ from, to, payload = [], vlan = false }: Segment): Uint8Array {
  return ipFrame(
    17,
    from[0],
    to[0],
    [...u16(from[1]), ...u16(to[1]), ...u16(8 + payload.length), 0, 0, ...payload],
    vlan,
  );
}

/** A query for a name (type A), or with `answer` its response. */
export function dns(name: string, answer?: string): number[] {
  const labels = name.split(".").flatMap((label) => [label.length, ...ascii(label)]);
  const question = [...labels, 0, 0, 1, 0, 1];
  const head = [0x12, 0x34, answer ? 0x81 : 1, answer ? 0x80 : 0, 0, 1, 0, answer ? 1 : 0, 0, 0, 0, 0];
  return [
    ...head,
    ...question,
    ...(answer ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...ipv4(answer)] : []),
  ];
}

export function clientHello(serverName: string): number[] {
  const name = ascii(serverName);
  const list = [0, ...u16(name.length), ...name];
  const extension = [0, 0, ...u16(list.length + 2), ...u16(list.length), ...list];
  const body = [
    3,
    3,
    ...new Array<number>(32).fill(7),
    0,
    0,
    2,
    0x13,
    1,
    1,
    0,
    ...u16(extension.length),
    ...extension,
  ];
  const message = [1, 0, ...u16(body.length), ...body];
  return [22, 3, 1, ...u16(message.length), ...message];
}

/** Little-endian pcap with microseconds. */
export function pcap(frames: readonly TestFrame[]): Uint8Array {
  const parts = [header()];
  for (const { ms, bytes } of frames) {
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(0, Math.floor(ms / 1000), true);
    record.setUint32(4, (ms % 1000) * 1000, true);
    record.setUint32(8, bytes.length, true);
    record.setUint32(12, bytes.length, true);
    parts.push(new Uint8Array(record.buffer), bytes);
  }
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function header(): Uint8Array {
  const view = new DataView(new ArrayBuffer(24));
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 65_535, true);
  view.setUint32(20, 1, true);
  return new Uint8Array(view.buffer);
}

/** Little-endian pcapng: section, one interface with nanoseconds, a packet block a frame. */
export function pcapng(frames: readonly TestFrame[]): Uint8Array {
  const parts = [
    block(0x0a0d0d0a, [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]),
  ];
  parts.push(block(1, [1, 0, 0, 0, 0, 0, 4, 0, 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]));
  for (const { ms, bytes } of frames) {
    const nanos = BigInt(ms) * 1_000_000n;
    const view = new DataView(new ArrayBuffer(20));
    view.setUint32(4, Number(nanos >> 32n), true);
    view.setUint32(8, Number(nanos & 0xffffffffn), true);
    view.setUint32(12, bytes.length, true);
    view.setUint32(16, bytes.length, true);
    const padding = new Array<number>((4 - (bytes.length % 4)) % 4).fill(0);
    parts.push(block(6, [...new Uint8Array(view.buffer), ...bytes, ...padding]));
  }
  return Uint8Array.from(parts.flat());
}

function block(type: number, body: readonly number[]): number[] {
  const length = body.length + 12;
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  const head = [...new Uint8Array(view.buffer)];
  return [...head, ...body, ...head.slice(4)];
}
