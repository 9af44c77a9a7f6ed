/** What a mail's headers say of its sender, and what the receiving server found out. */
import { noiseOf } from "../observables/noise.ts";
import type { Part } from "../part.ts";
import { domainOf, isMixedScript, skeletonOf } from "./domains.ts";
import { type HeaderField, readAddresses } from "./headers.ts";

const hopsMax = 100;

/** Describes and judges header fields, of a message in MIME form or of Outlook's. */
export function judgeHeaders(part: Part, fields: readonly HeaderField[]): void {
  const all = (name: string) => fields.filter((field) => field.name === name);
  const first = (name: string) => all(name)[0]?.value ?? "";
  const from = readAddresses(first("from"))[0];
  const replyTo = readAddresses(first("reply-to"))[0];
  const envelope = readAddresses(first("return-path"))[0];
  part.details.mail = {
    from: first("from"),
    to: first("to"),
    replyTo: first("reply-to"),
    returnPath: first("return-path"),
    subject: first("subject"),
    date: first("date"),
    messageId: first("message-id"),
    mailer: first("x-mailer") || first("user-agent"),
    received: all("received")
      .slice(0, hopsMax)
      .map(({ value }) => hopOf(value)),
    authentication: judgeAuthentication(part, fields),
  };
  for (const address of [from, replyTo, envelope])
    if (address !== undefined) part.observe("email", address.address);
  if (from === undefined) return;
  const line = all("from")[0]!.line;
  const domain = domainOf(from.address);
  if (replyTo !== undefined && domainOf(replyTo.address) !== domain)
    part.sign("mail-reply-elsewhere", `from ${from.address}, answers to ${replyTo.address}`, {
      line: all("reply-to")[0]!.line,
    });
  if (envelope !== undefined && domainOf(envelope.address) !== domain)
    part.sign("mail-sender-mismatch", `from ${from.address}, sent as ${envelope.address}`, { line });
  const shown = /[^\s<>"'()]+@([^\s<>"'()]+\.[a-z]{2,})/i.exec(from.display);
  if (shown !== null && domainOf(shown[0].toLowerCase()) !== domain)
    part.sign("mail-name-spoof", `${from.display} <${from.address}>`, { line });
  judgeLookAlikes(
    part,
    [from, replyTo, envelope, ...readAddresses(first("to"))]
      .filter((item) => item !== undefined)
      .map(({ address }) => domainOf(address)),
  );
}

/** "from host (name [address]) by host with protocol; date" ([RFC 5321] 4.4). */
function hopOf(value: string): Record<string, string> {
  const word = (key: string) => new RegExp(`\\b${key}\\s+([^\\s;()]{1,255})`, "i").exec(value)?.[1] ?? "";
  const address = /\[(?:IPv6:)?([0-9a-f.:]{3,45})\]/i.exec(value)?.[1] ?? "";
  return {
    from: word("from"),
    address,
    by: word("by"),
    with: word("with"),
    at: value.slice(value.lastIndexOf(";") + 1).trim(),
  };
}

const methods = /\b(spf|dkim|dmarc|arc|compauth)\s*=\s*([a-z]+)/gi;

/** The topmost results are those of the server nearest to the reader; below it anything may be forged ([RFC 8601] 5). */
function judgeAuthentication(part: Part, fields: readonly HeaderField[]): Record<string, string> {
  const results: Record<string, string> = {};
  const field = fields.find(
    ({ name }) => name === "authentication-results" || name === "arc-authentication-results",
  );
  for (const [, method, result] of (field?.value ?? "").matchAll(methods))
    results[method!.toLowerCase()] ??= result!.toLowerCase();
  const spf = fields.find(({ name }) => name === "received-spf");
  if (spf !== undefined) results.spf ??= /^\s*([a-z]+)/i.exec(spf.value)?.[1]?.toLowerCase() ?? "";
  const failed = Object.entries(results).filter(
    ([method, result]) => method !== "arc" && /^(?:fail|softfail|permerror)$/.test(result),
  );
  if (failed.length > 0)
    part.sign("mail-authentication", failed.map(([method, result]) => `${method}=${result}`).join(", "), {
      line: (field ?? spf)!.line,
    });
  return results;
}

/** Two domains of one mail that look the same and are not; and names of mixed scripts. */
export function judgeLookAlikes(part: Part, domains: readonly string[]): void {
  const bySkeleton = new Map<string, string>();
  for (const domain of new Set(domains)) {
    if (isMixedScript(domain)) part.sign("mail-look-alike", domain);
    const skeleton = skeletonOf(domain);
    const other = bySkeleton.get(skeleton);
    if (other !== undefined && noiseOf(domain) === undefined)
      part.sign("mail-look-alike", `${domain} and ${other}`);
    bySkeleton.set(skeleton, domain);
  }
}
