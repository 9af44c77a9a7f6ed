export interface XmlPiece {
  /** Raw text between the name and ">". */
  readonly attributes: string;
  /** What is inside, "" for an empty element. */
  readonly content: string;
}

/**
 * The elements of a name in a part of a workbook, one after the other; none of these names is ever nested in itself. Linear in the
 * text, whatever it holds: one that is not closed ends the search.
 *
 * @param prefix of the part's namespace with its colon ("x:"), or ""
 */
export function* elementsOf(xml: string, name: string, prefix: string): Generator<XmlPiece> {
  const mark = `<${prefix}${name}`;
  const close = `</${prefix}${name}>`;
  for (let start = xml.indexOf(mark); start >= 0; ) {
    const after = start + mark.length;
    if (!/[\s/>]/.test(xml.charAt(after))) {
      start = xml.indexOf(mark, after);
      continue;
    }
    const end = xml.indexOf(">", after);
    if (end < 0) return;
    const isEmpty = xml.charCodeAt(end - 1) === 47;
    const stop = isEmpty ? end : xml.indexOf(close, end);
    if (stop < 0) return;
    yield {
      attributes: xml.slice(after, isEmpty ? end - 1 : end),
      content: isEmpty ? "" : xml.slice(end + 1, stop),
    };
    start = xml.indexOf(mark, isEmpty ? end + 1 : stop + close.length);
  }
}

/** The prefix of the root element: most writers use none, Microsoft's SDK "x:". */
export function prefixOf(xml: string): string {
  return /<(?![?!])([\w.-]{1,40}:)?/.exec(xml.slice(0, 4096))?.[1] ?? "";
}

/** The first element of a name. */
export function firstOf(xml: string, name: string, prefix: string): XmlPiece | undefined {
  return elementsOf(xml, name, prefix).next().value as XmlPiece | undefined;
}
