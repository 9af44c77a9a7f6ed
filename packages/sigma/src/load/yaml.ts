import { createHash } from "node:crypto";
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { Diagnostic } from "../types.ts";
import type { DocumentLocation } from "./document.ts";

/** Rule files come from anywhere; a bomb must cost no more than a diagnostic. */
const textCharsMax = 4 * 1024 * 1024;
const depthMax = 40;
const nodesMax = 100_000;

export interface YamlDocument {
  readonly value: unknown;
  readonly location: DocumentLocation;
}

/** The documents of one file. A broken document yields diagnostics; the others are still read. */
export function readYaml(
  path: string,
  text: string,
): { documents: YamlDocument[]; diagnostics: Diagnostic[] } {
  const documents: YamlDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  if (text.length > textCharsMax) {
    const message = `The file has ${text.length} characters; at most ${textCharsMax} are read.`;
    diagnostics.push({ code: "file-too-large", severity: "error", message, file: path });
    return { documents, diagnostics };
  }
  for (const slice of splitDocuments(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)) {
    const outcome = readSlice(path, slice);
    if (outcome === undefined) continue;
    if ("code" in outcome) diagnostics.push(outcome);
    else documents.push(outcome);
  }
  return { documents, diagnostics };
}

interface Slice {
  text: string;
  /** Lines of the file before this slice. */
  linesBefore: number;
}

/** Cut at "---" lines, so that one document's syntax error cannot swallow the next (YAML 1.2.2 section 9.1.2). */
function splitDocuments(text: string): Slice[] {
  const slices: Slice[] = [];
  let from = 0;
  let linesBefore = 0;
  for (let at = text.indexOf("\n---"); at !== -1; at = text.indexOf("\n---", at + 1)) {
    const after = text.charCodeAt(at + 4);
    if (!Number.isNaN(after) && after !== 10 && after !== 13 && after !== 32 && after !== 9) continue;
    const slice = text.slice(from, at + 1);
    slices.push({ text: slice, linesBefore });
    linesBefore += countLines(slice);
    from = at + 1;
  }
  slices.push({ text: text.slice(from), linesBefore });
  return slices;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function readSlice(path: string, slice: Slice): YamlDocument | Diagnostic | undefined {
  let document: Document.Parsed;
  try {
    document = parseDocument(slice.text, {
      prettyErrors: false,
      logLevel: "silent",
      // The library compares every pair of keys; `toPlain` finds repeats in linear time.
      uniqueKeys: false,
    });
  } catch (error) {
    const message = `The YAML cannot be read: ${error instanceof RangeError ? "it is nested too deeply" : String(error)}.`;
    return {
      code: "yaml-syntax",
      severity: "error",
      message,
      file: path,
      line: slice.linesBefore + 1,
      column: 1,
    };
  }
  const fault = document.errors[0];
  if (fault !== undefined) {
    const message = `YAML syntax: ${fault.message}`;
    return { code: "yaml-syntax", severity: "error", message, file: path, ...position(slice, fault.pos[0]) };
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return undefined;
  }
  const location: DocumentLocation = {
    path,
    line: position(slice, document.contents.range[0]).line,
    sha256: createHash("sha256").update(slice.text).digest("hex"),
    locate: (keys) => position(slice, offsetOf(document, keys)),
  };
  try {
    return { value: toPlain(document), location };
  } catch (error) {
    if (!(error instanceof BoundError)) throw error;
    const base = { code: error.code, severity: "error" as const, message: error.message, file: path };
    return { ...base, ...position(slice, error.offset) };
  }
}

function position(slice: Slice, offset: number): { line: number; column: number } {
  const before = slice.text.slice(0, offset);
  return {
    line: slice.linesBefore + countLines(before) + 1,
    column: offset - before.lastIndexOf("\n"),
  };
}

class BoundError extends Error {
  readonly code: string;
  readonly offset: number;
  constructor(code: string, message: string, node: Node | null) {
    super(message);
    this.code = code;
    this.offset = node?.range?.[0] ?? 0;
  }
}

/** Plain objects, arrays and scalars, with bounds on depth and on nodes counted after aliases are followed. */
function toPlain(document: Document.Parsed): unknown {
  let nodes = 0;
  // The library looks an alias up by walking the whole document, each time.
  const anchors = new Map<string, unknown>();
  const convert = (node: unknown, depth: number): unknown => {
    const at = node as Node | null;
    if (++nodes > nodesMax) {
      throw new BoundError(
        "yaml-too-large",
        `The document has more than ${nodesMax} values, aliases followed.`,
        at,
      );
    }
    if (depth > depthMax)
      throw new BoundError("yaml-too-deep", `The document is nested over ${depthMax} deep.`, at);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined)
        throw new BoundError("yaml-syntax", `There is no anchor &${node.source}.`, at);
      return convert(target, depth + 1);
    }
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (anchor !== undefined) anchors.set(anchor, node);
    if (isScalar(node)) return scalarValue(node.value, node.source);
    if (isSeq(node)) return node.items.map((item) => convert(item, depth + 1));
    if (!isMap(node)) return null;
    const map: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
      if (name === undefined)
        throw new BoundError("yaml-key", "A key must be plain text.", key as Node | null);
      if (Object.hasOwn(map, name)) {
        throw new BoundError(
          "duplicate-key",
          `The key ${JSON.stringify(name)} occurs twice.`,
          key as Node | null,
        );
      }
      Object.defineProperty(map, name, {
        value: convert(value, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return map;
  };
  return convert(document.contents, 0);
}

/** A number keeps its meaning as text: "1.0", "007" and integers beyond 2^53 stay as written. */
function scalarValue(value: unknown, source: string | undefined): unknown {
  if (typeof value !== "number" || source === undefined || String(value) === source) return value;
  return /^0[xo]/.test(source) ? value : source;
}

function offsetOf(document: Document.Parsed, keys: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.source ?? item.key.value) === key,
      );
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)];
      if (item === undefined) return offset;
      offset = (item as Node).range?.[0] ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}
