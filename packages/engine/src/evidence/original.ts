import { openEvtx } from "@firebreak/evtx";
import type { ByteRange } from "@firebreak/model/event";
import type { ByteSource } from "@firebreak/model/format";
import { decodeText, type Encoding } from "@firebreak/parsers/text/encoding";
import { readHead } from "@firebreak/parsers/text/head";

/** Reads the raw record at a place again: text as recorded, a Windows event as XML. */
export interface OriginalReader {
  read(range: ByteRange): string;
}

const evtxHeaderBytes = 4096;
const chunkBytes = 65_536;
const blockBytes = 1 << 20;

export function createOriginalReader(source: ByteSource): OriginalReader {
  const start = source.read(0, 8);
  if (Buffer.from(start).toString("latin1") === "ElfFile\0") return evtxReader(source);
  const { encoding } = readHead(source, "");
  return textReader(source, encoding);
}

/** Neighbouring records share a block, so reading them in order costs one read per block. */
function textReader(source: ByteSource, encoding: Encoding): OriginalReader {
  let block: Uint8Array = new Uint8Array(0);
  let blockStart = 0;
  return {
    read({ offset, length }) {
      if (offset < blockStart || offset + length > blockStart + block.length) {
        blockStart = offset;
        block = source.read(offset, Math.max(length, blockBytes));
      }
      const bytes = block.subarray(offset - blockStart, offset - blockStart + length);
      return decodeText(bytes, encoding).replace(/\r?\n$/, "");
    },
  };
}

/** A chunk decodes alone, so only the chunk that holds the record is read. */
function evtxReader(source: ByteSource): OriginalReader {
  const file = openEvtx(source, { recover: true, checksums: false });
  let chunk = -1;
  let records = new Map<number, string>();
  return {
    read({ offset }) {
      const wanted = Math.floor((offset - evtxHeaderBytes) / chunkBytes);
      if (wanted !== chunk) {
        chunk = wanted;
        records = new Map();
        file.forEachRecord((record) => records.set(record.offset, record.toXML()), {
          fromChunk: wanted,
          toChunk: wanted + 1,
        });
      }
      return records.get(offset) ?? "";
    },
  };
}
