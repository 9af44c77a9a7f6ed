import type { FieldValue } from "@firebreak/model/event";

/** RFC 5424 §6: VERSION, TIMESTAMP, HOSTNAME, APP-NAME, PROCID, MSGID, with their places in the line. */
export interface Rfc5424Header {
  stamp: string;
  host: string | undefined;
  program: string;
  pid: string;
  msgid: string | undefined;
  /** Where MSGID begins, and where the structured data or its "-" begins. */
  msgidAt: number;
  dataAt: number;
}

const stampToken = /^(?:-|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\d{10,13}(?:\.\d+)? )/;

/**
 * True when an RFC 5424 header begins at `at` (behind the priority, or at the line's start when the priority was dropped): either the
 * version "1 ", or an ISO stamp with host, app, procid, msgid and structured data behind it.
 */
export function looksLikeRfc5424(line: string, at: number): boolean {
  let i = at;
  while (line.charCodeAt(i) === 32) i++;
  if (line.charCodeAt(i) === 49 && line.charCodeAt(i + 1) === 32)
    return stampToken.test(line.slice(i + 2, i + 36));
  const code = line.charCodeAt(i);
  if (code < 48 || code > 57 || line.charCodeAt(i + 10) !== 84) return false;
  return readRfc5424Header(line, i) !== undefined;
}

/** Reads the header from `at` (the version or the stamp). Strict about the shape when the version is missing. */
export function readRfc5424Header(line: string, at: number): Rfc5424Header | undefined {
  let i = at;
  while (line.charCodeAt(i) === 32) i++;
  const versioned = line.charCodeAt(i) === 49 && line.charCodeAt(i + 1) === 32;
  if (versioned) i += 2;
  const stampEnd = line.indexOf(" ", i);
  if (stampEnd < 0 || stampEnd - i > 40) return undefined;
  const stamp = line.slice(i, stampEnd);
  const hostEnd = nextSpace(line, stampEnd + 1);
  const appEnd = nextSpace(line, hostEnd + 1);
  const pidEnd = nextSpace(line, appEnd + 1);
  const idEnd = nextSpace(line, pidEnd + 1);
  if (hostEnd < 0 || appEnd < 0 || pidEnd < 0 || idEnd < 0) return undefined;
  const data = line.charCodeAt(idEnd + 1);
  const isNil = data === 45 && (idEnd + 2 >= line.length || line.charCodeAt(idEnd + 2) === 32);
  if (!isNil && data !== 91) return undefined;
  if (!versioned && !/^(?:-|\d{1,10}|[\w.]{1,20})$/.test(line.slice(appEnd + 1, pidEnd))) return undefined;
  if (!versioned && !isNil && !/^\[[^\s=\]"]{1,64}[ \]]/.test(line.slice(idEnd + 1, idEnd + 70)))
    return undefined;
  // "… esx1 Hostd: info hostd[2099] [Originator@6876 …]": a colon closes a tag of the BSD style.
  if (!versioned && line.charCodeAt(appEnd - 1) === 58) return undefined;
  // "… gw1 %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: bob] …" has as many words before a bracket.
  if (!versioned && line.charCodeAt(hostEnd + 1) === 37) return undefined;
  const host = line.slice(stampEnd + 1, hostEnd);
  const program = line.slice(hostEnd + 1, appEnd);
  const pid = line.slice(appEnd + 1, pidEnd);
  const msgid = line.slice(pidEnd + 1, idEnd);
  return {
    stamp,
    host: host === "-" ? undefined : host,
    program: program === "-" ? "" : trimTag(program),
    pid: pid === "-" ? "" : pid,
    msgid: msgid === "-" ? undefined : msgid,
    msgidAt: pidEnd + 1,
    dataAt: idEnd + 1,
  };
}

function nextSpace(line: string, from: number): number {
  return from === 0 ? -1 : line.indexOf(" ", from);
}

/** Senders that never learnt RFC 5424 leave the colon or the path in APP-NAME. */
function trimTag(program: string): string {
  const bare = program.endsWith(":") ? program.slice(0, -1) : program;
  return bare.charCodeAt(0) === 47 ? bare.slice(bare.lastIndexOf("/") + 1) : bare;
}

const maxParams = 500;

/**
 * Reads structured data (§6.3) at `at` and hands each parameter to `visit`; returns the index behind it. "\"", "\\" and "\]" are
 * unescaped; an element that never closes ends with the line.
 */
export function readStructuredData(
  line: string,
  at: number,
  visit: (element: string, name: string, value: FieldValue & string) => void,
): number {
  let i = at;
  if (line.charCodeAt(i) === 45) return i + 1;
  let params = 0;
  while (line.charCodeAt(i) === 91) {
    let end = i + 1;
    while (end < line.length && !isElementEnd(line.charCodeAt(end))) end++;
    const element = line.slice(i + 1, end);
    i = end;
    while (i < line.length && line.charCodeAt(i) !== 93) {
      while (line.charCodeAt(i) === 32) i++;
      if (line.charCodeAt(i) === 93) break;
      const equals = line.indexOf("=", i);
      if (equals < 0) return line.length;
      const quoted = line.charCodeAt(equals + 1) === 34;
      const stop = quoted ? quoteEnd(line, equals + 2) : bareEnd(line, equals + 1);
      const value = line.slice(quoted ? equals + 2 : equals + 1, stop);
      if (params++ < maxParams)
        visit(
          element,
          line.slice(i, equals),
          value.includes("\\") ? value.replace(/\\(["\\\]])/g, "$1") : value,
        );
      i = quoted ? stop + 1 : stop;
    }
    i++;
  }
  return Math.min(i, line.length);
}

function isElementEnd(code: number): boolean {
  return code === 32 || code === 93;
}

function quoteEnd(line: string, from: number): number {
  for (let i = from; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return line.length;
}

function bareEnd(line: string, from: number): number {
  let i = from;
  while (i < line.length && !isElementEnd(line.charCodeAt(i))) i++;
  return i;
}
