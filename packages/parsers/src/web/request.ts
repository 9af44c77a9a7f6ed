import type { Fields } from "@firebreak/model/event";
import { setUrl } from "../ecs/url.ts";

/**
 * Sets method, URL and version from a request line: "GET /a?b HTTP/1.1". What is no request line (bytes of a TLS hello, an
 * empty request) is kept as `firebreak.raw.request`.
 */
export function setRequestLine(fields: Fields, request: string): void {
  const first = request.indexOf(" ");
  if (first <= 0 || !isMethod(request, first)) {
    if (request !== "" && request !== "-") fields["firebreak.raw.request"] = request;
    return;
  }
  const method = request.slice(0, first);
  fields["http.request.method"] = method;
  let end = request.length;
  const version = request.lastIndexOf(" HTTP/");
  if (version >= first) {
    fields["http.version"] = request.slice(version + 6);
    end = version;
  }
  if (end > first + 1) setUrl(fields, request.slice(first + 1, end), method === "CONNECT");
}

/** HTTP methods are tokens; logs show them in capitals, WebDAV's and Exchange's with "_" and "-" too. */
function isMethod(text: string, end: number): boolean {
  if (end > 24 || text.charCodeAt(0) < 65) return false;
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if ((code < 65 || code > 90) && code !== 95 && code !== 45 && (code < 97 || code > 122)) return false;
  }
  return true;
}

const webCategory = ["web"];
const accessType = ["access"];

/** Sets kind, category and type of a web request, and the outcome from the status that the server answered with. */
export function setWebAccess(fields: Fields, status: number | undefined): void {
  fields["event.kind"] = "event";
  fields["event.category"] = webCategory;
  fields["event.type"] = accessType;
  if (status === undefined) return;
  fields["http.response.status_code"] = status;
  fields["event.outcome"] = status < 400 ? "success" : "failure";
}
