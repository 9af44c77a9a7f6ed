/** Header fields of mails ([RFC 5322] 2.2, [RFC 2045], [RFC 2047], [RFC 2231]). */

export interface HeaderField {
  /** In lower case. */
  readonly name: string;
  /** Unfolded; encoded words are decoded. */
  readonly value: string;
  /** 1-based line in the mail. */
  readonly line: number;
}

const fieldsMax = 2000;
const valueCharsMax = 20_000;

/** The fields, and the index where the body begins. Text of one-byte characters. */
export function readHeaders(text: string, from = 0): { fields: HeaderField[]; bodyAt: number } {
  const fields: { name: string; value: string; line: number }[] = [];
  let at = from;
  for (let line = 1; at < text.length; line++) {
    const end = text.indexOf("\n", at);
    const next = end < 0 ? text.length : end + 1;
    const content = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, "");
    if (content === "") return { fields: fields.map(decoded), bodyAt: next };
    const last = fields.at(-1);
    if (/^[ \t]/.test(content) && last !== undefined) {
      if (last.value.length < valueCharsMax) last.value += ` ${content.trim()}`;
    } else {
      const colon = content.indexOf(":");
      if (colon > 0 && fields.length < fieldsMax)
        fields.push({
          name: content.slice(0, colon).trim().toLowerCase(),
          value: content.slice(colon + 1).trim(),
          line,
        });
      else if (line > 1 && colon <= 0 && !/^>?From /.test(content))
        return { fields: fields.map(decoded), bodyAt: at };
    }
    at = next;
  }
  return { fields: fields.map(decoded), bodyAt: text.length };
}

function decoded(field: HeaderField): HeaderField {
  return { ...field, value: decodeWords(utf8If(field.value)) };
}

/** Headers may be plain UTF-8 ([RFC 6532]). */
function utf8If(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  const decodedText = Buffer.from(text, "latin1").toString("utf8");
  return decodedText.includes("\ufffd") ? text : decodedText;
}

export function decodeWords(text: string): string {
  return text
    .replace(/(=\?[^?\s]{1,40}\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, "$1")
    .replace(
      /=\?([^?*\s]{1,40})(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi,
      (whole, charset: string, kind: string, content: string) => {
        const bytes =
          kind.toLowerCase() === "b"
            ? Buffer.from(content, "base64")
            : Buffer.from(
                content
                  .replaceAll("_", " ")
                  .replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
                    String.fromCharCode(Number.parseInt(hex, 16)),
                  ),
                "latin1",
              );
        return decodeCharset(bytes, charset) ?? whole;
      },
    );
}

export function decodeCharset(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset.trim() || "utf-8").decode(bytes);
  } catch {
    return undefined;
  }
}

/** "text/html; charset=utf-8" → its value and parameters, continued and percent-encoded ones joined. */
export function readParameters(value: string): { value: string; parameters: Record<string, string> } {
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  const pieces = [...value.matchAll(/;\s*([^=;\s]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g)];
  for (const [, key, quoted, plain] of pieces) {
    const name = key!.toLowerCase().replace(/\*\d*\*?$/, "");
    const raw = (quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "").trim();
    const text = key!.endsWith("*") ? percentDecoded(raw) : raw;
    parameters[name] = /\*\d/.test(key!) ? (parameters[name] ?? "") + text : text;
  }
  return { value: value.split(";", 1)[0]!.trim().toLowerCase(), parameters };
}

function percentDecoded(text: string): string {
  const parts = /^([\w-]*)'[^']*'(.*)$/s.exec(text);
  const content = parts?.[2] ?? text;
  const bytes = Buffer.from(
    content.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
  return decodeCharset(bytes, parts?.[1] ?? "utf-8") ?? content;
}

export interface Address {
  readonly display: string;
  readonly address: string;
}

/** Addresses of a field such as From; the display name is what a reader sees. */
export function readAddresses(value: string): Address[] {
  const found: Address[] = [];
  for (const piece of value.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).slice(0, 200)) {
    const angle = /<([^<>\s]{1,320})>/.exec(piece);
    const address = (
      angle?.[1] ??
      /[^\s<>,;"()]{1,64}@[^\s<>,;"()]{1,255}/.exec(piece)?.[0] ??
      ""
    ).toLowerCase();
    if (!address.includes("@")) continue;
    const display = angle === null ? "" : piece.slice(0, angle.index).replace(/^\s*"?|"?\s*$/g, "");
    found.push({ display, address });
  }
  return found;
}
