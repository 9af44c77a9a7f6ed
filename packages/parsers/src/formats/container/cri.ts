import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { findAddresses } from "../../text/find-addresses.ts";

const pattern =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP])(?: ([\s\S]*))?$/;

/** Container runtime interface logs (containerd, CRI-O): time, stream, tag, line. The zone is in the record. */
export const format = {
  kind: "line",
  name: "container/cri",
  title: "Kubernetes container log (CRI)",
  version: 1,
  notes:
    "By time, stdout or stderr and F (full) or P (partial). A partial line is an event of its own and says firebreak.raw.partial.",
  sniff(line) {
    return pattern.test(line) ? 0.97 : 0;
  },
  open(context) {
    return { parse: (record) => parseCri(record, context) };
  },
} satisfies LineFormat;

function parseCri(record: string, context: ParseContext): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const time = context.time.iso(match[1]!);
  if (!time) return { reject: "no valid time" };
  const message = match[4] ?? "";
  const fields: Fields = { "event.kind": "event", "firebreak.raw.stream": match[2]! };
  if (message !== "") fields.message = message;
  if (match[3] === "P") fields["firebreak.raw.partial"] = true;
  const addresses = findAddresses(message);
  if (addresses.length > 0) fields["related.ip"] = addresses;
  return { dataset: "container/cri", time, fields };
}
