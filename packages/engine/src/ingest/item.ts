import { basename } from "node:path";
import type { ParsedEvent } from "@firebreak/model/event";
import type { LogFormat } from "@firebreak/model/format";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import { formats } from "@firebreak/parsers/formats.generated";
import { readEvidence } from "@firebreak/parsers/read";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { EvidenceItem } from "../evidence/item.ts";
import { openSource } from "../evidence/source.ts";
import { isOfMachine, machineOfPath } from "./machine-of-path.ts";
import { ReceiptBuilder, type Reject } from "./receipt.ts";

export interface ReadItemOptions {
  time: TimeSettings;
  /** Names of known machines: the path tells the machine where records name none. */
  machines?: readonly string[];
  /** Formats that the user taught; they are asked first. */
  dialects?: readonly LogFormat[];
}

export interface ItemVisitor {
  event(event: ParsedEvent): void;
  reject?(reject: Reject): void;
}

/** The last name in a path, also inside archives ("a.zip!/dir/b.log" gives "b.log"). */
function fileNameOf(path: string): string {
  return basename(path.slice(path.lastIndexOf("!/") + 1));
}

/** Reads one evidence item through its parser and gives its receipt. A parser's fault is a note, never a stop. */
export function readItem(
  item: EvidenceItem,
  options: ReadItemOptions,
  visitor: ItemVisitor,
): EvidenceReceipt {
  const machine = machineOfPath(item.path, options.machines ?? []);
  let inferred = 0;
  // What the visitor throws (a closed output, a full disk) is the run's business and no defect of a parser.
  let visitorFault: { error: unknown } | undefined;
  const guarded =
    <T>(tell: (told: T) => void) =>
    (told: T) => {
      try {
        tell(told);
      } catch (error) {
        visitorFault = { error };
        throw error;
      }
    };
  const tellEvent = guarded((event: ParsedEvent) => visitor.event(event));
  const tellReject = guarded((reject: Reject) => visitor.reject?.(reject));
  const builder = new ReceiptBuilder((event) => {
    if (machine !== undefined && event.fields["host.name"] === undefined && isOfMachine(event)) {
      event.fields["host.name"] = machine.name;
      event.fields["firebreak.inferred_host"] = machine.from;
      inferred++;
    }
    tellEvent(event);
  }, tellReject);
  let format = "unreadable";
  try {
    const source = openSource(item.file);
    try {
      if (source.size !== item.bytes)
        builder.note(`the file has ${source.size} bytes now and had ${item.bytes} when it was hashed`);
      format = readEvidence(
        source,
        {
          fileName: fileNameOf(item.path),
          time: options.time,
          formats: [...(options.dialects ?? []), ...formats],
        },
        builder,
      ).format;
    } finally {
      source.close();
    }
  } catch (error) {
    if (visitorFault) throw visitorFault.error;
    // Disk full is the run's problem; anything else is a defect in one parser that must not cost the other evidence.
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw error;
    format = "parser-fault";
    builder.note(
      `the parser stopped: ${error instanceof Error ? error.message : String(error)}; please report this file's format`,
    );
  }
  if (inferred > 0)
    builder.note(
      `${inferred} records name no machine: ${machine!.name} is taken from the ${machine!.from === "folder" ? "folder's" : "file's"} name`,
    );
  return builder.finish(item, format);
}
