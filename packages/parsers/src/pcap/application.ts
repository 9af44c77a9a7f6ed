import type { Fields } from "@firebreak/model/event";
import { setRequestLine, setWebAccess } from "../web/request.ts";

const requestLine =
  /^(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT|PATCH|TRACE|PROPFIND) \S{1,8192} HTTP\/1\.[01]\r\n/;

/** Fields of an HTTP/1 request whose head begins a TCP payload. */
export function readHttpRequest(data: Uint8Array): Fields | undefined {
  const first = data[0];
  if (first === undefined || first < 65 || first > 84 || data.length < 16) return undefined;
  const text = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, 16_384)).toString("latin1");
  const match = requestLine.exec(text);
  if (!match) return undefined;
  const fields: Fields = {};
  setWebAccess(fields, undefined);
  setRequestLine(fields, match[0].slice(0, -2));
  fields["network.protocol"] = "http";
  const head = text.slice(match[0].length).split("\r\n\r\n", 1)[0]!;
  for (const line of head.split("\r\n", 100)) setHeader(fields, line);
  return fields;
}

function setHeader(fields: Fields, line: string): void {
  const colon = line.indexOf(":");
  if (colon <= 0 || colon > 40) return;
  const value = line
    .slice(colon + 1)
    .trim()
    .slice(0, 4096);
  if (value === "") return;
  switch (line.slice(0, colon).toLowerCase()) {
    case "host":
      fields["url.domain"] = value.replace(/:\d{1,5}$/, "");
      break;
    case "user-agent":
      fields["user_agent.original"] = value;
      break;
    case "referer":
      fields["http.request.referrer"] = value;
      break;
    case "content-length":
      if (/^\d{1,15}$/.test(value)) fields["http.request.body.bytes"] = Number(value);
      break;
  }
}

/** Server name of a TLS ClientHello (RFC 8446 §4.1.2, RFC 6066 §3) that begins a TCP payload; undefined when it is none. */
export function readClientHello(data: Uint8Array): { serverName: string | undefined } | undefined {
  // Record type handshake, version 3.x, message ClientHello.
  if (data.length < 44 || data[0] !== 22 || data[1] !== 3 || data[5] !== 1) return undefined;
  const u16 = (at: number) => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  let at = 43;
  at += 1 + data[at]!;
  at += 2 + u16(at);
  at += 1 + (data[at] ?? 0);
  const end = Math.min(data.length, at + 2 + u16(at));
  at += 2;
  for (let i = 0; i < 100 && at + 4 <= end; i++) {
    const length = u16(at + 2);
    if (u16(at) === 0 && length > 5 && at + 9 <= data.length) {
      const nameLength = u16(at + 7);
      const name = Buffer.from(data.subarray(at + 9, Math.min(data.length, at + 9 + nameLength))).toString(
        "latin1",
      );
      return {
        serverName:
          nameLength > 0 && /^[\w.-]{1,255}$/.test(name) && name.length === nameLength ? name : undefined,
      };
    }
    at += 4 + length;
  }
  return { serverName: undefined };
}
