import { extensionOf, runningExtensions } from "../identify/types.ts";
import { hostOf } from "../observables/find.ts";
import { noiseOf } from "../observables/noise.ts";
import type { At, Part } from "../part.ts";

/** Protocols whose handlers run code or open tools that do. */
const handlers =
  /^(?:ms-msdt|search-ms|ms-search|ms-officecmd|ms-appinstaller|mhtml|vbscript|javascript|script|ms-excel|ms-word|its|ms-its|mk):/i;

/** Where a target lies: on a server, on a file share, or on this machine. */
export function isRemote(target: string): boolean {
  return (
    /^(?:https?|ftps?|wss?|webdav|file:\/{2}[^/\\.]|mhtml|smb|ldap)/i.test(target) ||
    /^(?:file:\/*)?\\\\[^\\.?]/i.test(target)
  );
}

/** A link that the reader must click. */
export function judgeLink(part: Part, target: string, at: At = {}): void {
  const clean = target.trim();
  if (handlers.test(clean) && !/^javascript:(?:void|;|\s*$)/i.test(clean))
    part.sign("external-script-link", clean, at);
  const path =
    /^[a-z]+:\/\/[^/?#]*(\/[^?#]*)?/i.exec(clean)?.[1] ??
    (isRemote(clean) || !/^[a-z]{3,}:/i.test(clean) ? clean : "");
  const extension = extensionOf(path);
  if (runningExtensions.has(extension) && extension !== "com" && extension !== "url")
    part.sign("dangerous-link", clean, at);
  if (/^https?:/i.test(clean) && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(hostOf(clean)))
    part.sign("link-to-address", clean, at);
}

const templates = new Set(["attachedtemplate"]);
const loaded = new Set([
  "oleobject",
  "frame",
  "subdocument",
  "externallink",
  "externallinkpath",
  "package",
  "slideupdateurl",
  "control",
  "officedocument",
  "worksheet",
  "slide",
  "slidemaster",
  "externalreference",
]);

/** A relation whose target lies outside of the document; `kind` is the last word of its type. */
export function judgeExternal(part: Part, kind: string, target: string, at: At = {}): void {
  const name = kind.toLowerCase();
  const detail = `${kind} → ${target}`;
  if (handlers.test(target.trim()) || /^\s*mhtml:/i.test(target))
    part.sign("external-script-link", detail, at);
  if (name === "hyperlink") {
    part.features.add("hyperlinks");
    judgeLink(part, target, at);
    return;
  }
  part.features.add("external-links");
  const remote = isRemote(target) && noiseOf(hostOf(target)) === undefined;
  if (name === "image" || name === "video" || name === "audio" || name === "media") {
    if (remote) part.sign("external-image", detail, at);
  } else if (templates.has(name)) part.sign(remote ? "external-template" : "external-relation", detail, at);
  else if (loaded.has(name)) part.sign(remote ? "external-relation-remote" : "external-relation", detail, at);
  else part.sign(remote ? "external-relation-remote" : "external-relation", detail, at);
}
