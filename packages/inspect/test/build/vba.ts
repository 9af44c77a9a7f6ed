/** Writes VBA projects ([MS-OVBA]): compressed dir stream and modules. */
import { bytes, le16, le32, wide } from "./bytes.ts";

/** [MS-OVBA] 2.4.1.3.6: chunks of 4096 bytes, each with copies of what came before in it. */
function compressVba(plain: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [Uint8Array.of(1)];
  for (let at = 0; at < plain.length; at += 4096) {
    const body = compressChunk(plain.subarray(at, at + 4096));
    chunks.push(le16((body.length + 2 - 3) | 0xb000), body);
  }
  return bytes(...chunks);
}

function compressChunk(plain: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < plain.length; ) {
    const flagsAt = out.push(0) - 1;
    for (let bit = 0; bit < 8 && at < plain.length; bit++) {
      const copy = longestCopy(plain, at);
      if (copy.length < 3) {
        out.push(plain[at++]!);
        continue;
      }
      out[flagsAt]! |= 1 << bit;
      const lengthBits = 16 - offsetBits(at);
      const token = ((copy.offset - 1) << lengthBits) | (copy.length - 3);
      out.push(token & 255, token >> 8);
      at += copy.length;
    }
  }
  return Uint8Array.from(out);
}

function offsetBits(at: number): number {
  return Math.max(4, Math.ceil(Math.log2(at)));
}

function longestCopy(plain: Uint8Array, at: number): { offset: number; length: number } {
  if (at === 0) return { offset: 0, length: 0 };
  const max = Math.min(2 ** (16 - offsetBits(at)) + 2, plain.length - at);
  let best = { offset: 0, length: 0 };
  for (let from = at - 1; from >= 0 && best.length < max; from--) {
    let length = 0;
    while (length < max && plain[from + length] === plain[at + length]) length++;
    if (length > best.length) best = { offset: at - from, length };
  }
  return best;
}

interface ModuleSpec {
  readonly name: string;
  readonly code: string;
  /** Stands before the source, as the compiled program does. */
  readonly cache?: Uint8Array;
  readonly isDocument?: boolean;
}

export interface ProjectSpec {
  readonly modules: readonly ModuleSpec[];
  /** Content of `_VBA_PROJECT`; by default a version without a compiled form. */
  readonly compiled?: Uint8Array;
  readonly codepage?: number;
}

/** Streams of a project under `prefix` ("Macros/" in Word, "_VBA_PROJECT_CUR/" in Excel, "" in vbaProject.bin). */
export function vbaStreams(
  { modules, compiled, codepage = 1252 }: ProjectSpec,
  prefix = "",
): Record<string, Uint8Array> {
  const streams: Record<string, Uint8Array> = {};
  for (const { name, code, cache = new Uint8Array() } of modules) {
    const source = `Attribute VB_Name = "${name}"\r\n${code.replaceAll("\n", "\r\n")}`;
    streams[`${prefix}VBA/${name}`] = bytes(cache, compressVba(bytes(source)));
  }
  streams[`${prefix}VBA/_VBA_PROJECT`] = compiled ?? bytes(le16(0x61cc), le16(0xffff), [0, 0, 0]);
  streams[`${prefix}VBA/dir`] = compressVba(dirStream(modules, codepage));
  streams[`${prefix}PROJECT`] = bytes(
    `ID="{00000000-0000-0000-0000-000000000000}"\r\n${modules.map(({ name }) => `Module=${name}`).join("\r\n")}\r\nName="Project"\r\n`,
  );
  return streams;
}

function dirStream(modules: readonly ModuleSpec[], codepage: number): Uint8Array {
  const record = (id: number, data: Uint8Array) => bytes(le16(id), le32(data.length), data);
  return bytes(
    record(0x01, le32(1)),
    record(0x02, le32(0x409)),
    record(0x14, le32(0x409)),
    record(0x03, le16(codepage)),
    record(0x04, bytes("Project")),
    // PROJECTVERSION states four bytes and has six.
    bytes(le16(0x09), le32(4), le32(1), le16(2)),
    record(0x0f, le16(modules.length)),
    record(0x13, le16(0xffff)),
    ...modules.flatMap(({ name, cache, isDocument }) => [
      record(0x19, bytes(name)),
      record(0x47, wide(name)),
      record(0x1a, bytes(name)),
      record(0x32, wide(name)),
      record(0x1c, bytes()),
      record(0x48, bytes()),
      record(0x31, le32(cache?.length ?? 0)),
      record(0x1e, le32(0)),
      record(0x2c, le16(0xffff)),
      record(isDocument ? 0x22 : 0x21, bytes()),
      record(0x2b, bytes()),
    ]),
    record(0x10, bytes()),
  );
}
