const linksMax = 50;
const textCharsMax = 2 << 20;
const linkCharsMax = 2048;
const link = /\bhttps?:\/\/[^\s<>"'`\\^{}|]{3,2048}/gi;

/** Addresses of pages in the bodies of a mail, each once, in the order in which they stand. */
export function linksIn(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [match] of text.slice(0, textCharsMax).matchAll(link)) {
      if (found.size >= linksMax) return [...found];
      found.add(trimmed(match.replaceAll("&amp;", "&")));
    }
  }
  return [...found];
}

/** A sentence's sign behind an address is none of it. */
function trimmed(url: string): string {
  let end = Math.min(url.length, linkCharsMax);
  while (end > 0 && ".,;:!?)]".includes(url[end - 1]!)) end--;
  return url.slice(0, end);
}
