import type { DocumentFormat } from "@firebreak/model/format";

const declared = /^\s*<\?xml\b/;
const root =
  /^\s*(?:<\?[^>]{0,500}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?(?:<!DOCTYPE[^>]{0,500}>\s*)?<([A-Za-z_][\w:.-]{0,100})[\s/>]/;

/** XML that no other format reads: refused as a whole, with its root element, rather than taken apart line by line. */
export const format = {
  kind: "document",
  name: "generic/xml",
  title: "XML of an unknown kind",
  version: 1,
  notes: "XML that no other format knows is rejected with the name of its root element.",
  sniff(head) {
    const match = root.exec(head.text.slice(0, 8192));
    if (!match) return 0;
    const name = match[1]!;
    // Windows events and MySQL's audit records are read line by line too.
    if (name === "Event" || name === "Events" || name === "AUDIT") return 0;
    return declared.test(head.text) ||
      head.text.trimEnd().endsWith(`</${name}>`) ||
      /^\s*<[^>]{1,500}\sxmlns/.test(head.text)
      ? 0.51
      : 0;
  },
  parse(source, _context, sink) {
    const text = new TextDecoder().decode(source.read(0, 8192));
    const name = root.exec(text)?.[1] ?? "?";
    sink.reject(
      { offset: 0, length: source.size, line: 1 },
      `XML of an unknown kind (root element ${JSON.stringify(name)})`,
    );
  },
} satisfies DocumentFormat;
