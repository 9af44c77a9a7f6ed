import { type EventRow, restOf } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import { rowsOf } from "./pivot.ts";

export const attackTypes = [
  "SQL injection",
  "command injection",
  "cross-site scripting",
  "path traversal or file inclusion",
  "server-side request forgery",
  "code or template injection",
  "insecure direct object reference",
  "forced browsing or scanning",
] as const;
export type AttackType = (typeof attackTypes)[number];

/**
 * What a request's text shows, after its percent encoding is undone (RFC 3986 §2.1, repeated: attackers nest it). All
 * patterns are linear: no nested repetition, every gap bounded.
 */
const payloads: readonly (readonly [AttackType, RegExp])[] = [
  [
    "code or template injection",
    /\$\{jndi:|\$\{\d+\*\d+\}|\{\{[^}]{1,80}\}\}|%\{[^}]{1,200}\}|<%[^%]{1,200}%>|class\.module\.classloader|\bphpinfo\(\)/,
  ],
  [
    "server-side request forgery",
    /[?&][\w.-]{1,40}=(?:https?:\/\/|\/\/)?(?:169\.254\.169\.254|127\.0\.0\.1|localhost|0\.0\.0\.0|metadata\.google|\[::1\])/,
  ],
  [
    "path traversal or file inclusion",
    /(?:\.\.[\\/]){2}|\.\.[\\/](?:etc|windows|winnt|proc|web-inf)|[=/]etc\/(?:passwd|shadow|hosts)|boot\.ini|win\.ini|php:\/\/(?:filter|input)|[?&][\w.-]{1,40}=(?:https?|ftp):\/\/[^&\s]{1,200}\.(?:txt|php|jsp|aspx?|sh|png\?)|file:\/\/\//,
  ],
  [
    "SQL injection",
    /\bunion\b[\s/*+(]{1,20}(?:all[\s/*+]{1,20})?select\b|['"]\s{0,5}\)?\s{0,5}(?:or|and)\s{1,5}['"(]?\w{1,20}['"]?\s{0,5}(?:=|like|<|>)|\b(?:or|and)\s{1,5}\d{1,6}\s{0,3}=\s{0,3}\d{1,6}|;\s{0,5}(?:drop|insert|update|delete|exec|declare)\b|\b(?:sleep|benchmark|pg_sleep)\s{0,3}\(|waitfor\s{1,5}delay|information_schema|\border\s{1,5}by\s{1,5}\d{1,3}\s{0,5}(?:--|#|$)|['"]\s{0,5}(?:--|#)|xp_cmdshell|\bextractvalue\(|\bselect\b.{1,100}\bfrom\b/,
  ],
  [
    "command injection",
    /(?:[;|`]|&&)\s{0,3}(?:cat|ls|id|whoami|wget|curl|nc|ncat|bash|sh|ping|powershell|cmd|type|net|uname|dir|ifconfig|ipconfig|echo)\b(?![=-])|\$\((?:cat|ls|id|whoami|wget|curl|uname)|\bcmd(?:\.exe)?\s{0,3}\/c\b|\/bin\/(?:ba|da)?sh\b|=(?:whoami|uname(?:\s-a)?|ipconfig|ifconfig|net\suser|systeminfo|cat\s\/etc[^&]{0,40})(?:&|$)|[?&](?:c|cmd|exec|command|run|shell)=(?:ls|id|dir|pwd|type|ps|env)\b/,
  ],
  [
    "cross-site scripting",
    /<\s{0,3}script|javascript:|\bon(?:error|load|mouseover|focus|click|toggle)\s{0,3}=|<\s{0,3}(?:img|svg|iframe|body)\b|document\.cookie|\balert\s{0,2}[(`]|\bprompt\s{0,2}\(/,
  ],
];

const scannerAgents =
  /sqlmap|nikto|nmap|nessus|acunetix|dirbuster|gobuster|ffuf|wpscan|nuclei|masscan|zgrab|hydra|burp|zap\/|netsparker|openvas|qualys|feroxbuster/i;

/** The request's own text with its encodings undone. */
export function decodeRequest(text: string): string {
  let out = text.slice(0, 8192).replaceAll("+", " ");
  for (let round = 0; round < 3 && out.includes("%"); round++) {
    const next = out.replace(/%u00([0-9a-f]{2})/gi, "%$1").replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
      const raw = Buffer.from(bytes.replaceAll("%", ""), "hex");
      return raw.toString("utf8");
    });
    if (next === out) break;
    out = next;
  }
  return out.toLowerCase();
}

