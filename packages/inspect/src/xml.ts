/** Just enough of XML for triage: tags by pattern, no entities of a document's own, so nothing expands. */

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

const tagPattern = /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const attributePattern = /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** All tags in order; attributes by their local names. */
export function* tagsOf(xml: string): Generator<Tag> {
  for (const match of xml.matchAll(tagPattern)) {
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [, name, double, single] of match[3]!.matchAll(attributePattern))
      attributes[name!] = decodeEntities(double ?? single ?? "");
    yield {
      name: match[2]!,
      attributes,
      at: match.index,
      end: match.index + match[0].length,
      isClosing: match[1] === "/",
    };
  }
}

/** Text without tags. */
export function textOf(xml: string): string {
  return decodeEntities(xml.replace(/<\/(?:\w+:)?(?:p|tr|row|si|t)>/g, "$& ").replace(/<[^>]*>/g, ""));
}
