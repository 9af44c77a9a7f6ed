import { type ColumnGuess, guessColumn } from "./column.ts";

/** One labelled value of a text: "Source IP: 203.0.113.9". */
export interface Labelled {
  readonly label: string;
  readonly value: string;
  readonly guesses: readonly ColumnGuess[];
}

const maxText = 8192;
const maxLabels = 60;
/** Names that mean this much by themselves; "from" or "type" before a colon are as likely prose. */
const strong = 0.9;
const colons = /: /g;
/** Words right before a colon: the label is among them. */
const wordsBefore = /(?:^|[^\w.-])((?:[A-Za-z][\w-]{0,30} ){0,2}[A-Za-z][\w-]{0,30})$/;
const maxLabelChars = 96;

/**
 * Values behind labels in a running text, as consoles print a record in one cell: "EventID: 4625 Username: admin Source IP:
 * 203.0.113.9". Empty unless two labels are names whose meaning is known, or the text is one such label and its value.
 */
export function readLabels(text: string): readonly Labelled[] {
  if (text.length > maxText || !text.includes(": ")) return [];
  const found: { label: string; guesses: readonly ColumnGuess[]; start: number; valueStart: number }[] = [];
  // A text in lines has a label at the start of a line only: a colon further on belongs to the value.
  const isInLines = text.includes("\n");
  for (const { index } of text.matchAll(colons)) {
    if (found.length >= maxLabels) break;
    const label = isInLines
      ? labelOfLine(text, index)
      : labelBefore(text, index, found.at(-1)?.valueStart ?? 0, found.length > 0);
    if (label !== undefined) found.push({ ...label, valueStart: index + 2 });
  }
  const pairs = found.map(({ label, guesses, valueStart }, i) => ({
    label,
    guesses,
    value: trimmed(text.slice(valueStart, found[i + 1]?.start ?? text.length)),
  }));
  const known = pairs.filter(({ guesses }) => guesses.some(({ confidence }) => confidence >= strong));
  const isOnePair = pairs.length === 1 && found[0]!.start === 0;
  return known.length >= (isOnePair ? 1 : 2) ? pairs : [];
}

/** Without blanks around it and separators behind it; a pattern would look at each blank inside as a possible end. */
function trimmed(value: string): string {
  let end = value.length;
  while (end > 0 && " \t\r\n,;|".includes(value[end - 1]!)) end--;
  return value.slice(0, end).trimStart();
}

function labelOfLine(text: string, colon: number) {
  const start = text.lastIndexOf("\n", colon) + 1;
  const label = text.slice(start, Math.min(colon, start + maxLabelChars)).trim();
  if (!/^[A-Za-z][\w -]*$/.test(label) || colon - start > maxLabelChars) return undefined;
  const words = label.split(/ +/);
  return words.length > 4 ? undefined : { label, guesses: meaningOf(words), start };
}

/** Words that begin a label of two ("Device Action"); any other before a known name is the end of the last value. */
const qualifier =
  /^(?:account|alert|authentication|client|connection|destination|device|email|endpoint|error|event|file|firewall|host|http|log|login|logon|mail|network|new|object|old|parent|policy|process|request|response|rule|security|server|service|session|source|status|sub|target|user)$/i;

/**
 * What a label means. Less of it ("Response Status" of "HTTP Response Status") counts only where that is beyond doubt: an action
 * is one, a type is not.
 */
function meaningOf(words: readonly string[]): readonly ColumnGuess[] {
  const whole = guessColumn(words.join(" "));
  if (whole.length > 0) return whole;
  for (let from = 1; from < words.length; from++) {
    const sure = guessColumn(words.slice(from).join(" ")).filter(({ confidence }) => confidence >= strong);
    if (sure.length > 0) return sure;
  }
  return [];
}

/**
 * The label that ends at a colon. Before it may stand the end of the last value ("Username: Smith Logon Type: 10"): the longest
 * run of words that is a known name is the label, else a word and its qualifier; a value keeps one word at least.
 */
function labelBefore(text: string, colon: number, from: number, hasValueBefore: boolean) {
  const head = text.slice(Math.max(from, colon - maxLabelChars), colon);
  const words = wordsBefore.exec(head)?.[1]?.split(" ");
  if (words === undefined) return undefined;
  const take = (count: number, guesses: readonly ColumnGuess[]) => {
    const label = words.slice(-count).join(" ");
    const start = colon - label.length;
    const fits = !hasValueBefore || text.slice(from, start).trim() !== "";
    return fits ? { label, guesses, start } : undefined;
  };
  for (let count = words.length; count > 1; count--) {
    const guesses = guessColumn(words.slice(-count).join(" "));
    const taken = guesses.length > 0 ? take(count, guesses) : undefined;
    if (taken !== undefined) return taken;
  }
  const last = words.at(-1)!;
  const guesses = guessColumn(last);
  if (words.length > 1 && qualifier.test(words.at(-2)!)) {
    const taken = take(2, meaningOf(words.slice(-2)));
    if (taken !== undefined) return taken;
  }
  return guesses.length > 0 || /^[A-Z]/.test(last) ? take(1, guesses) : undefined;
}
