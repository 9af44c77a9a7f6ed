import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { readContainerLine } from "../../container/inner.ts";

const pattern =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP])(?::[^ ]{0,40})?(?: (.*))?$/;
const partial = /^\d{4}-\S{15,30} (stdout|stderr) P[ :]/;

/** Container runtime interface logs (containerd, CRI-O): time, stream, tag, line. The zone is in the record. */
export const format = {
  kind: "line",
  name: "container/cri",
  title: "Kubernetes container log (CRI)",
  version: 2,
  notes:
    "By time, stdout or stderr and F (full) or P (partial). Partial lines of one stream are joined up to the full one; a partial line without its end says firebreak.raw.partial. Access lines and JSON within are read as what they are.",
  sniff(line) {
    return pattern.test(line) ? 0.97 : 0;
  },
  open(context) {
    return { continues, parse: (record) => parseCri(record, context) };
  },
} satisfies LineFormat;

/** The next line goes on with a partial one when it is of the same stream; lines of the other stream between break the join. */
function continues(pending: string, line: string): boolean {
  const open = partial.exec(pending.slice(pending.lastIndexOf("\n") + 1));
  return open !== null && pattern.exec(line)?.[2] === open[1];
}

function parseCri(record: string, context: ParseContext): LineResult {
  let message = "";
  let first: RegExpExecArray | undefined;
  let isPartial = false;
  for (const line of record.split("\n")) {
    const match = pattern.exec(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (!match) return undefined;
    first ??= match;
    message += match[4] ?? "";
    isPartial = match[3] === "P";
  }
  if (!first) return undefined;
  const time = context.time.iso(first[1]!);
  if (!time) return { reject: "no valid time" };
  const draft = readContainerLine("container/cri", time, message, context);
  draft.fields["firebreak.raw.stream"] = first[2]!;
  if (isPartial) draft.fields["firebreak.raw.partial"] = true;
  return draft;
}
