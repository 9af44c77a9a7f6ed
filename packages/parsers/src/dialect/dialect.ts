import type { ColumnGuess, ColumnKind } from "../infer/column.ts";
import { meanings } from "../infer/names.ts";

/** How a line is cut into named cells. */
export type DialectLayout =
  | { readonly kind: "delimited"; readonly separator: string; readonly header: boolean }
  | { readonly kind: "words" }
  | { readonly kind: "key-value"; readonly separator: string; readonly assign: string }
  | { readonly kind: "json" }
  | { readonly kind: "w3c" }
  | { readonly kind: "fixed" };

/** One column or key and what it means. */
export interface DialectColumn {
  readonly name: string;
  /** ECS field ("source.ip", "event.action"), "time" for a part of the time, undefined: kept as recorded only. */
  readonly field?: string;
  /** 0 to 1; what a person wrote counts 1. */
  readonly confidence: number;
  /** What speaks for it, in words. */
  readonly why: string;
  /** Fixed columns: first character, from 0, and how many; the last may be left open. */
  readonly start?: number;
  readonly length?: number;
}

/** A log format as data: learned from a file, corrected by a person, shared as YAML (docs/dialects.md). Plain, so that it travels to threads. */
export interface Dialect {
  /** Lower-case letters, digits and hyphens; `event.dataset` is "dialect/<name>". */
  readonly name: string;
  readonly title: string;
  /** A syslog header (RFC 3164 or 5424) stands before each record. */
  readonly envelope: "none" | "syslog";
  readonly layout: DialectLayout;
  /** Texts that each line of the dialect holds; none: the layout alone decides. */
  readonly contains: readonly string[];
  /** Lines that begin so are comments. */
  readonly comments: readonly string[];
  readonly order: "unknown" | "day-first" | "month-first";
  /** Zone of times that carry none: IANA name or offset. */
  readonly zone?: string;
  readonly columns: readonly DialectColumn[];
}

/** The word for a column that is the time or a part of it. */
export const timeField = "time";

/** The word for a cell "GET /path HTTP/1.1": method, URL and version. */
export const requestField = "request-line";

const moreKinds: Readonly<Record<string, ColumnKind>> = {
  "source.nat.ip": "ip",
  "destination.nat.ip": "ip",
  "source.nat.port": "port",
  "destination.nat.port": "port",
  "source.packets": "count",
  "destination.packets": "count",
  "rule.id": "word",
  "observer.name": "host",
  "observer.ingress.interface.name": "word",
  "observer.egress.interface.name": "word",
  "observer.ingress.zone": "word",
  "observer.egress.zone": "word",
  "source.user.name": "user",
  "destination.user.name": "user",
  "user.id": "word",
  "group.name": "word",
  "event.duration": "count",
  "event.id": "word",
  "process.executable": "path",
  "file.extension": "word",
  "tls.client.server_name": "domain",
  "network.protocol": "word",
  "service.name": "word",
};

const kinds = new Map<string, ColumnKind>(Object.entries(moreKinds));
for (const { field, kind } of meanings) if (!field.startsWith("@")) kinds.set(field, kind);

/** "source.ip" and "source.address" are one: the value tells whether it is an address or a name. */
const addressField = /^(source|destination)(?:\.(?:ip|address|domain))?$/;

/** How the values of an ECS field are read; undefined for a name that is no field of ECS in form. */
export function guessOfField(field: string): ColumnGuess | undefined {
  if (field === requestField) return { field, kind: "text", confidence: 1 };
  const address = addressField.exec(field);
  if (address) return { field: address[1]!, kind: "address", confidence: 1 };
  const kind = kinds.get(field);
  if (kind) return { field, kind, confidence: 1 };
  return /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/.test(field)
    ? { field, kind: "text", confidence: 1 }
    : undefined;
}

/** The ECS name that a dialect file shows for a guess: an address by its commonest field. */
export function fieldOfGuess(guess: ColumnGuess): string {
  if (guess.kind === "time" || guess.kind === "date" || guess.kind === "clock") return timeField;
  return guess.kind === "address" ? `${guess.field}.ip` : guess.field;
}
