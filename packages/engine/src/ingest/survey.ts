import type { LogFormat } from "@firebreak/model/format";
import { formats } from "@firebreak/parsers/formats.generated";
import { readEvidence } from "@firebreak/parsers/read";
import { containerKind } from "../evidence/containers.ts";
import type { EvidenceItem } from "../evidence/item.ts";
import { openSource } from "../evidence/source.ts";

const surveyBytes = 16 << 10;

/** True when the file's first records carry times without a year: such files are read last, dated by the others. */
export function hasYearlessTimes(item: EvidenceItem, dialects: readonly LogFormat[] = []): boolean {
  let yearless = false;
  let source: ReturnType<typeof openSource> | undefined;
  try {
    source = openSource(item.file);
    const bytes = source.read(0, surveyBytes);
    if (bytes.includes(0) || containerKind(bytes)) return false;
    const head = {
      size: bytes.length,
      read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
    };
    const ignore = () => {};
    const onYearless = () => {
      yearless = true;
    };
    readEvidence(
      head,
      { fileName: item.path, formats: [...dialects, ...formats], time: { onYearless } },
      { event: ignore, reject: ignore, skip: ignore, note: ignore },
    );
  } catch {
    // A parser's fault, or a file that is gone, is told when the file is read in full.
  } finally {
    source?.close();
  }
  return yearless;
}
