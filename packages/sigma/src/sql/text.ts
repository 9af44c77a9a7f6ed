/** A text as a DuckDB literal. */
export function literal(text: string): string {
  const parts = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts[0]! : `(${parts.join(" || chr(0) || ")})`;
}

/** Characters that stand for themselves in a regular expression, whatever they are. */
export function regexLiteral(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&").replaceAll("\0", "\\x00");
}

/**
 * Letters that `lower` does not fold, and what they fold to: see `fold.ts` of the matcher, whose result this is. Dotted
 * capital I, which `lower` would turn into "i", steps aside meanwhile for a character that Unicode will never assign.
 */
const unfolded = "ſ\u00b5ςϐϑϕϖϰϱϵẛ\u0345\u1fbe\ufdd0";
const folded = "sμσβθφπκρεṡιιİ";

/** An expression for the text without case, equal to the matcher's `fold`. */
export function foldedSql(expression: string): string {
  return `translate(lower(translate(${expression}, 'İ', '\ufdd0')), '${unfolded}', '${folded}')`;
}
