import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { type ColumnGuess, guessColumn } from "../../infer/column.ts";
import { RecordInference } from "../../infer/infer.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

const start = /^[A-Za-z_@][\w.@/-]{0,60}=(?:"[^"]*"|[^\s"=]*)[ ,]+[A-Za-z_@][\w.@/-]{0,60}=/;
const maxNames = 5000;

/** `key=value key="quoted value"` lines (logfmt) of any make. */
export const format = {
  kind: "line",
  name: "generic/logfmt",
  title: "key=value lines (logfmt)",
  version: 1,
  notes:
    "A line that begins with two or more key=value pairs. The meaning of keys is inferred with a confidence.",
  sniff(line) {
    return start.test(line) ? 0.35 : 0;
  },
  open(context) {
    const guesses = new Map<string, readonly ColumnGuess[]>();
    return { parse: (record) => parsePairs(record, context, guesses) };
  },
} satisfies LineFormat;

function parsePairs(
  line: string,
  context: ParseContext,
  known: Map<string, readonly ColumnGuess[]>,
): LineResult {
  if (!start.test(line)) return undefined;
  const inference = new RecordInference({}, context.time);
  const truncated = readPairs(line, 0, (name, value) => {
    if (isAbsent(value)) return;
    inference.fields[rawField(name)] = value;
    let guesses = known.get(name);
    if (guesses === undefined) {
      guesses = guessColumn(name);
      if (known.size < maxNames) known.set(name, guesses);
    }
    if (guesses.length > 0) inference.offer(guesses, value);
  });
  if (truncated) inference.fields["firebreak.truncated"] = true;
  return inference.finish("generic/logfmt");
}
