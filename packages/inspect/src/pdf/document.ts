/** Objects of a PDF file, found by their marks rather than by the cross-reference table, which hostile files falsify. */
import { fromLatin1, latin1 } from "../bytes.ts";
import type { Part } from "../part.ts";
import { decodeStream, filterNames } from "./filters.ts";
import { type Decrypt, openSecurity } from "./security.ts";
import { type PdfDictionary, PdfReader, type PdfValue } from "./values.ts";

export interface PdfObject {
  readonly number: number;
  readonly generation: number;
  /** Offset of the object in the file, or of the object stream that holds it. */
  readonly at: number;
  readonly value: PdfValue;
  /** Bytes as stored. */
  readonly raw?: Uint8Array;
}

export interface PdfDocument {
  readonly objects: readonly PdfObject[];
  /** The last object with this number. */
  get(number: number): PdfObject | undefined;
  resolve(value: PdfValue | undefined): PdfValue | undefined;
  readonly trailers: readonly PdfDictionary[];
  readonly encryption: "none" | "opened" | "closed";
}

const objectsMax = 200_000;
const objectPattern = /(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj\b/g;

export function readPdf(part: Part): PdfDocument {
  const text = latin1(part.bytes);
  const objects: PdfObject[] = [];
  // An object within another's stream is no object: streams are passed over.
  let reached = 0;
  for (const match of text.matchAll(objectPattern)) {
    if (match.index < reached) continue;
    if (objects.length >= objectsMax) {
      part.note("objects-limit", `more than ${objectsMax} objects; the rest is not examined`, true);
      break;
    }
    if (objects.length % 1000 === 0) part.run.budget.check();
    const reader = new PdfReader(text, match.index + match[0].length);
    const value = reader.read();
    if (value === undefined) continue;
    const found: PdfObject = {
      number: Number(match[1]),
      generation: Number(match[2]),
      at: match.index,
      value,
    };
    const stream = value.kind === "dictionary" ? streamRange(text, reader, value) : undefined;
    reached = stream?.to ?? reader.at;
    objects.push(
      stream === undefined ? found : { ...found, raw: part.bytes.subarray(stream.from, stream.to) },
    );
  }
  const trailers = readTrailers(text);
  const { encryption, plain } = decryptObjects(part, objects, trailers);
  const packed = encryption === "closed" ? [] : unpackObjects(part, plain);
  return asDocument([...plain, ...packed], trailers, encryption);
}

function readTrailers(text: string): PdfDictionary[] {
  const trailers: PdfDictionary[] = [];
  let reached = 0;
  for (const { index } of text.matchAll(/\btrailer\b/g)) {
    if (index < reached || trailers.length >= 1000) continue;
    const reader = new PdfReader(text, index + 7);
    const value = reader.read();
    reached = reader.at;
    if (value?.kind === "dictionary") trailers.push(value);
  }
  return trailers;
}

/** The dictionary is named by a trailer, or by a cross-reference stream in its place (7.5.8). */
function decryptObjects(
  part: Part,
  objects: readonly PdfObject[],
  trailers: readonly PdfDictionary[],
): { encryption: PdfDocument["encryption"]; plain: readonly PdfObject[] } {
  const heads = [
    ...trailers,
    ...objects
      .map(({ value }) => value)
      .filter((value) => value.kind === "dictionary" && nameIn(value, "Type") === "XRef"),
  ];
  const { resolve } = asDocument(objects, trailers, "none");
  const head = heads.find((value) => value.kind === "dictionary" && value.entries.has("Encrypt"));
  if (head?.kind !== "dictionary") return { encryption: "none", plain: objects };
  const reference = head.entries.get("Encrypt");
  const dictionary = resolve(reference);
  const ids = resolve(head.entries.get("ID"));
  const first = ids?.kind === "array" ? resolve(ids.items[0]) : undefined;
  const id = fromLatin1(first?.kind === "text" ? first.raw : "");
  for (const password of dictionary?.kind === "dictionary" ? ["", ...part.run.passwords] : []) {
    const opened = openSecurity({ dictionary: dictionary as PdfDictionary, id }, password);
    if (opened === undefined) continue;
    if (password !== "") part.details.password = password;
    const own = reference?.kind === "reference" ? reference.object : -1;
    const plain = objects.map((object) => (object.number === own ? object : decryptObject(object, opened)));
    return { encryption: "opened", plain };
  }
  return { encryption: "closed", plain: objects };
}

function decryptObject(
  object: PdfObject,
  { texts, streams }: { texts: Decrypt; streams: Decrypt },
): PdfObject {
  const { value, number, generation, raw } = object;
  // Cross-reference streams are never encrypted (7.5.8.2).
  if (value.kind === "dictionary" && nameIn(value, "Type") === "XRef") return object;
  const walk = (item: PdfValue): PdfValue => {
    if (item.kind === "text")
      return { kind: "text", raw: latin1(texts(fromLatin1(item.raw), number, generation)) };
    if (item.kind === "array") return { kind: "array", items: item.items.map(walk) };
    if (item.kind === "dictionary")
      return { ...item, entries: new Map([...item.entries].map(([key, entry]) => [key, walk(entry)])) };
    return item;
  };
  return {
    ...object,
    value: walk(value),
    ...(raw !== undefined && { raw: streams(raw, number, generation) }),
  };
}

function asDocument(
  objects: readonly PdfObject[],
  trailers: readonly PdfDictionary[],
  encryption: PdfDocument["encryption"],
): PdfDocument {
  const byNumber = new Map(objects.map((object) => [object.number, object]));
  const get = (number: number) => byNumber.get(number);
  return {
    objects,
    trailers,
    encryption,
    get,
    resolve(value) {
      let current = value;
      for (let i = 0; current?.kind === "reference" && i < 10; i++) current = get(current.object)?.value;
      return current;
    },
  };
}

/** 7.3.8: the keyword, a line end, the data. The stated length counts only where "endstream" follows it. */
function streamRange(
  text: string,
  reader: PdfReader,
  dictionary: PdfDictionary,
): { from: number; to: number } | undefined {
  reader.skipSpace();
  if (!text.startsWith("stream", reader.at)) return undefined;
  let from = reader.at + 6;
  if (text[from] === "\r") from++;
  if (text[from] === "\n") from++;
  const length = dictionary.entries.get("Length");
  if (
    length?.kind === "number" &&
    /^[\0\t\n\f\r ]{0,4}endstream/.test(text.slice(from + length.value, from + length.value + 16))
  )
    return { from, to: from + length.value };
  const end = text.indexOf("endstream", from);
  return { from, to: end < 0 ? text.length : end };
}

/** 7.5.7: pairs of numbers and offsets, then the objects. */
function unpackObjects(part: Part, objects: readonly PdfObject[]): PdfObject[] {
  const found: PdfObject[] = [];
  for (const { value, raw, at } of objects) {
    if (raw === undefined || value.kind !== "dictionary" || nameIn(value, "Type") !== "ObjStm") continue;
    part.run.budget.check();
    const { bytes, stoppedAt } = decodeStream(raw, value, part.run.budget.bytesLeft);
    part.run.budget.addBytes(bytes.length);
    if (stoppedAt !== undefined || bytes.length === 0) {
      part.note("damaged", `an object stream does not unpack (${filterNames(value).join(", ")})`, true, {
        offset: at,
      });
      continue;
    }
    const first = value.entries.get("First");
    const text = latin1(bytes);
    const start = first?.kind === "number" ? first.value : 0;
    const heads = text
      .slice(0, start)
      .trim()
      .split(/[\0\t\n\f\r ]+/)
      .map(Number);
    for (let i = 0; i + 1 < heads.length && found.length < objectsMax; i += 2) {
      const inner = new PdfReader(text, start + heads[i + 1]!).read();
      if (inner !== undefined) found.push({ number: heads[i]!, generation: 0, at, value: inner });
    }
  }
  return found;
}

export function nameIn(dictionary: PdfDictionary, key: string): string {
  const value = dictionary.entries.get(key);
  return value?.kind === "name" ? value.name : "";
}
