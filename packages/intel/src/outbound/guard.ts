import { hostOf, isRoutable, type Observable } from "../observable.ts";

/** What the organisation calls its own. */
export interface Internal {
  readonly isInternalAddress: (address: string) => boolean;
  /** True for the organisation's domains with all below them, and its machines. */
  readonly isInternalName: (name: string) => boolean;
}

/** Names that are only ever used inside: RFC 6761, RFC 6762, RFC 8375, RFC 9476 (alt), ICANN's "internal", and custom. */
const innerSuffixes = [
  "local",
  "localhost",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "home.arpa",
  "in-addr.arpa",
  "ip6.arpa",
  "alt",
  "test",
  "invalid",
  "onion",
];

/** Query parameters that carry who somebody is, or let in whoever holds them. */
const secretNames =
  /^(?:.*[-_.])?(?:access|api|app|auth|authorization|bearer|client|code|cookie|credential|csrf|email|e-?mail|hash|hmac|id_?token|invite|jwt|key|login|mail|nonce|otp|pass|passwd|password|phone|pin|pwd|refresh|reset|samlrequest|samlresponse|secret|sess|session|sid|sig|signature|sso|ssn|state|ticket|token|user|user_?name|uid)(?:[-_.]?(?:id|key|token|code|secret|hash|name))?$/i;
const sessionNames =
  /^(?:php|jsession|asp|aspsession\w*|cf|aws|x-amz-\w+|x-goog-\w+|sv|se|sr|sp|skoid)(?:sess)?(?:id)?$/i;
const longValue = 16;

/** Texts that are secrets wherever they stand: JWTs (RFC 7519), keys of well-known services, mail addresses. */
const secretShapes =
  /eyJ[A-Za-z0-9_-]{8,}\.|(?:^|[^A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{12,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-|sk-[A-Za-z0-9]{20,}|[A-Za-z0-9._%+-]{1,64}(?:@|%40)[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,}/i;
const secretPaths =
  /^(?:reset|recover|verify|confirm|invite|invitation|magic|unsubscribe|activate|token|auth|session|share|s)$/i;

/**
 * Why an observable must not be sent to anybody outside; undefined when it may be. Private and reserved addresses,
 * internal names, and URLs that carry a secret never leave, whatever the person asks.
 */
export function refusalOf(observable: Observable, internal: Internal): string | undefined {
  switch (observable.type) {
    case "hash":
    case "vulnerability":
      return undefined;
    case "address":
      return refuseAddress(observable.value, internal);
    case "domain":
      return refuseName(observable.value, internal);
    case "url":
      return refuseUrl(observable.value, internal);
  }
}

function refuseAddress(address: string, internal: Internal): string | undefined {
  if (!isRoutable(address)) return "a private or reserved address: nobody outside can know it";
  return internal.isInternalAddress(address) ? "an address of the organisation" : undefined;
}

function refuseName(name: string, internal: Internal): string | undefined {
  if (!name.includes(".")) return "a name without a domain: internal";
  if (innerSuffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`)))
    return "a name that only exists inside networks";
  return internal.isInternalName(name) ? "a name of the organisation" : undefined;
}

function refuseUrl(text: string, internal: Internal): string | undefined {
  const url = new URL(text);
  if (!/^(?:https?|ftp):$/.test(url.protocol)) return `a URL of the scheme ${url.protocol} is not looked up`;
  const host = hostOf(text);
  if (host === undefined) return "its host is an internal name";
  const byHost = refusalOf(host, internal);
  if (byHost !== undefined) return `its host is ${byHost}`;
  return refuseSecret({ type: "url", value: text });
}

/** Why a URL must not be sent even to the organisation's own server: a secret is for nobody's logs. */
export function refuseSecret({ type, value }: Observable): string | undefined {
  const url = type === "url" ? new URL(value) : undefined;
  const secret = url === undefined ? undefined : secretIn(url);
  return secret === undefined
    ? undefined
    : `the URL may carry a secret (${secret}); ask about its host ${url?.hostname} instead`;
}

/** Where a URL seems to carry a secret, without repeating it. */
export function secretIn(url: URL): string | undefined {
  if (url.username !== "" || url.password !== "") return "a user name or password before the host";
  if (url.hash.length > 1 && /=|eyJ/.test(url.hash)) return "a value after #";
  for (const [name, value] of url.searchParams) {
    if (value !== "" && (secretNames.test(name) || sessionNames.test(name)))
      return `the parameter ${name.slice(0, 40)}`;
    if (value.length >= longValue && !/^[a-z][a-z-]+$|^https?:/i.test(value))
      return `the long value of ${name.slice(0, 40)}`;
  }
  if (url.search.length > longValue && !url.search.includes("=")) return "a long value after ?";
  const text = decodeLoosely(`${url.pathname}${url.search}`);
  if (secretShapes.test(text) || secretShapes.test(`${url.pathname}${url.search}`))
    return "a token or mail address";
  if (/;(?:j?session\w*|sid|token)=/i.test(url.pathname)) return "a session id in the path";
  return secretSegment(url.pathname.split("/"));
}

/** "/reset/8f2k…": a long mixed segment behind a word that gives entry. */
function secretSegment(segments: readonly string[]): string | undefined {
  const at = segments.findIndex(
    (segment, i) =>
      i > 0 &&
      secretPaths.test(segments[i - 1]!) &&
      segment.length >= longValue &&
      /\d/.test(segment) &&
      /[a-z]/i.test(segment),
  );
  return at < 0 ? undefined : `a token behind /${segments[at - 1]!.slice(0, 20)}/`;
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The URL with everything that may be secret taken out: for records that others read. */
export function withoutSecrets(observable: Observable): string {
  if (observable.type !== "url") return observable.value;
  const url = new URL(observable.value);
  if (secretIn(url) === undefined) return observable.value;
  return `${url.protocol}//${url.host}/… (the rest may carry a secret)`;
}
