/** Bodies of MIME messages ([RFC 2045], [RFC 2046]), as a flat list of leaves with the fields that describe them. */
import { decodeCharset, readHeaders, readParameters } from "./headers.ts";

export interface MimeLeaf {
  readonly type: string;
  readonly name: string;
  readonly isAttachment: boolean;
  readonly bytes: Uint8Array;
  readonly contentId: string;
}

const leavesMax = 2000;
const depthMax = 20;

export interface MimeBody {
  readonly leaves: readonly MimeLeaf[];
  /** What could not be read, in words. */
  readonly faults: readonly string[];
}

/** `text` has one character a byte; `from` is where the headers begin. */
export function readMime(text: string, from = 0): MimeBody {
  const leaves: MimeLeaf[] = [];
  const faults: string[] = [];
  const walk = (content: string, depth: number) => {
    if (leaves.length >= leavesMax || depth > depthMax) {
      if (faults.length === 0) faults.push("the mail has more or deeper parts than are read");
      return;
    }
    const { fields, bodyAt } = readHeaders(content);
    const field = (name: string) => fields.find((item) => item.name === name)?.value ?? "";
    const { value: type, parameters } = readParameters(field("content-type") || "text/plain");
    const boundary = parameters.boundary;
    if (type.startsWith("multipart/") && boundary !== undefined && boundary !== "") {
      const { pieces, isClosed } = split(content.slice(bodyAt), boundary);
      if (!isClosed) faults.push("a multipart body has no end: the mail may be cut off");
      for (const piece of pieces) walk(piece, depth + 1);
      return;
    }
    const disposition = readParameters(field("content-disposition"));
    const name = disposition.parameters.filename ?? parameters.name ?? "";
    leaves.push({
      type,
      name,
      isAttachment:
        disposition.value === "attachment" || name !== "" || !/^(?:text\/|multipart\/)/.test(type),
      bytes: decodeTransfer(
        content.slice(bodyAt),
        field("content-transfer-encoding"),
        type,
        parameters.charset,
      ),
      contentId: field("content-id"),
    });
  };
  walk(text.slice(from), 0);
  return { leaves, faults };
}

function split(body: string, boundary: string): { pieces: string[]; isClosed: boolean } {
  const mark = `--${boundary}`;
  const pieces: string[] = [];
  let start = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== "\n") continue;
    if (start >= 0) pieces.push(body.slice(start, at).replace(/\r?\n$/, ""));
    if (body.startsWith("--", at + mark.length)) return { pieces, isClosed: true };
    const lineEnd = body.indexOf("\n", at);
    if (lineEnd < 0 || pieces.length > leavesMax) return { pieces, isClosed: false };
    start = lineEnd + 1;
  }
  if (start >= 0) pieces.push(body.slice(start));
  return { pieces, isClosed: false };
}

function decodeTransfer(
  content: string,
  encoding: string,
  type: string,
  charset: string | undefined,
): Uint8Array {
  const kind = encoding.trim().toLowerCase();
  const bytes =
    kind === "base64"
      ? Buffer.from(content, "base64")
      : kind === "quoted-printable"
        ? Buffer.from(quotedPrintable(content), "latin1")
        : kind === "x-uuencode" || kind === "uuencode"
          ? uudecode(content)
          : Buffer.from(content, "latin1");
  // Texts are handed on as UTF-8, whatever they were sent in.
  const text = type.startsWith("text/") && charset !== undefined ? decodeCharset(bytes, charset) : undefined;
  return new Uint8Array(text === undefined ? bytes : Buffer.from(text));
}

function quotedPrintable(content: string): string {
  return content
    .replace(/[ \t]+(\r?\n)/g, "$1")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function uudecode(content: string): Buffer {
  const out: Buffer[] = [];
  const begin = /^begin \d{3} .*$/m.exec(content);
  for (const line of content.slice(begin === null ? 0 : begin.index + begin[0].length + 1).split(/\r?\n/)) {
    if (/^end\b/.test(line) || line === "") continue;
    const length = (line.charCodeAt(0) - 32) & 63;
    const codes = Array.from(line.slice(1), (char) => (char.charCodeAt(0) - 32) & 63);
    const bytes: number[] = [];
    for (let i = 0; i + 1 < codes.length && bytes.length < length; i += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = codes.slice(i, i + 4);
      bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
    }
    out.push(Buffer.from(bytes.slice(0, length)));
  }
  return Buffer.concat(out);
}
