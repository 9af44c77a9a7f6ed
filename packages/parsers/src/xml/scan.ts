/** What a scan of XML meets. Names come without their namespace prefix. */
export interface XmlVisitor {
  /** `attributes` is the raw text between the name and ">". */
  open(name: string, attributes: string): void;
  /** Character data with entities resolved. */
  text(text: string): void;
  close(name: string): void;
}

const maxDepth = 64;
const maxNodes = 20_000;

/**
 * Scans one XML fragment in a single pass. Made for hostile evidence: no document type, no entity beyond the five of XML
 * and character references (nothing can expand), bounded depth and count. Returns the reason when it stops early.
 */
export function scanXml(xml: string, visitor: XmlVisitor): string | undefined {
  const open: string[] = [];
  let at = 0;
  for (let nodes = 0; at < xml.length; nodes++) {
    if (nodes > maxNodes) return "more than 20,000 XML nodes";
    const tag = xml.indexOf("<", at);
    const textEnd = tag < 0 ? xml.length : tag;
    if (textEnd > at && open.length > 0) visitor.text(unescapeXml(xml.slice(at, textEnd)));
    if (tag < 0) break;
    const mark = xml.charCodeAt(tag + 1);
    if (mark === 33 || mark === 63) {
      const next = skipMarkup(xml, tag, visitor, open.length);
      if (typeof next === "string") return next;
      at = next;
      continue;
    }
    const end = tagEnd(xml, tag + 1);
    if (end < 0) return "tag without end";
    at = end + 1;
    if (mark === 47) {
      const name = localName(xml.slice(tag + 2, end).trimEnd());
      if (open.pop() !== name) return "end tag does not match its start";
      visitor.close(name);
      if (open.length === 0) return trailing(xml, at);
      continue;
    }
    const selfClosing = xml.charCodeAt(end - 1) === 47;
    const name = openTag(xml, tag + 1, selfClosing ? end - 1 : end, visitor);
    if (selfClosing) visitor.close(name);
    else if (open.push(name) > maxDepth) return "XML nested deeper than 64";
    if (open.length === 0) return trailing(xml, at);
  }
  return open.length > 0 ? "XML ends inside an element" : "no XML element";
}

function trailing(xml: string, at: number): string | undefined {
  return xml.slice(at, at + 4096).trim() === "" ? undefined : "text after the root element";
}

/** Index of the ">" that ends a tag; one inside a quoted attribute does not. */
function tagEnd(xml: string, from: number): number {
  const end = xml.indexOf(">", from);
  if (end < 0) return -1;
  let quote = 0;
  for (let i = from; i < xml.length; i++) {
    const code = xml.charCodeAt(i);
    if (quote === 0) {
      if (code === 62) return i;
      if (code === 34 || code === 39) quote = code;
    } else if (code === quote) quote = 0;
  }
  // A quote without its partner: take the first ">" rather than the rest of the file.
  return end;
}

function openTag(xml: string, from: number, end: number, visitor: XmlVisitor): string {
  let i = from;
  while (i < end && xml.charCodeAt(i) > 32) i++;
  const name = localName(xml.slice(from, i));
  visitor.open(name, i < end ? xml.slice(i, end) : "");
  return name;
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Comments, processing instructions, CDATA. A DOCTYPE is refused: it is the only way to entities that expand. */
function skipMarkup(xml: string, tag: number, visitor: XmlVisitor, depth: number): number | string {
  if (xml.startsWith("<!--", tag)) {
    const end = xml.indexOf("-->", tag + 4);
    return end < 0 ? "comment without end" : end + 3;
  }
  if (xml.startsWith("<![CDATA[", tag)) {
    const end = xml.indexOf("]]>", tag + 9);
    if (end < 0) return "CDATA without end";
    if (depth > 0) visitor.text(xml.slice(tag + 9, end));
    return end + 3;
  }
  if (xml.charCodeAt(tag + 1) === 63) {
    const end = xml.indexOf("?>", tag + 2);
    return end < 0 ? "processing instruction without end" : end + 2;
  }
  return "document type or declaration refused";
}

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Resolves the five entities of XML and character references; anything else stays as recorded. */
export function unescapeXml(text: string): string {
  if (text.indexOf("&") < 0) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/g,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return entities[name as string]!;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
      return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Value of an attribute in the raw text of a start tag; undefined when it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = at === 0 ? 32 : attributes.charCodeAt(at - 1);
    if (before > 32) continue;
    let i = at + name.length;
    while (attributes.charCodeAt(i) <= 32) i++;
    if (attributes.charCodeAt(i) !== 61) continue;
    i++;
    while (attributes.charCodeAt(i) <= 32) i++;
    const quote = attributes.charCodeAt(i);
    if (quote !== 34 && quote !== 39) return undefined;
    const end = attributes.indexOf(quote === 34 ? '"' : "'", i + 1);
    return end < 0 ? undefined : unescapeXml(attributes.slice(i + 1, end));
  }
  return undefined;
}
