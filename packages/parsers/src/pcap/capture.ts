import type { ByteSource } from "@firebreak/model/format";

/** A captured frame: where it stands in the file, when it was seen, and the bytes that were kept of it. */
export interface Frame {
  readonly offset: number;
  readonly length: number;
  /** Milliseconds since 1970, floored. */
  readonly ms: number;
  /** Nanoseconds below the millisecond. */
  readonly ns: number;
  readonly linkType: number;
  /** Bytes of the frame on the wire; more than `data` holds when it was cut at the snap length. */
  readonly wireLength: number;
  readonly data: Uint8Array;
}

export interface FrameVisitor {
  frame(frame: Frame): void;
  /** Headers, options, statistics. */
  skip(offset: number, length: number, reason: string): void;
  reject(offset: number, length: number, reason: string): void;
}

const maxFrameBytes = 1 << 20;
const pcapMagic = 0xa1b2c3d4;
const pcapNanoMagic = 0xa1b23c4d;
const sectionHeader = 0x0a0d0d0a;

export function isCapture(bytes: Uint8Array): boolean {
  if (bytes.length < 24) return false;
  const view = viewOf(bytes);
  const big = view.getUint32(0);
  const little = view.getUint32(0, true);
  if ([big, little].some((magic) => magic === pcapMagic || magic === pcapNanoMagic)) return true;
  return big === sectionHeader && [view.getUint32(8), view.getUint32(8, true)].includes(0x1a2b3c4d);
}

/** Walks the frames of a pcap (libpcap file format) or pcapng (draft-ietf-opsawg-pcapng) file. Memory: one frame. */
export function readCapture(source: ByteSource, visitor: FrameVisitor): void {
  const head = source.read(0, 4);
  if (head.length === 4 && viewOf(head).getUint32(0) === sectionHeader) readPcapng(source, visitor);
  else readPcap(source, visitor);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readPcap(source: ByteSource, visitor: FrameVisitor): void {
  const header = viewOf(source.read(0, 24));
  const little = [pcapMagic, pcapNanoMagic].includes(header.getUint32(0, true));
  const nanos = header.getUint32(0, little) === pcapNanoMagic;
  const linkType = header.getUint32(20, little) & 0xffff;
  visitor.skip(0, 24, "capture header");
  for (let at = 24; at < source.size; ) {
    const bytes = source.read(at, 16);
    if (bytes.length < 16) {
      visitor.reject(at, source.size - at, "record header is cut");
      return;
    }
    const view = viewOf(bytes);
    const kept = view.getUint32(8, little);
    if (kept > maxFrameBytes) {
      visitor.reject(at, source.size - at, "record longer than 1 MiB: the capture is damaged");
      return;
    }
    const data = source.read(at + 16, kept);
    if (data.length < kept) {
      visitor.reject(at, source.size - at, "frame is cut at the end of the file");
      return;
    }
    const fraction = view.getUint32(4, little);
    const nanoseconds = nanos ? fraction : fraction * 1000;
    visitor.frame({
      offset: at,
      length: 16 + kept,
      ms: view.getUint32(0, little) * 1000 + Math.floor(nanoseconds / 1e6),
      ns: nanoseconds % 1e6,
      linkType,
      wireLength: view.getUint32(12, little),
      data,
    });
    at += 16 + kept;
  }
}

interface Interface {
  readonly linkType: number;
  /** Units of the timestamp in a second. */
  readonly resolution: bigint;
}

function readPcapng(source: ByteSource, visitor: FrameVisitor): void {
  let little = true;
  let interfaces: Interface[] = [];
  for (let at = 0; at < source.size; ) {
    const head = source.read(at, 12);
    if (head.length < 12) {
      visitor.reject(at, source.size - at, "block header is cut");
      return;
    }
    const view = viewOf(head);
    if (view.getUint32(0) === sectionHeader) {
      little = view.getUint32(8, true) === 0x1a2b3c4d;
      interfaces = [];
    }
    const type = view.getUint32(0, little);
    const length = view.getUint32(4, little);
    if (length < 12 || length % 4 !== 0 || length > maxFrameBytes + 4096) {
      visitor.reject(at, source.size - at, "block with an impossible length");
      return;
    }
    const block = source.read(at, length);
    if (block.length < length) {
      visitor.reject(at, source.size - at, "block is cut at the end of the file");
      return;
    }
    if (type === 1) interfaces.push(readInterface(block, little));
    const frame = type === 6 ? enhancedFrame(block, at, little, interfaces) : undefined;
    if (frame) visitor.frame(frame);
    else if (type === 6) visitor.reject(at, length, "packet block of an unknown interface or length");
    else visitor.skip(at, length, "capture metadata");
    at += length;
  }
}

/** Interface Description Block (§4.2): option 9 is the resolution of timestamps. */
function readInterface(block: Uint8Array, little: boolean): Interface {
  const view = viewOf(block);
  let resolution = 1_000_000n;
  for (let at = 16; at + 4 <= block.length - 4; ) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === 0) break;
    if (code === 9 && length === 1 && at + 4 < block.length) {
      const value = view.getUint8(at + 4);
      const power = BigInt(Math.min(value & 0x7f, 63));
      resolution = value & 0x80 ? 2n ** power : 10n ** (power > 18n ? 18n : power);
    }
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { linkType: view.getUint16(8, little), resolution };
}

/** Enhanced Packet Block (§4.3). */
function enhancedFrame(
  block: Uint8Array,
  offset: number,
  little: boolean,
  interfaces: readonly Interface[],
): Frame | undefined {
  if (block.length < 32) return undefined;
  const view = viewOf(block);
  const from = interfaces[view.getUint32(8, little)];
  const kept = view.getUint32(20, little);
  if (!from || kept > block.length - 32) return undefined;
  const units = (BigInt(view.getUint32(12, little)) << 32n) | BigInt(view.getUint32(16, little));
  const nanoseconds = (units * 1_000_000_000n) / from.resolution;
  return {
    offset,
    length: block.length,
    ms: Number(nanoseconds / 1_000_000n),
    ns: Number(nanoseconds % 1_000_000n),
    linkType: from.linkType,
    wireLength: view.getUint32(24, little),
    data: block.subarray(28, 28 + kept),
  };
}
