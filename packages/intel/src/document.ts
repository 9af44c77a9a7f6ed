import type { Document } from "./provider.ts";

/** No saved document or answer is read beyond this. */
export const maxDocumentBytes = 64 << 20;
const maxDepth = 200;

/** Bytes as a document: UTF-8 (with or without mark), or UTF-16 as some tools on Windows save it. */
export function toDocument(bytes: Uint8Array): Document {
  const text = decode(bytes);
  return { text, json: parseJson(text) };
}

function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** JSON, or JSON lines as a list of their values. undefined for anything else, also for JSON nested beyond reason. */
function parseJson(text: string): unknown {
  const start = text.trimStart();
  if (!/^[[{"\d-]|^(?:true|false|null)\b/.test(start)) return undefined;
  try {
    const value = JSON.parse(start) as unknown;
    return isDeeper(value, maxDepth) ? undefined : value;
  } catch {
    return start.startsWith("{") ? parseLines(start) : undefined;
  }
}

function parseLines(text: string): unknown {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length < 2) return undefined;
  try {
    const values = lines.map((line) => JSON.parse(line) as unknown);
    return values.some((value) => isDeeper(value, maxDepth)) ? undefined : values;
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let left = depth; left >= 0; left--) {
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** An error page or a captive portal answers with HTML whatever was asked. */
export function isHtml({ text }: Document): boolean {
  return /^\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<\?xml[^>]*>\s*<!doctype html)/i.test(
    text.slice(0, 2000),
  );
}

/** The document that stands at a place inside another: a member, or JSON in a text. */
export function partOf(document: Document, pointer: readonly string[] | null): Document {
  if (pointer === null) return document;
  let here = document.json;
  for (const name of pointer) {
    here =
      typeof here === "object" && here !== null && Object.hasOwn(here, name)
        ? (here as Record<string, unknown>)[name]
        : undefined;
    if (typeof here === "string") here = parseJson(here) ?? here;
  }
  return typeof here === "string"
    ? { text: here, json: undefined }
    : { text: JSON.stringify(here) ?? "", json: here };
}
