/**
 * Folds constant expressions of scripts into the text that they stand for, without evaluating anything: a fixed list of
 * shapes, each replaced by its value, again and again until nothing changes.
 */

const roundsMax = 12;
/** A text that grows under folding is built to exhaust its reader. */
const charsMax = 4 * 2 ** 20;

type Step = readonly [pattern: RegExp, value: (...groups: string[]) => string | undefined];

const quoted = `"((?:[^"\\n]|""){0,8000})"|'([^'\\n]{0,8000})'`;

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function charOf(code: number): string | undefined {
  return code > 0 && code <= 0xffff ? String.fromCharCode(code) : undefined;
}

/** 65, 0x41, &H41, and sums or differences of such. */
function numberOf(text: string): number | undefined {
  const terms = text.replace(/\s+/g, "").match(/[+\-^]?(?:&h[0-9a-f]+&?|0x[0-9a-f]+|\d+)/gi);
  if (terms === null || terms.join("") !== text.replace(/\s+/g, "")) return undefined;
  let sum = 0;
  for (const term of terms) {
    const digits = term.replace(/^[+\-^]/, "").replace(/&$/, "");
    const value = Number(digits.replace(/^&h/i, "0x"));
    sum = term.startsWith("-") ? sum - value : term.startsWith("^") ? sum ^ value : sum + value;
  }
  return Number.isSafeInteger(sum) ? sum : undefined;
}

const number = "((?:&h|0x)?[0-9a-f]+&?(?:\\s*[+\\-^]\\s*(?:&h|0x)?[0-9a-f]+&?){0,4})";

const charCalls: readonly Step[] = [
  [new RegExp(`\\bChr[WB]?\\$?\\s*\\(\\s*${number}\\s*\\)`, "gi"), (code) => quoteChar(numberOf(code!))],
  [
    new RegExp(`\\[char\\]\\s*\\(?\\s*${number}\\s*\\)?`, "gi"),
    (code) => quoteChar(numberOf(code!.replace(/\+\s*\D.*$/, ""))),
  ],
  [
    /\bString\.fromCharCode\(\s*((?:0x)?[0-9a-f]+(?:\s*,\s*(?:0x)?[0-9a-f]+)*)\s*\)/gi,
    (list) => fromList(list!),
  ],
  [/\bCHAR\((\d{1,3})\)/g, (code) => quoteChar(Number(code))],
];

function quoteChar(code: number | undefined): string | undefined {
  const char = code === undefined ? undefined : charOf(code);
  return char === undefined ? undefined : quote(char);
}

function fromList(list: string): string | undefined {
  const chars = list.split(",").map((item) => charOf(Number(item)));
  return chars.includes(undefined) ? undefined : quote(chars.join(""));
}

function inner(double: string | undefined, single: string | undefined): string {
  return double === undefined ? (single ?? "") : double.replaceAll('""', '"');
}

