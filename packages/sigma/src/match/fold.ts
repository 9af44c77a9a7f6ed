/**
 * Letters whose simple case folding is not what `toLowerCase` gives: long s, micro sign, final sigma, combining iota
 * and the Greek symbol forms (Unicode CaseFolding.txt, status C).
 */
const exceptions: Readonly<Record<string, string>> = {
  ſ: "s",
  "\u00b5": "μ",
  ς: "σ",
  ϐ: "β",
  ϑ: "θ",
  ϕ: "φ",
  ϖ: "π",
  ϰ: "κ",
  ϱ: "ρ",
  ϵ: "ε",
  ẛ: "ṡ",
  "\u0345": "ι",
  "\u1fbe": "ι",
};
/** All beyond Latin-1, so that the engine rejects a one-byte text without reading it. */
const exceptional = /[\u017f\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u1e9b\u1fbe]|\u0345/;
const exceptionalAll = new RegExp(`\u00b5|${exceptional.source}`, "g");

/**
 * Text for comparison without case: Unicode simple case folding, for every language the same. Dotted capital I stays
 * as it is (its lower case is two characters, which would change what `?` counts).
 */
export function fold(text: string): string {
  const lower = text.includes("İ")
    ? text
        .split("İ")
        .map((part) => part.toLowerCase())
        .join("İ")
    : text.toLowerCase();
  const isPlain = !lower.includes("\u00b5") && !exceptional.test(lower);
  return isPlain ? lower : lower.replace(exceptionalAll, (char) => exceptions[char]!);
}
