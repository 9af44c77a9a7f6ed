import type { Fields } from "@firebreak/model/event";
import { splitAddressPort } from "./address-port.ts";

/**
 * Sets `url.original` and its parts from a recorded URL or request target: "https://a.example:8443/x.php?q=1#f",
 * "/x.php?q=1", "a.example:443" (CONNECT, with `authorityOnly`). Nothing is decoded; parts are slices of the text.
 */
export function setUrl(fields: Fields, original: string, authorityOnly = false): void {
  fields["url.original"] = original;
  if (authorityOnly) {
    setAuthority(fields, original);
    return;
  }
  let start = 0;
  const scheme = original.charCodeAt(0) === 47 ? -1 : schemeEnd(original);
  if (scheme > 0) {
    fields["url.scheme"] = original.slice(0, scheme).toLowerCase();
    start = authorityEnd(original, scheme + 3);
    setAuthority(fields, original.slice(scheme + 3, start));
  }
  setTarget(fields, original, start);
}

/** Path, query and fragment behind the authority. */
function setTarget(fields: Fields, original: string, start: number): void {
  const hash = original.indexOf("#", start);
  let stop = original.length;
  if (hash >= 0) {
    fields["url.fragment"] = original.slice(hash + 1);
    stop = hash;
  }
  const question = original.indexOf("?", start);
  if (question >= 0 && question < stop) {
    fields["url.query"] = original.slice(question + 1, stop);
    stop = question;
  }
  if (stop > start) setPath(fields, original.slice(start, stop));
}

/** The same for a web address without its scheme, as inspecting devices print it: "a.example:8443/x.php?q=1". */
export function setBareUrl(fields: Fields, original: string): void {
  if (original.charCodeAt(0) === 47 || original.includes("://")) {
    setUrl(fields, original);
    return;
  }
  fields["url.original"] = original;
  const end = authorityEnd(original, 0);
  setAuthority(fields, original.slice(0, end));
  setTarget(fields, original, end);
}

/** The Host header or `:authority` of a request ("a.example:8443"): its name as `url.domain`, its port as `url.port`. */
export function setHostHeader(fields: Fields, text: string): void {
  const { address, port } = splitAddressPort(text);
  if (address !== "") fields["url.domain"] = address;
  if (port !== undefined) fields["url.port"] = port;
}

/** Sets `url.path` and the extension of its last segment. */
export function setPath(fields: Fields, path: string): void {
  fields["url.path"] = path;
  const dot = path.lastIndexOf(".");
  if (dot < 0 || dot < path.lastIndexOf("/")) return;
  const length = path.length - dot - 1;
  if (length > 0 && length <= 10) fields["url.extension"] = path.slice(dot + 1);
}

function schemeEnd(text: string): number {
  const at = text.indexOf("://");
  if (at <= 0 || at > 12) return -1;
  for (let i = 0; i < at; i++) {
    const code = text.charCodeAt(i) | 32;
    if ((code < 97 || code > 122) && !(i > 0 && (code === 43 || code === 45 || code === 46))) return -1;
  }
  return at;
}

/** Index of the slash, question mark or hash behind an authority. */
function authorityEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 47 || code === 63 || code === 35) return at;
  }
  return text.length;
}

function setAuthority(fields: Fields, authority: string): void {
  const at = authority.lastIndexOf("@");
  if (at >= 0) {
    const colon = authority.indexOf(":");
    fields["url.username"] = authority.slice(0, colon >= 0 && colon < at ? colon : at);
  }
  const { address, port } = splitAddressPort(authority.slice(at + 1));
  if (address !== "") fields["url.domain"] = address;
  if (port !== undefined) fields["url.port"] = port;
}
