import type { Answer } from "./answer.ts";
import { isHtml, partOf, toDocument } from "./document.ts";
import type { Observable } from "./observable.ts";
import type { Document, Provider, ReadContext, ReadDocument } from "./provider.ts";
import { unknownTo } from "./reading.ts";

/** What the case keeps of one exchange, import or refusal, beside the bytes themselves: the ledger's entry. */
export interface KeptRecord {
  readonly provider: string;
  readonly part: string;
  readonly about: Observable | null;
  /** UTC; null where a saved document does not say when it was asked. */
  readonly askedAt: string | null;
  readonly keptAt: string;
  /** HTTP status; null for imports, refusals and broken connections. */
  readonly status: number | null;
  /** SHA-256 of the body; null where there is none. */
  readonly sha256: string | null;
  /** Set when no body could be had: why. */
  readonly failure: string | null;
  readonly retryAfter: string | null;
  /** True when nothing was sent. */
  readonly isRefusal: boolean;
  /** The file that was imported; null for answers that were asked for. */
  readonly name: string | null;
  /** Where in the document the answer stands, for files that hold several; null for the whole. */
  readonly pointer: readonly string[] | null;
}

/** A kept record with its bytes (or the document that was made of them) as an answer. Never throws: what cannot be read is a failed answer that says why. */
export function interpret(
  provider: Provider,
  record: KeptRecord,
  bytes: Uint8Array | Document | undefined,
): Answer {
  const base = {
    provider: provider.id,
    title: provider.title,
    about: record.about,
    part: record.part,
    askedAt: record.askedAt,
    keptAt: record.keptAt,
    evidence: record.sha256,
    ...(record.retryAfter !== null && { retryAfter: record.retryAfter }),
  };
  if (record.isRefusal) return { ...base, state: "not asked", detail: record.failure ?? "", readings: [] };
  if (bytes === undefined || record.failure !== null)
    return { ...base, state: "failed", detail: record.failure ?? "no answer was kept", readings: [] };
  const document = partOf(bytes instanceof Uint8Array ? toDocument(bytes) : bytes, record.pointer);
  const read = readExchange(provider, record, document);
  const about = record.about ?? read.about ?? null;
  const readings =
    read.outcome === "unknown" && about !== null && read.readings.length === 0 && record.about === null
      ? [unknownTo(about, provider.title)]
      : read.readings;
  return {
    ...base,
    about,
    part: read.part,
    state: read.outcome,
    detail: read.detail ?? "",
    readings,
    ...(read.feed && { feed: read.feed }),
  };
}

/** Reads a body by the status it came with, then by its content. */
function readExchange(provider: Provider, record: KeptRecord, document: Document): ReadDocument {
  const { status, part } = record;
  const context: ReadContext = { about: record.about, part: status === null ? null : part };
  const failed = (detail: string, outcome: ReadDocument["outcome"] = "failed"): ReadDocument => ({
    outcome,
    part,
    readings: [],
    detail,
  });
  if (status !== null && status !== 200) {
    if (status === 404) return failed("", "unknown");
    if (status === 204) return failed("", "unknown");
    if (status === 401) return failed(`the key was refused (401)${keyHint(provider)}${messageOf(document)}`);
    if (status === 403) return failed(`the provider answered 403${messageOf(document)}`, "not permitted");
    if (status === 429) return failed(`the provider's limit is reached (429)${messageOf(document)}`);
    if (status >= 500) return failed(`the provider has a fault (${status})`);
    return failed(`the provider refused the question (${status})${messageOf(document)}`);
  }
  if (isHtml(document))
    return failed("an HTML page came instead of an answer (an error page, a proxy or a log-in page)");
  return safeRead(provider, document, context);
}

/** A defect of one provider's reader costs one answer, not the card. */
function safeRead(provider: Provider, document: Document, context: ReadContext): ReadDocument {
  try {
    return provider.read(document, context);
  } catch (error) {
    return {
      outcome: "failed",
      part: context.part ?? "report",
      readings: [],
      detail: `the answer could not be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function keyHint({ key }: Provider): string {
  return key === undefined ? "" : `: check ${key.variable}`;
}

/** The provider's own words about an error, from the places where providers put them. */
function messageOf({ json }: Document): string {
  const places = [
    ["error", "message"],
    ["error"],
    ["message"],
    ["detail"],
    ["query_status"],
    ["errors", "0", "detail"],
  ];
  for (const path of places) {
    const text = walk(json, path);
    if (text !== undefined) return `: ${text.slice(0, 300)}`;
  }
  return "";
}

function walk(value: unknown, path: readonly string[]): string | undefined {
  let here = value;
  for (const name of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return typeof here === "string" && here !== "" ? here : undefined;
}
