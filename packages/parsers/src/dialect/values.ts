import { splitAddressPort } from "../ecs/address-port.ts";
import { cleanIp } from "../ecs/ip.ts";
import { verdictOf } from "../ecs/verdict.ts";
import type { ColumnGuess, ColumnKind } from "../infer/column.ts";
import { leadingTimeText } from "../infer/leading-time.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { createTimeReader } from "../time/reader.ts";
import { requestField } from "./dialect.ts";

/** What the values of a column are, whatever its name says. */
export type ValueShape =
  | "time"
  | "date"
  | "clock"
  | "zone"
  | "epoch"
  | "request"
  | "ip"
  | "ip-port"
  | "port"
  | "mac"
  | "transport"
  | "verdict"
  | "method"
  | "status"
  | "url"
  | "path"
  | "user-agent"
  | "hash"
  | "email"
  | "account"
  | "level"
  | "number"
  | "text";

const time = createTimeReader({ reference: { ms: Date.UTC(2024, 11, 31), source: "assumed" } });
const most = 0.9;

const dateOnly =
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$|^\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]\d{4}$/i;
const clockOnly = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?$/;
const transportWord = /^(?:tcp|udp|icmp|icmpv6|ipv6-icmp|igmp|gre|esp|ah|sctp|ospf)$/i;
const method = /^(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT|PATCH|TRACE|PROPFIND)$/;
const zone = /^(?:UTC|GMT|CES?T|EES?T|WES?T|MSK|BST|IST|[ECMP][SD]T|JST|AES?T|[+-]\d{2}:?\d{2})$/;
const request = /^[A-Z]{3,10} \S+ HTTP\/\d/;
const level =
  /^(?:debug|info(?:rmation(?:al)?)?|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|alert|emerg(?:ency)?|fatal|low|medium|high)$/i;

function isTime(value: string): boolean {
  const text = leadingTimeText(value);
  return text !== undefined && readTimeValue(value, time) !== undefined;
}

const tests: readonly [ValueShape, (value: string) => boolean][] = [
  ["date", (value) => dateOnly.test(value)],
  ["clock", (value) => clockOnly.test(value)],
  ["ip", (value) => cleanIp(value) !== undefined],
  ["epoch", isEpoch],
  ["time", isTime],
  ["zone", (value) => zone.test(value)],
  ["request", (value) => request.test(value)],
  ["mac", (value) => /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i.test(value)],
  ["hash", (value) => /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value)],
  ["transport", (value) => transportWord.test(value)],
  ["verdict", (value) => verdictOf(value) !== undefined],
  ["method", (value) => method.test(value)],
  ["level", (value) => level.test(value)],
  ["email", (value) => /^[^\s@<>"]{1,64}@[^\s@<>"]+\.[^\s@<>"]+$/.test(value)],
  ["url", (value) => /^[a-z][a-z0-9+.-]{1,10}:\/\//i.test(value)],
  ["account", (value) => /^[\w.-]{1,32}\\[^\\/:*?"<>|]{1,64}$/.test(value)],
  ["user-agent", (value) => /^Mozilla\/\d|^curl\/|^Wget\/|^python-requests/.test(value)],
  ["path", (value) => /^\/|^[A-Za-z]:\\/.test(value)],
  [
    "ip-port",
    (value) => splitAddressPort(value).ip !== undefined && splitAddressPort(value).port !== undefined,
  ],
  ["number", (value) => /^-?\d{1,20}(?:\.\d+)?$/.test(value)],
];

function isEpoch(value: string): boolean {
  return /^1[0-9]{9}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?$/.test(value);
}

/** The shape that nine of ten values have, the narrowest first; "text" when none. */
export function shapeOf(values: readonly string[]): ValueShape {
  if (values.length === 0) return "text";
  for (const [shape, test] of tests) {
    let fits = 0;
    for (const value of values) if (test(value)) fits++;
    const share = shape === "user-agent" ? 0.3 : most;
    if (fits >= values.length * share && fits > 0) return shape;
  }
  return "text";
}

const meaningOfShape: Partial<Record<ValueShape, { field: string; kind: ColumnKind; confidence: number }>> = {
  request: { field: requestField, kind: "text", confidence: 0.9 },
  mac: { field: "source.mac", kind: "mac", confidence: 0.4 },
  hash: { field: "file.hash.sha256", kind: "hash", confidence: 0.6 },
  transport: { field: "network.transport", kind: "transport", confidence: 0.8 },
  verdict: { field: "event.action", kind: "action", confidence: 0.75 },
  method: { field: "http.request.method", kind: "method", confidence: 0.9 },
  level: { field: "log.level", kind: "level", confidence: 0.6 },
  email: { field: "user.email", kind: "email", confidence: 0.4 },
  url: { field: "url.original", kind: "url", confidence: 0.7 },
  account: { field: "user.name", kind: "user", confidence: 0.7 },
  "user-agent": { field: "user_agent.original", kind: "text", confidence: 0.85 },
};

/** What the values alone suggest for one column. Addresses and ports need their neighbours: see `placeEndpoints`. */
export function guessByShape(shape: ValueShape): ColumnGuess | undefined {
  return meaningOfShape[shape];
}

/** Numbers that could all be ports. */
export function looksLikePorts(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535);
}

/** Three digits of HTTP, with one at least that is common. */
export function looksLikeStatus(values: readonly string[]): boolean {
  return (
    values.length > 0 &&
    values.every((value) => /^[1-5]\d\d$/.test(value)) &&
    values.some((value) => ["200", "301", "302", "304", "401", "403", "404", "500"].includes(value))
  );
}
