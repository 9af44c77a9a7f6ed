/** HTML, HTML applications, script components and SVG: scripts, links, forms, and files built out of the page. */
import { domainOf, registeredDomain } from "../mail/domains.ts";
import { judgeLookAlikes } from "../mail/judge.ts";
import { observeUrl } from "../observables/collect.ts";
import { findObservables, hostOf } from "../observables/find.ts";
import { judgeLink } from "../office/links.ts";
import type { At, Part } from "../part.ts";
import { lineAt, lineCounter } from "../script/match.ts";
import { decodeEntities, type Tag, tagsOf } from "../xml.ts";

const scriptsMax = 200;

/** `kind`: "html", "hta", "wsf" or "svg". In the first the scripts run in a browser, in the others with more rights or unseen. */
export async function examineHtml(part: Part, text: string, kind: string): Promise<void> {
  if (kind === "hta") part.sign("html-application");
  const domains: string[] = [];
  const tags = [...tagsOf(text)].slice(0, 200_000);
  const line = lineCounter(text);
  let hasPassword = false;
  let form = "";
  for (const [i, tag] of tags.entries()) {
    if (i % 4096 === 0) part.run.budget.check();
    if (tag.isClosing) continue;
    const { name, attributes } = tag;
    const at = { line: line(tag.at) };
    const lower = name.toLowerCase();
    if (lower === "a" || lower === "area") examineAnchor(part, text, tag, at, domains);
    else if (lower === "form") form = attributes.action ?? "";
    else if (lower === "input" && attributes.type?.toLowerCase() === "password") hasPassword = true;
    else if (lower === "meta" && /refresh/i.test(attributes["http-equiv"] ?? attributes.equiv ?? "")) {
      const target = /url\s*=\s*['"]?([^'"]+)/i.exec(attributes.content ?? "")?.[1];
      if (target !== undefined) part.sign("html-redirect", target, at);
    } else if (/^(?:iframe|frame|embed|object|img|link|base)$/.test(lower))
      observeUrl(part, attributes.src ?? attributes.data ?? attributes.href ?? "", at);
  }
  if (hasPassword && /^https?:/i.test(form)) part.sign("html-password-form", form);
  judgeLookAlikes(part, domains);
  judgeSmuggling(part, text);
  await examineScripts(part, text, tags, kind);
}

function examineAnchor(part: Part, text: string, tag: Tag, at: At, domains: string[]): void {
  const target = (tag.attributes.href ?? "").trim();
  if (target === "" || target.startsWith("#")) return;
  observeUrl(part, target, at);
  judgeLink(part, target, at);
  const host = hostOf(target);
  if (host.includes(".")) domains.push(registeredDomain(host));
  if (/^https?:/i.test(target)) part.features.add("hyperlinks");
  if (/^mailto:/i.test(target)) {
    const shown = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(shownText(text, tag))?.[0];
    const meant = /^mailto:([^?]+)/i.exec(target)?.[1] ?? "";
    if (shown !== undefined && meant.includes("@") && domainOf(shown) !== domainOf(meant))
      part.sign("link-text-mismatch", `${shown} → ${meant}`, at);
    return;
  }
  const shown = shownHost(shownText(text, tag));
  if (shown !== undefined && host !== "" && registeredDomain(shown) !== registeredDomain(host))
    part.sign("link-text-mismatch", `${shown} → ${target}`, at);
}

/** The host that a link's text names, when the text is an address and nothing else. */
function shownHost(text: string): string | undefined {
  if (/\s/.test(text.trim()) || text.length > 300) return undefined;
  const found = findObservables(text).find(({ type }) => type === "url" || type === "domain");
  return found === undefined || found.at > 0
    ? undefined
    : found.type === "url"
      ? hostOf(found.value)
      : found.value;
}

function shownText(text: string, tag: Tag): string {
  const end = text.slice(tag.end, tag.end + 2000).search(/<\/(?:\w+:)?a\s*>/i);
  return decodeEntities(
    text.slice(tag.end, tag.end + (end < 0 ? 200 : end)).replace(/<[^<>]*>/g, " "),
  ).trim();
}

/** Data in the page becomes a file without a download from a server: a blob or a data address, and a click that nobody makes. */
function judgeSmuggling(part: Part, text: string): void {
  const builds =
    /new\s+(?:Blob|File)\s*\(|msSaveOrOpenBlob|msSaveBlob|data:application\/(?:octet-stream|zip|x-zip|vnd|x-msdownload|x-iso)[^"'\s]{0,80};base64/i.exec(
      text,
    );
  const decodes = /\batob\s*\(|fromCharCode|Uint8Array|base64ToArrayBuffer|charCodeAt/i.test(text);
  const hands =
    /createObjectURL|msSave(?:OrOpen)?Blob|\.download\s*=|setAttribute\(\s*["']download|\bdownload\s*=\s*["'][^"']+\.\w{2,4}["']/i.test(
      text,
    );
  const payload = /["'`][A-Za-z0-9+/=\s]{2000,}|(?:\d{1,3},\s*){500}/.test(text);
  if (builds !== null && decodes && hands && payload) {
    part.features.add("html-smuggling");
    part.sign("html-smuggling", builds[0], { line: lineAt(text, builds.index) });
  }
}

async function examineScripts(part: Part, text: string, tags: readonly Tag[], kind: string): Promise<void> {
  let count = 0;
  for (const tag of tags) {
    if (tag.isClosing || tag.name.toLowerCase() !== "script") continue;
    if (tag.attributes.src !== undefined)
      observeUrl(part, tag.attributes.src, { line: lineAt(text, tag.at) });
    const rest = text.slice(tag.end);
    const end = rest.search(/<\/script\s*>/i);
    const source = unwrap(end < 0 ? rest : rest.slice(0, end));
    if (source.trim() === "" || /json|template|text\/x-/i.test(tag.attributes.type ?? "")) continue;
    if (++count > scriptsMax) {
      part.note("scripts-limit", `more than ${scriptsMax} scripts; the rest is not examined`, true);
      return;
    }
    part.features.add("scripts");
    if (kind === "svg") part.sign("svg-script", "", { line: lineAt(text, tag.at) });
    else if (count === 1) part.sign("html-script");
    const language = `${tag.attributes.language ?? ""} ${tag.attributes.type ?? ""}`;
    const typeId = /vbs/i.test(language) ? "vbscript" : "jscript";
    await part.child(`script at line ${lineAt(text, tag.at)}`, new Uint8Array(Buffer.from(source)), {
      kind: "macro",
      typeId,
      source,
    });
  }
  if (kind === "svg" && /\son(?:load|click|error|begin)\s*=/i.test(text))
    part.sign("svg-script", "an event handler");
}

function unwrap(source: string): string {
  return source
    .replace(/^\s*(?:<!--|(?:\/\/\s*)?<!\[CDATA\[)/, "")
    .replace(/(?:\/\/\s*)?(?:\]\]>|-->)\s*$/, "");
}
