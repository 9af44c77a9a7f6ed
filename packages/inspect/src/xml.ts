/** Just enough of XML for triage: tags by pattern, no entities of a document's own, so nothing expands. */

/** A picture as a data address may stand in an attribute; more is no tag. */
const tagCharsMax = 4 * 2 ** 20;

const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi,
    (whole, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal!, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    },
  );
}

export interface Tag {
  /** Local name, without prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Index of "<" in the text. */
  readonly at: number;
  /** Index after ">". */
  readonly end: number;
  readonly isClosing: boolean;
}

const namePattern = /(\/?)(?:[\w.-]{1,100}:)?([\w.-]{1,100})/y;
const attributePattern = /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/g;

/** All tags in order; attributes by their local names. One pass: a tag that does not end before the next one begins is none. */
export function* tagsOf(xml: string): Generator<Tag> {
  for (let at = xml.indexOf("<"); at >= 0; at = xml.indexOf("<", at + 1)) {
    namePattern.lastIndex = at + 1;
    const head = namePattern.exec(xml);
    if (head === null) continue;
    const end = tagEnd(xml, at + 1 + head[0].length);
    if (end < 0) continue;
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [, name, double, single, bare] of xml
      .slice(at + 1 + head[0].length, end)
      .matchAll(attributePattern))
      attributes[name!] = decodeEntities(double ?? single ?? bare ?? "");
    yield { name: head[2]!, attributes, at, end: end + 1, isClosing: head[1] === "/" };
  }
}

/** Index of the ">" that ends a tag, or -1. Quotes protect; a "<" outside of them begins another tag. */
function tagEnd(xml: string, from: number): number {
  const limit = Math.min(xml.length, from + tagCharsMax);
  for (let i = from; i < limit; i++) {
    const char = xml[i];
    if (char === ">") return i;
    if (char === "<") return -1;
    if (char !== '"' && char !== "'") continue;
    const close = xml.indexOf(char, i + 1);
    // A quote that nothing closes is a character like others.
    if (close >= 0 && close < limit) i = close;
  }
  return -1;
}

/** Text without tags. */
export function textOf(xml: string): string {
  return decodeEntities(xml.replace(/<\/(?:\w+:)?(?:p|tr|row|si|t)>/g, "$& ").replace(/<[^<>]*>/g, ""));
}
