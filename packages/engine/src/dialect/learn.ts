import { type Learned, learnDialect } from "@firebreak/parsers/dialect/learn";
import { readHead } from "@firebreak/parsers/text/head";
import { walkLines } from "@firebreak/parsers/text/lines";
import { openSource } from "../evidence/source.ts";

/** Lines of a file that a dialect is learned from, at most so many bytes of it. */
const sampleBytes = 4 << 20;
const maxLines = 5000;

/** Learns a dialect from the first lines of a file; undefined for binary files and for text without columns. */
export function learnFromFile(file: string, name: string): Learned | undefined {
  const source = openSource(file);
  try {
    const head = readHead(source, file);
    if (head.encoding === "binary") return undefined;
    const size = Math.min(source.size, sampleBytes);
    const sample = {
      size,
      read: (offset: number, length: number) => source.read(offset, Math.min(length, size - offset)),
    };
    const lines: string[] = [];
    walkLines(
      sample,
      { encoding: head.encoding, start: head.bomLength },
      {
        line: (text) => {
          if (lines.length < maxLines) lines.push(text);
        },
        tooLong: () => {},
      },
    );
    // The last line may be cut by the end of the sample.
    if (source.size > size) lines.pop();
    return learnDialect(lines, name);
  } finally {
    source.close();
  }
}
