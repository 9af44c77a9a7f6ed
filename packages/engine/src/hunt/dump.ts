import { type EvtxFile, openEvtx } from "@firebreak/evtx";
import { openPassSource } from "../evidence/source.ts";

export interface DumpOptions {
  readonly format: "jsonl" | "xml";
  /** Also old records out of unused space. */
  readonly recover: boolean;
  /** Gets whole lines, many at a time; the bytes are valid during the call. */
  write(bytes: Uint8Array): void;
}

export interface DumpResult {
  readonly records: number;
  /** Exact counts of what was wrong, by code. */
  readonly problems: ReadonlyMap<string, number>;
}

const bufferBytes = 1 << 20;

/** Every record of an event log as a line of JSON or XML, in file order. */
export function dumpEvtx(path: string, { format, recover, write }: DumpOptions): DumpResult {
  const source = openPassSource(path);
  try {
    const log = openEvtx(source, { recover });
    const records = format === "jsonl" ? log.writeJson(write) : writeXml(log, write);
    return { records, problems: log.diagnosticCounts };
  } finally {
    source.close();
  }
}

function writeXml(log: EvtxFile, write: (bytes: Uint8Array) => void): number {
  const bytes = Buffer.allocUnsafeSlow(bufferBytes);
  let used = 0;
  let records = 0;
  const flush = () => {
    if (used > 0) write(bytes.subarray(0, used));
    used = 0;
  };
  log.forEachRecord((record) => {
    records++;
    const line = `${record.toXML()}\n`;
    // UTF-8 takes at most three bytes a unit.
    const most = line.length * 3;
    if (used + most > bufferBytes) flush();
    if (most > bufferBytes) write(Buffer.from(line));
    else used += bytes.write(line, used);
  });
  flush();
  return records;
}
