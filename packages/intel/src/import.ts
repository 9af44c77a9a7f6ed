import { partOf, toDocument } from "./document.ts";
import { interpret, type KeptRecord } from "./interpret.ts";
import { isRecord } from "./loose.ts";
import { type Observable, readObservable } from "./observable.ts";
import { aboutWhat, type Document, type Provider } from "./provider.ts";
import { recogniseDocument } from "./providers/all.ts";
import { csvFeed } from "./providers/csv-feed.ts";
import { jsonFeed } from "./providers/json-feed.ts";
import type { Reading } from "./reading.ts";

export interface ImportRequest {
  readonly bytes: Uint8Array;
  /** File name, or null for pasted text. */
  readonly name: string | null;
  /** Given by the person; otherwise found out. */
  readonly provider?: Provider;
  readonly about?: Observable;
  /** When the provider was asked, if the person knows. */
  readonly askedAt?: string;
  readonly keptAt: string;
  readonly sha256: string;
}

/** What one document, or a part of it, turned out to be. */
export interface Imported {
  readonly provider: Provider;
  readonly record: KeptRecord;
  /** "VirusTotal, report on address 198.51.100.7", "STIX feed with 12 entries". */
  readonly description: string;
}

export interface ImportResult {
  readonly imported: readonly Imported[];
  /** Why a document, or a part of it, is not taken: each names the place and the next step. */
  readonly problems: readonly string[];
}

const maxPartDepth = 4;
/** Members looked at in all: a crafted file must not make the search endless. */
const maxLooks = 1000;

/** Finds out whose answer a saved document is and what it is about. A file may hold several answers. */
export function readImport(request: ImportRequest): ImportResult {
  const document = toDocument(request.bytes);
  const looks = { left: maxLooks };
  const parts =
    request.provider === undefined
      ? partsFor(document, recogniseDocument(document), looks)
      : [{ provider: request.provider, pointer: null }];
  if (parts.length === 0) return { imported: [], problems: [unrecognised(document)] };
  const imported: Imported[] = [];
  const problems: string[] = [];
  if (looks.left < 0 && parts[0]?.pointer !== null)
    problems.push(`more than ${maxLooks} members: what stands behind them is not read. Split the file.`);
  for (const part of parts) {
    const one = readPart(request, document, part);
    if (typeof one === "string")
      problems.push(part.pointer === null ? one : `${part.pointer.join(".")}: ${one}`);
    else imported.push(one);
  }
  return { imported, problems };
}

interface Part {
  readonly provider: Provider;
  readonly pointer: readonly string[] | null;
}

/** Lists without a form of their own: what looks like one may be many answers, and inside others it may be anything. */
const formless: readonly Provider[] = [jsonFeed, csvFeed];

function partsFor(document: Document, whole: Provider | undefined, looks: { left: number }): Part[] {
  const isSure = whole !== undefined && !formless.includes(whole);
  const parts = isSure ? [] : partsOf(document.json, [], looks);
  return parts.length > 0 || whole === undefined ? parts : [{ provider: whole, pointer: null }];
}

/** Answers inside a wrapper: `{ status, body }`, or one file with an answer for each of several providers. */
function partsOf(value: unknown, pointer: readonly string[], looks: { left: number }): Part[] {
  if (pointer.length >= maxPartDepth || typeof value !== "object" || value === null) return [];
  const found: Part[] = [];
  for (const name of Object.keys(value)) {
    if (--looks.left < 0) break;
    const path = [...pointer, name];
    const inner = partOf({ text: "", json: value }, [name]);
    const isText = inner.json === undefined && inner.text.length < 20;
    if (isText || (inner.json !== undefined && typeof inner.json !== "object")) continue;
    const provider = recogniseDocument(inner);
    if (provider !== undefined && !formless.includes(provider)) found.push({ provider, pointer: path });
    else found.push(...partsOf(inner.json, path, looks));
  }
  return found;
}

function readPart(
  request: ImportRequest,
  document: Document,
  { provider, pointer }: Part,
): Imported | string {
  const record: KeptRecord = {
    provider: provider.id,
    part: "report",
    about: request.about ?? null,
    askedAt: request.askedAt ?? null,
    keptAt: request.keptAt,
    status: null,
    sha256: request.sha256,
    failure: null,
    retryAfter: null,
    isRefusal: false,
    name: request.name,
    pointer,
  };
  const attempts = [record];
  const named = observableInName(pointer?.at(-1)) ?? observableInName(request.name);
  if (request.about === undefined && named !== undefined) attempts.push({ ...record, about: named });
  for (const attempt of attempts) {
    const answer = interpret(provider, attempt, document);
    const isNobody = answer.state === "unknown" && answer.about === null;
    if (answer.detail === aboutWhat || isNobody) continue;
    // A saved error says nothing about the observable, but that the provider failed is told on the card.
    if (answer.state === "failed" && answer.about === null) return `${provider.title}: ${answer.detail}`;
    return {
      provider,
      record: { ...attempt, part: answer.part, about: answer.about ?? soleSubject(answer.readings) },
      description: describe(
        provider,
        answer.part,
        answer.about,
        answer.readings.map(({ about }) => about),
        provider.read(partOf(document, pointer), { about: attempt.about, part: null }).feedSize,
      ),
    };
  }
  return `${provider.title}: ${aboutWhat}`;
}

/** What the record says it is about, so that a case whose bytes were lost can still say which answer is missing. */
function soleSubject(readings: readonly Reading[]): Observable | null {
  return readings.length === 1 ? readings[0]!.about : null;
}

function describe(
  provider: Provider,
  part: string,
  about: Observable | null,
  subjects: readonly Observable[],
  size: number | undefined,
): string {
  if (size !== undefined) return `${provider.title}, ${part} with ${size} entries`;
  const first = subjects[0] ?? about;
  const more = subjects.length > 1 ? ` and ${subjects.length - 1} more` : "";
  return `${provider.title}, ${part}${first === null || first === undefined ? "" : ` on ${first.type} ${first.value}${more}`}`;
}

function unrecognised({ json, text }: Document): string {
  if (/^\s*</.test(text)) return "an HTML or XML page, not a provider's answer: save the JSON instead";
  if (/^\s*[[{]/.test(text) && json === undefined)
    return "JSON that is cut off or damaged: save it again, whole";
  if (isRecord(json) || Array.isArray(json)) return "JSON of no known provider: name it with --provider";
  return "no known provider, and no line with an address, name, URL, hash or CVE";
}

const fileEndings =
  /\.(?:json|jsonl|ndjson|txt|csv|tsv|log|html?|stix|misp|report|out|resp(?:onse)?|v[23]|bak|gz)$/i;

/** The observable in a file's name: "177.53.143.89.json", "vt_<sha256>_report.json", "c2.example.json". */
export function observableInName(name: string | null | undefined): Observable | undefined {
  if (name === null || name === undefined) return undefined;
  let stem = name.replace(/^.*[\\/]/, "");
  while (fileEndings.test(stem)) stem = stem.replace(fileEndings, "");
  const direct = readObservable(stem);
  if (direct !== undefined) return direct;
  const hash = /(?:^|[^0-9a-f])([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?:$|[^0-9a-f])/i.exec(stem)?.[1];
  if (hash !== undefined) return readObservable(hash);
  const address = /(?:^|[^\d.])(\d{1,3}(?:[._]\d{1,3}){3})(?:$|[^\d.])/.exec(stem)?.[1]?.replaceAll("_", ".");
  if (address !== undefined) return readObservable(address);
  return stem
    .split(/[_\s,()]+|--/)
    .map((word) => readObservable(word))
    .find((one) => one !== undefined);
}
