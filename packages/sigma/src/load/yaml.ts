import { createHash } from "node:crypto";
import { EVENT_ID, type Event, parseEvents, YAMLException } from "js-yaml";
import type { Diagnostic } from "../types.ts";
import type { DocumentLocation } from "./document.ts";
import { offsetOf } from "./yaml-place.ts";
import { composedValue, depthMax, YamlFault } from "./yaml-value.ts";

const textCharsMax = 4 * 1024 * 1024;

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
  try {
    const events = eventsOf(slice.text);
    if (events.length === 0) return undefined;
    const value = composedValue(slice.text, events);
    if (value === null) return undefined;
    let again: readonly Event[] | undefined;
    const location: DocumentLocation = {
      path,
      line: position(slice, offsetOf(slice.text, events, [])).line,
      sha256: createHash("sha256").update(slice.text).digest("hex"),
      // Few documents are asked, and events take more room than text.
      locate: (keys) => {
        again ??= eventsOf(slice.text);
        return position(slice, offsetOf(slice.text, again, keys));
      },
    };
    return { value, location };
  } catch (error) {
    const { code, message, offset } = faultOf(error);
    return { code, severity: "error", message, file: path, ...position(slice, offset) };
  }
}

function eventsOf(text: string): readonly Event[] {
  const events = parseEvents(text, { maxDepth: depthMax + 1 });
  const second = events.findIndex(({ type }, at) => type === EVENT_ID.DOCUMENT && at > 0);
  if (second !== -1)
    throw new YamlFault("yaml-syntax", "A document must begin with a line of three hyphens.", text.length);
  return events;
}

function faultOf(error: unknown): Pick<YamlFault, "code" | "message" | "offset"> {
  if (error instanceof YamlFault) return error;
  if (!(error instanceof YAMLException)) throw error;
  const offset = error.mark?.position ?? 0;
  const isDeep = error.reason.startsWith("nesting exceeded");
  return isDeep
    ? new YamlFault("yaml-too-deep", `The document is nested over ${depthMax} deep.`, offset)
    : { code: "yaml-syntax", message: `YAML syntax: ${error.reason}.`, offset };
}

function position(slice: Slice, offset: number): { line: number; column: number } {
  const before = slice.text.slice(0, offset);
  return {
    line: slice.linesBefore + countLines(before) + 1,
    column: offset - before.lastIndexOf("\n"),
  };
}
