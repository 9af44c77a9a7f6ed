/** When a provider wants to be asked again, in milliseconds since 1970, from the headers that providers use. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  // RFC 9110 §10.2.3: seconds, or a date.
  const text = headers.get("retry-after")?.trim();
  if (text !== undefined && /^\d{1,9}$/.test(text)) return nowMs + Number(text) * 1000;
  const date = text === undefined ? Number.NaN : Date.parse(text);
  if (!Number.isNaN(date)) return Math.max(date, nowMs);
  const after = headers.get("x-rate-limit-reset-after") ?? "";
  if (/^\d{1,9}$/.test(after)) return nowMs + Number(after) * 1000;
  const reset = headers.get("x-ratelimit-reset") ?? headers.get("x-rate-limit-reset") ?? "";
  if (/^\d{9,11}$/.test(reset)) return Math.max(Number(reset) * 1000, nowMs);
  const stated = Date.parse(reset);
  return Number.isNaN(stated) || reset === "" ? undefined : Math.max(stated, nowMs);
}
