import { ownText } from "./own.ts";

export interface RememberOptions {
  /** Answers that are kept; one more and all are forgotten. */
  max?: number;
  /** A longer text is read anew each time. */
  longest?: number;
}

/**
 * A function of short texts from evidence that keeps its answers: logs repeat few addresses, prefixes and names, and to read one anew is
 * dearer than to find it. Texts come from evidence, so their number and length are bounded.
 * `const macOf = remembering(readMac, { max: 20_000 })`
 */
export function remembering<Answer>(
  read: (text: string) => Answer,
  { max = 10_000, longest = 200 }: RememberOptions = {},
): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined || known.has(text)) return kept as Answer;
    if (text.length > longest) return read(text);
    const own = ownText(text);
    const answer = read(own);
    if (known.size >= max) known.clear();
    known.set(own, answer);
    return answer;
  };
}
