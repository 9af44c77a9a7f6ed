import type { ParseContext } from "@firebreak/model/format";
import { rawField } from "../ecs/raw.ts";
import { isAbsent } from "../text/absent.ts";
import { type PairStyle, readPairs } from "../text/pairs.ts";
import { type ColumnGuess, guessColumn } from "./column.ts";
import { RecordInference } from "./infer.ts";

const maxNames = 5000;
const maxScan = 4000;
const guessesByName = new Map<string, readonly ColumnGuess[]>();

function guessesOf(name: string): readonly ColumnGuess[] {
  let guesses = guessesByName.get(name);
  if (guesses === undefined) {
    guesses = guessColumn(name);
    // Names come from evidence.
    if (guessesByName.size < maxNames) guessesByName.set(name, guesses);
  }
  return guesses;
}

/** Notations of pairs in texts, told by what stands before a name and between it and its value. */
const notations: readonly (readonly [name: RegExp, style: PairStyle])[] = [
  [/(?:^|[,]) ?[A-Za-z_][\w.@/-]{0,60}=/g, { separator: "," }],
  [/(?:^|\|) ?[A-Za-z_][\w.@/-]{0,60}=/g, { separator: "|" }],
  [/(?:^|;) ?[A-Za-z_][\w.@/-]{0,60}=/g, { separator: ";" }],
  [/(?:^|\t)[A-Za-z_][\w.@/-]{0,60}=/g, { separator: "\t" }],
  [/(?:^|,) ?[A-Za-z_][\w.@/-]{0,60}: /g, { separator: ",", assign: ": " }],
  [/(?:^|[ ,:;[(])[A-Za-z_][\w.@/-]{0,60}=/g, {}],
];

/** The notation of the text's pairs; undefined when it holds fewer than `minimum`. */
function pairStyleOf(text: string, minimum: number): PairStyle | undefined {
  const head = text.slice(0, maxScan);
  let best: PairStyle | undefined;
  let most = minimum - 1;
  for (const [name, style] of notations) {
    const count = head.match(name)?.length ?? 0;
    // Blank-separated pairs are looked for last: in a text with other separators their count is about as high.
    if (count > most + (best !== undefined && style.separator === undefined ? 1 : 0)) {
      best = style;
      most = count;
    }
  }
  return best;
}

/** What the pairs of a text mean by their names; undefined when it holds too few. Values keep their text under `firebreak.raw.`. */
export function inferPairs(text: string, context: ParseContext, minimum = 2): RecordInference | undefined {
  const style = pairStyleOf(text, minimum);
  if (style === undefined) return undefined;
  const inference = new RecordInference({}, context.time);
  const truncated = readPairs(
    text,
    0,
    (name, recorded) => {
      const value = recorded.trim();
      if (isAbsent(value)) return;
      inference.fields[rawField(name)] = value;
      const guesses = guessesOf(name);
      if (guesses.length > 0) inference.offer(guesses, value);
    },
    style,
  );
  if (truncated) inference.fields["firebreak.truncated"] = true;
  return inference;
}
