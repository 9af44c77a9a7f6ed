/** What one request came to: an answer with its bytes, or why there is none. */
export type Exchange =
  | { readonly status: number; readonly bytes: Uint8Array; readonly headers: Headers }
  | { readonly failure: string; readonly isLasting: boolean };

export interface ExchangeRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Hosts beside the request's own that a redirect may lead to, by https. */
  readonly mayLeadTo?: (host: string) => boolean;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const maxRedirects = 3;

/** Sends one request. Never throws; redirects to elsewhere, long bodies and slow answers are failures. */
export async function exchange(
  fetch: Fetch,
  request: ExchangeRequest,
  limits: ExchangeLimits,
): Promise<Exchange> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let { url } = request;
  try {
    for (let hops = 0; ; hops++) {
      const response = await fetch(url, {
        method: request.method,
        headers: request.headers,
        redirect: "manual",
        signal,
        ...(request.body !== undefined && { body: request.body }),
      });
      if (!isRedirect(response.status)) return await receive(response, limits.maxBytes);
      await response.body?.cancel();
      const next = follow(url, response, request, limits);
      if ("failure" in next) return next;
      if (hops >= maxRedirects) return lasting(`more than ${maxRedirects} redirects`);
      url = next.url;
    }
  } catch (error) {
    return explain(error, limits);
  }
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** A key and a question must not be handed on to a host that nobody chose. */
function follow(
  from: string,
  response: Response,
  { method }: ExchangeRequest,
  { mayLeadTo }: ExchangeLimits,
): { url: string } | { failure: string; isLasting: boolean } {
  const location = response.headers.get("location");
  if (location === null || !URL.canParse(location, from))
    return lasting(`a redirect (${response.status}) without a target`);
  const target = new URL(location, from);
  const source = new URL(from);
  const isSame = target.origin === source.origin;
  const isAllowed = target.protocol === "https:" && mayLeadTo?.(target.hostname) === true;
  if (!isSame && !isAllowed) return lasting(`a redirect to ${target.origin}, which is not followed`);
  if (method !== "GET") return lasting("a redirect of a POST, which is not followed");
  return { url: target.href };
}

async function receive(response: Response, maxBytes: number): Promise<Exchange> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const tooLong = lasting(`an answer of more than ${maxBytes} bytes, which is not read`);
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body?.cancel();
    return tooLong;
  }
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader!.read()) {
    size += part.value.length;
    if (size > maxBytes) {
      await reader!.cancel();
      return tooLong;
    }
    chunks.push(part.value);
  }
  return { status: response.status, bytes: Buffer.concat(chunks), headers: response.headers };
}

function lasting(failure: string) {
  return { failure, isLasting: true };
}

const tlsFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by itself or by an unknown proxy",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by nobody known",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by nobody known",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** The cause of a failed fetch in words; codes only, since messages of the platform may repeat headers. */
function explain(error: unknown, { timeoutMs }: ExchangeLimits): Exchange {
  const cause = (error as { cause?: { code?: string } }).cause;
  const code = cause?.code ?? (error as { code?: string }).code;
  if (
    (error as Error).name === "TimeoutError" ||
    code === "UND_ERR_HEADERS_TIMEOUT" ||
    code === "UND_ERR_BODY_TIMEOUT"
  )
    return { failure: `no complete answer within ${timeoutMs / 1000} seconds`, isLasting: false };
  if (typeof code === "string" && tlsFaults[code] !== undefined)
    return lasting(`TLS: ${tlsFaults[code]} (${code})`);
  if (typeof code === "string" && /^(?:ERR_TLS|ERR_SSL|EPROTO)/.test(code))
    return lasting(`TLS: no secure connection (${code})`);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return { failure: "the provider's name could not be resolved: is there a network?", isLasting: false };
  if (code === "ECONNREFUSED") return { failure: "the connection was refused", isLasting: false };
  return { failure: `the connection broke${typeof code === "string" ? ` (${code})` : ""}`, isLasting: false };
}