/** The kind of attack that a URL or request text shows; undefined for an ordinary one. */
export function attackIn(text: string): AttackType | undefined {
  const decoded = decodeRequest(text);
  return payloads.find(([, pattern]) => pattern.test(decoded))?.[0];
}

export interface WebTraffic {
  /** Requests of the attacker to the target, in order of time. */
  readonly requests: readonly EventRow[];
  readonly attacks: readonly { row: EventRow; type: AttackType }[];
  /** Requests whose program names itself a scanner. */
  readonly scanner: readonly EventRow[];
}

const dayMs = 86_400_000;

/** Addresses that the alert says the requests came from. */
export function attackersOf(context: TriageContext): string[] {
  const addresses = context.alert.observables.filter(
    ({ type, role }) => type === "address" && role !== "mentioned",
  );
  const sources = addresses.filter(({ role }) => role === "source");
  const outside = addresses.filter(({ value }) => context.scene.networks.isExternal(value));
  return (sources.length > 0 ? sources : outside).map(({ value }) => value);
}

/** What the alert's source asked of the organisation's web servers within a day of the alert. */
export function readWebTraffic(context: TriageContext): WebTraffic {
  const attackers = new Set(attackersOf(context));
  const pivots = context.pivots.filter(({ observable }) => attackers.has(observable.value));
  const requests = rowsOf(pivots).filter((row) => {
    const gap = context.clock.gapOf(row);
    return row.url !== null && row.kind !== "alert" && (gap === undefined || Math.abs(gap) <= dayMs);
  });
  const attacks = requests.flatMap((row) => {
    const type = attackIn(textOf(row));
    return type === undefined ? [] : [{ row, type }];
  });
  const byPattern = attacks.length > 0 ? [] : patternOf(requests);
  return {
    requests,
    attacks: [...attacks, ...byPattern],
    scanner: requests.filter((row) => scannerAgents.test(String(restOf(row)["user_agent.original"] ?? ""))),
  };
}

function textOf(row: EventRow): string {
  const rest = restOf(row);
  const more = [
    rest["http.request.body.content"],
    rest["user_agent.original"],
    rest["http.request.referrer"],
  ];
  return [row.url, ...more.filter((one) => typeof one === "string" && one.includes("${"))].join(" ");
}

/** No single request stands out: many numbered objects read in a row, or many paths that do not exist. */
function patternOf(requests: readonly EventRow[]): { row: EventRow; type: AttackType }[] {
  const byShape = new Map<string, EventRow[]>();
  const values = new Map<string, Set<string>>();
  for (const row of requests) {
    const numbers = row.url!.match(/(?<=[=/])\d{1,12}(?=[/&]|$)/g);
    if (!numbers) continue;
    const shape = row.url!.replace(/(?<=[=/])\d{1,12}(?=[/&]|$)/g, "#");
    byShape.set(shape, [...(byShape.get(shape) ?? []), row]);
    values.set(shape, (values.get(shape) ?? new Set<string>()).add(numbers.join("/")));
  }
  for (const [shape, rows] of byShape)
    if (values.get(shape)!.size >= 8)
      return rows.map((row) => ({ row, type: "insecure direct object reference" }));
  const missing = requests.filter(({ http_status }) => http_status === 404 || http_status === 403);
  const paths = new Set(missing.map((row) => row.url!.split("?")[0]));
  return paths.size >= 15 ? missing.map((row) => ({ row, type: "forced browsing or scanning" })) : [];
}

/** Bytes of an answer, where the log counts them. */
export function answerBytes(row: EventRow): number | undefined {
  const rest = restOf(row);
  const value = Number(
    rest["http.response.body.bytes"] ?? rest["http.response.bytes"] ?? row.destination_bytes ?? Number.NaN,
  );
  return Number.isFinite(value) ? value : undefined;
}
