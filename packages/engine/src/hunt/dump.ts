import { openEvtx } from "@firebreak/evtx";
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
  const lines = new LineBuffer(write);
  const source = openPassSource(path);
  try {
    const log = openEvtx(source, { recover });
    let records = 0;
    log.forEachRecord((record) => {
      records++;
      if (format === "jsonl") lines.add(record.jsonBytes());
      else lines.addText(record.toXML());
    });
    lines.flush();
    return { records, problems: log.diagnosticCounts };
  } finally {
    source.close();
  }
}

/** Joins lines to large writes. */
class LineBuffer {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #bytes = Buffer.allocUnsafeSlow(bufferBytes);
  #length = 0;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  add(line: Uint8Array): void {
    if (this.#length + line.length + 1 > bufferBytes) this.flush();
    if (line.length + 1 > bufferBytes) {
      this.#write(line);
    } else {
      this.#bytes.set(line, this.#length);
      this.#length += line.length;
    }
    this.#bytes[this.#length++] = 0x0a;
  }

  addText(line: string): void {
    // UTF-8 takes at most three bytes a unit.
    const most = line.length * 3 + 1;
    if (most > bufferBytes) {
      this.add(Buffer.from(line));
      return;
    }
    if (this.#length + most > bufferBytes) this.flush();
    this.#length += this.#bytes.write(line, this.#length);
    this.#bytes[this.#length++] = 0x0a;
  }

  flush(): void {
    if (this.#length > 0) this.#write(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }
}
