import type { Observable, ObservableType } from "./observable.ts";
import type { Reading } from "./reading.ts";

/** A body that was received or saved: its text, and its JSON where it is JSON. */
export interface Document {
  readonly text: string;
  /** undefined when the text is no JSON. */
  readonly json: unknown;
}

/** What is known about a document beside its bytes. */
export interface ReadContext {
  /** What was asked about, or what the person says the document is about. */
  readonly about: Observable | null;
  /** Which question was asked; null for a saved document. */
  readonly part: string | null;
}

/** A document as a provider's code understands it. Never an exception: what cannot be read is "failed" with the reason. */
export interface ReadDocument {
  readonly outcome: "answered" | "unknown" | "failed" | "not permitted";
  readonly part: string;
  readonly readings: readonly Reading[];
  readonly detail?: string;
  /** What an "unknown" or a failure is about, when the document itself says so. */
  readonly about?: Observable;
  readonly feed?: (observable: Observable) => Reading | undefined;
  /** Entries of a feed, for the person. */
  readonly feedSize?: number;
}

/** One request to a provider. Paths are joined to the provider's base; keys travel in headers only. */
export interface Question {
  readonly part: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Asked first when the quota is short: 0 the report itself, 1 relations. */
  readonly rank: 0 | 1;
}

/** So many requests in so much time. "day" is the UTC calendar day. */
export interface QuotaWindow {
  readonly limit: number;
  readonly per: "second" | "minute" | "hour" | "day" | "week";
}

export interface KeyNeed {
  /** Environment variable, also the name in the key file. */
  readonly variable: string;
  readonly isRequired: boolean;
  readonly headers: (key: string) => Record<string, string>;
}

/**
 * A source of statements, as data and pure functions. "service": a public service; "own server": run by the
 * organisation; "list": one download that answers for many observables; "document": only saved documents are read.
 */
export interface Provider {
  readonly id: string;
  readonly title: string;
  readonly kind: "service" | "own server" | "list" | "document";
  readonly types: readonly ObservableType[];
  readonly key?: KeyNeed;
  /** Base URL, and the variable that replaces it. Own servers have no default. */
  readonly base?: { readonly url?: string; readonly variable: string };
  readonly quota: readonly QuotaWindow[];
  /** A kept answer younger than this is used instead of asking again. Lists state how often they may be pulled. */
  readonly freshMs?: number;
  /** Terms a user must know before the first question. */
  readonly terms?: string;
  /** Hosts that a redirect may lead to, for services that only forward. */
  readonly mayLeadTo?: (host: string) => boolean;
  readonly questions?: (observable: Observable) => Question[];
  /** True when the document looks like this provider's. */
  readonly recognise: (document: Document) => boolean;
  readonly read: (document: Document, context: ReadContext) => ReadDocument;
}

export function answered(part: string, readings: readonly Reading[]): ReadDocument {
  return { outcome: "answered", part, readings };
}

/** The provider was asked and does not know the observable. */
export function notKnown(part: string, about?: Observable): ReadDocument {
  return { outcome: "unknown", part, readings: [], ...(about !== undefined && { about }) };
}

export function unreadable(part: string, detail: string): ReadDocument {
  return { outcome: "failed", part, readings: [], detail };
}

export const wrongShape = "the answer does not have the documented shape";
export const aboutWhat =
  "the document does not say which observable it is about: name it with --about, or in the file's name";
