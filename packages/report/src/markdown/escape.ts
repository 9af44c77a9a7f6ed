import { elide } from "../clean.ts";

/**
 * What means something in GitHub-flavoured Markdown wherever it stands: code, emphasis, links, tags, table cells,
 * headings, strike-through, formulas, escapes; an ampersand that begins an entity; a colon that begins an emoji's name.
 */
const special = /[\\`*_[\]<>#|~$]|&(?=#?\w{1,32};)|:(?=(?:\+1|-1|100|1234|[a-z][\w+-]{0,40}):)/gi;
/** What GitHub turns into a link by itself: addresses of pages, files and mail, mentions of people. */
const linked = /@|:\/\/|www\./i;
const linkedParts = /@|:(?=\/\/)|www(?=\.)/gi;
/** What makes a list, a rule or a heading of the line it begins. */
const bullet = /^([-+=])/;
const ordinal = /^(\d{1,9})([.)])(?=\s|$)/;

/** Prose, with everything that Markdown could act on made plain; words that would become links become code. */
export function markdownText(raw: string, max = 2000): string {
  return elide(raw, max)
    .text.split(" ")
    .map((word) => (linked.test(word) ? markdownCode(word) : escapeText(word)))
    .join(" ")
    .replace(bullet, "\\$1")
    .replace(ordinal, "$1\\$2");
}

/** A value from evidence as code, in which nothing is a link, an emphasis or a tag. */
export function markdownCode(raw: string, max = 400): string {
  const { text } = elide(raw, max);
  if (text.trim() === "") return "(empty)";
  // A table row is cut at pipes before code is seen (GFM section 4.10), so a value with one cannot be code. An empty
  // comment keeps an address in it from becoming a link.
  if (text.includes("|")) return escapeText(text).replace(linkedParts, "$&<!-- -->");
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || text.startsWith(" ") ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function escapeText(text: string): string {
  return text.replace(special, "\\$&");
}
