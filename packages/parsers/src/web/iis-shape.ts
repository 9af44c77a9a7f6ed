import { cleanIp } from "../ecs/ip.ts";

/**
 * Names the columns of an IIS line that came without `#Fields`: address and method stand side by side, behind the user
 * agent (and perhaps the referrer) come the three status numbers. Undefined when the values do not have that shape.
 */
export function guessIisColumns(values: readonly string[]): string[] | undefined {
  const method = values.findIndex(
    (value, i) =>
      i >= 2 &&
      i <= 6 &&
      /^[A-Z_-]{3,20}$/.test(value) &&
      /^[/*]/.test(values[i + 1] ?? "") &&
      cleanIp(values[i - 1]!),
  );
  if (method < 0 || !/^\d{4}-\d\d-\d\d$/.test(values[0]!)) return undefined;
  const names = ["date", "time"];
  while (names.length < method - 1) names.push(["s-sitename", "s-computername"][names.length - 2] ?? "extra");
  names.push("s-ip", "cs-method", "cs-uri-stem", "cs-uri-query", "s-port", "cs-username", "c-ip");
  const port = Number(values[method + 3]);
  if (!(port >= 0 && port <= 65_535) || !cleanIp(values[method + 5] ?? "")) return undefined;
  const status = values.findIndex(
    (value, i) => i > method + 6 && /^[1-5]\d\d$/.test(value) && /^\d+$/.test(values[i + 1] ?? "0"),
  );
  if (status < 0) return undefined;
  if (/^HTTP\/\d/.test(values[names.length] ?? "")) names.push("cs-version");
  const between = status - names.length;
  // The host stands last, and is no URL: "www.example.org" or "www.example.org:8443".
  const hasHost = between >= 3 && /^[\w-]{1,63}(?:\.[\w-]{1,63})+(?::\d{1,5})?$/.test(values[status - 1]!);
  if (between >= 1) names.push("cs(User-Agent)");
  if (between >= (hasHost ? 4 : 3)) names.push("cs(Cookie)");
  if (between >= 2) names.push("cs(Referer)");
  if (hasHost) names.push("cs-host");
  while (names.length < status) names.push(`extra-${names.length}`);
  names.push("sc-status", "sc-substatus", "sc-win32-status");
  const left = values.length - names.length;
  if (left === 1) names.push("time-taken");
  else if (left === 3) names.push("sc-bytes", "cs-bytes", "time-taken");
  return left < 0 ? names.slice(0, values.length) : names;
}
