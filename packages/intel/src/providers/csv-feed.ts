import { feedOf } from "../feed.ts";
import { timeAt } from "../loose.ts";
import { type Observable, readObservable } from "../observable.ts";
import { type Document, type Provider, type ReadDocument, unreadable, wrongShape } from "../provider.ts";
import { type Reading, reading } from "../reading.ts";
import { readTlp } from "../tlp.ts";

/** Local lists: one value a line, or CSV with or without a header; "#" begins a comment. */
export const csvFeed = {
  id: "csv-feed",
  title: "Local list",
  kind: "document",
  types: ["address", "domain", "url", "hash", "vulnerability"],
  quota: [],
  recognise: (document) => document.json === undefined && rowsWithValues(document.text).length > 0,
  read,
} satisfies Provider;

const separators = [",", ";", "\t", "|"];
const columnNames = {
  confidence: /^(?:confidence|score|confidence_level)$/i,
  first: /^(?:first_?seen(?:_utc)?|date_?added|dateadded|firstseen|created|date)$/i,
  last: /^(?:last_?seen(?:_utc)?|last_?online|lastseen)$/i,
  what: /^(?:malware|malware_printable|threat|threat_type|family|signature|description|comment|category|reason|event_info)$/i,
  tlp: /^tlp$/i,
};

interface Row {
  readonly observables: readonly Observable[];
  readonly cells: readonly string[];
}

/** Cells of one line (RFC 4180 §2): quotes may hold separators, and doubled quotes. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i]!;
    if (sign === '"' && quoted && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  return [...cells, cell.trim()];
}

function separatorOf(lines: readonly string[]): string {
  const count = (separator: string) => lines.slice(0, 20).filter((line) => line.includes(separator)).length;
  return [...separators].sort((a, b) => count(b) - count(a))[0]!;
}

/** abuse.ch writes the header as the last comment line: "# id,dateadded,url,…". */
function headerOf(all: readonly string[], first: string | undefined, separator: string): string[] {
  const comment = all.filter((line) => line.startsWith("#")).findLast((line) => line.includes(separator));
  const isHeader =
    first !== undefined && cellsOf(first, separator).every((cell) => observableIn(cell) === undefined);
  return cellsOf(isHeader ? first : (comment?.replace(/^#\s*/, "") ?? ""), separator).map((name) =>
    name.replaceAll('"', ""),
  );
}

/** A cell's observable; "198.51.100.7:443" is its address. */
function observableIn(cell: string): Observable | undefined {
  return readObservable(cell) ?? readObservable(cell.replace(/^([^:/]{3,253}):\d{1,5}$/, "$1"));
}

function rowsWithValues(text: string): Row[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !/^\s*(?:#|;|\/\/)/.test(line));
  const separator = separatorOf(lines);
  return lines.flatMap((line) => {
    const cells = cellsOf(line, separator);
    const observables = cells.flatMap((cell) => observableIn(cell) ?? []);
    return observables.length === 0 ? [] : [{ observables, cells }];
  });
}

function read({ text }: Document): ReadDocument {
  const all = text.split(/\r?\n/);
  const lines = all.filter((line) => line.trim() !== "" && !/^\s*(?:#|;|\/\/)/.test(line));
  const header = headerOf(all, lines[0], separatorOf(lines));
  const rows = rowsWithValues(text);
  if (rows.length === 0) return unreadable("list", wrongShape);
  const doc = feedOf(
    "list",
    rows.flatMap((row) => readRow(row, header)),
    rows.length,
  );
  const without = lines.length - rows.length - (rows.length < lines.length ? 1 : 0);
  return without > 0 ? { ...doc, detail: `${without} lines hold no address, name, URL, hash or CVE` } : doc;
}

function readRow({ observables, cells }: Row, header: readonly string[]): Reading[] {
  const cell = (pattern: RegExp) => {
    const at = header.findIndex((name) => pattern.test(name));
    return at < 0 || !cells[at] ? undefined : cells[at];
  };
  const what = cell(columnNames.what);
  const confidence = Number(cell(columnNames.confidence) ?? Number.NaN);
  const firstSeen = timeAt(cell(columnNames.first));
  const lastSeen = timeAt(cell(columnNames.last));
  const tlp = readTlp(cell(columnNames.tlp));
  const hashes = observables.filter(({ type }) => type === "hash");
  // A link column (reference, permalink) is no indicator when the row has another value before it.
  const subjects = observables.filter((one, i) => i === 0 || one.type === observables[0]!.type);
  return subjects.map((about) =>
    reading(about, `on a local list${what === undefined ? "" : ` (${what.slice(0, 120)})`}`, {
      ...weighListed(confidence),
      aliases:
        about.type === "hash"
          ? hashes.filter((one) => one.value !== about.value && one.value.length !== about.value.length)
          : [],
      labels: what === undefined ? [] : [what.slice(0, 120)],
      firstSeen,
      lastSeen,
      contentAt: lastSeen,
      tlp,
    }),
  );
}

/** A bare list says who was named, not who is bad: it makes suspicious, not malicious. */
export function weighListed(confidence: number) {
  if (Number.isNaN(confidence)) return { opinion: "suspicious" as const, weight: 40 };
  if (confidence >= 75) return { opinion: "malicious" as const, weight: 65 };
  return { opinion: "suspicious" as const, weight: confidence >= 50 ? 45 : 25 };
}