const calls: readonly Step[] = [
  [
    new RegExp(`\\bStrReverse\\$?\\s*\\(\\s*(?:${quoted})\\s*\\)`, "gi"),
    (a, b) => quote(reverse(inner(a, b))),
  ],
  [
    new RegExp(
      `(?:${quoted})\\.split\\(\\s*(?:""|'')\\s*\\)\\.reverse\\(\\)\\.join\\(\\s*(?:""|'')\\s*\\)`,
      "g",
    ),
    (a, b) => quote(reverse(inner(a, b))),
  ],
  [
    new RegExp(
      `\\(?(?:${quoted})\\)?\\[\\s*-\\s*1\\s*\\.\\.\\s*-\\s*\\d+\\s*\\]\\s*-join\\s*(?:''|"")`,
      "gi",
    ),
    (a, b) => quote(reverse(inner(a, b))),
  ],
  [
    new RegExp(`\\bReplace\\s*\\(\\s*(?:${quoted})\\s*,\\s*(?:${quoted})\\s*,\\s*(?:${quoted})\\s*\\)`, "gi"),
    (a, b, c, d, e, f) => replaceAll(inner(a, b), inner(c, d), inner(e, f)),
  ],
  [
    new RegExp(
      `\\(?(?:${quoted})\\)?\\s*(?:\\.replace\\(\\s*(?:${quoted})\\s*,\\s*(?:${quoted})\\s*\\)|-c?replace\\s*(?:${quoted})\\s*,\\s*(?:${quoted}))`,
      "gi",
    ),
    (a, b, c, d, e, f, g, h, i, j) => replaceAll(inner(a, b), inner(c ?? g, d ?? h), inner(e ?? i, f ?? j)),
  ],
  [
    /\(?"((?:\{\d{1,3}\}){2,})"\s*-f\s*((?:(?:'[^'\n]*'|"[^"\n]*")\s*,?\s*)+)\)?/gi,
    (format, list) => formatted(format!, list!),
  ],
  [/\bunescape\(\s*["']([^"'\n]*)["']\s*\)/gi, (text) => quote(unescapePercent(text!))],
  [/\bdecodeURIComponent\(\s*["']([^"'\n]*)["']\s*\)/gi, (text) => quote(unescapePercent(text!))],
];

function reverse(text: string): string {
  return [...text].reverse().join("");
}

function replaceAll(text: string, from: string, to: string): string | undefined {
  if (from === "") return undefined;
  const result = text.replaceAll(from, to);
  return result.length > charsMax ? undefined : quote(result);
}

function formatted(format: string, list: string): string {
  const items = [...list.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map(
    ([, single, double]) => single ?? double ?? "",
  );
  return quote(format.replace(/\{(\d{1,3})\}/g, (_, index: string) => items[Number(index)] ?? ""));
}

export function unescapePercent(text: string): string {
  return text
    .replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
}

const joins: readonly Step[] = [
  [
    new RegExp(`(?:${quoted})[ \\t]*(?:[&+]|&amp;)[ \\t]*(?:_[ \\t]*\\n[ \\t]*)?(?:${quoted})`, "g"),
    (a, b, c, d) => quote(inner(a, b) + inner(c, d)),
  ],
];

/** `foo` of PowerShell's backticks, `c^m^d` of the command interpreter, `\x41` of JScript. */
function unmask(text: string, language: string): string {
  switch (language) {
    case "powershell":
      return text.replace(/`(?=[a-zA-Z])(?![abefnrtuv0]\b)/g, "").replace(/(?<=\w)`(?=\w)/g, "");
    case "batch":
      return text.replace(/\^(?=[^\n])/g, "");
    case "jscript":
    case "php":
    case "python":
      return text
        .replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => printable(Number.parseInt(hex, 16), `\\x${hex}`))
        .replace(/\\u\{?([0-9a-f]{4})\}?/gi, (_, hex: string) =>
          printable(Number.parseInt(hex, 16), `\\u${hex}`),
        );
    default:
      return text;
  }
}

function printable(code: number, otherwise: string): string {
  return code >= 0x20 && code !== 0x22 && code !== 0x27 && code !== 0x5c && code !== 0x7f
    ? String.fromCharCode(code)
    : otherwise;
}

function apply(text: string, steps: readonly Step[]): string {
  let result = text;
  for (const [pattern, value] of steps) {
    result = result.replace(
      pattern,
      (...groups: (string | undefined)[]) => value(...(groups.slice(1) as string[])) ?? groups[0]!,
    );
    if (result.length > charsMax) return text;
  }
  return result;
}

/** The text with its constant expressions folded. `check` is called between rounds and may throw. */
export function foldConstants(text: string, language: string, check: () => void): string {
  // A run of quotes can be read in many ways; nobody writes one but to exhaust a reader.
  let current = unmask(text.slice(0, charsMax), language)
    .replace(/"{64,}/g, '""')
    .replace(/[ \t]_[ \t]*\n[ \t]*/g, " ");
  for (let round = 0; round < roundsMax; round++) {
    check();
    let next = apply(apply(current, charCalls), calls);
    // Each pass joins pairs; long chains take several.
    for (let pass = 0; pass < 10; pass++) {
      const joined = apply(next, joins);
      if (joined === next) break;
      next = joined;
    }
    if (next === current) break;
    current = next;
  }
  return current;
}
