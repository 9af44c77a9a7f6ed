import type { Fields } from "@firebreak/model/event";
import { dataKey, maxData } from "./data.ts";
import {
  accountLabels,
  eventLabels,
  labels,
  sections,
  subjectIsTargetEvents,
  targetUserSidEvents,
} from "./message-labels.ts";
import { translateLabel } from "./message-languages.ts";
import { layouts } from "./message-layouts.ts";
import { sentences } from "./message-sentences.ts";

const maxMessageChars = 1 << 20;
const maxLabelChars = 60;

/**
 * Puts the data of a rendered message under the names that the binary event has: "Account Name:" below "New Logon:" becomes
 * `winlog.event_data.TargetUserName`. `isUserData` says where the event keeps its data. What is present already stays.
 */
export function putMessageData(fields: Fields, eventId: number, message: string, isUserData = false): void {
  const text = message.length > maxMessageChars ? message.slice(0, maxMessageChars) : message;
  if (putSentence(fields, eventId, text)) return;
  const prefix = isUserData ? "winlog.user_data." : "winlog.event_data.";
  const put = (name: string, value: string) => {
    const key = dataKey(prefix, name);
    if (fields[key] === undefined) fields[key] = value;
  };
  if (isSysmon(text)) readSysmon(text, put);
  else readMessage(text, eventId, put);
}

type Put = (name: string, value: string) => void;

/** Every pattern adds what it finds, when the first fits: the others are parts of the same message. */
function putSentence(fields: Fields, eventId: number, text: string): boolean {
  const patterns = sentences.get(eventId);
  if (patterns?.[0]?.test(text) !== true) return false;
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    for (const name in groups) {
      const value = groups[name]?.trim();
      if (value === undefined || value === "") continue;
      const isUser = name.startsWith("u_");
      const key = isUser ? dataKey("winlog.user_data.", name.slice(2)) : dataKey("winlog.event_data.", name);
      fields[key] ??= value;
    }
  }
  return true;
}

/** Sysmon prints its data names themselves, `Name: value`, a line each. */
function isSysmon(text: string): boolean {
  return /^[A-Z][A-Za-z ()-]{2,60}:\r?\n/.test(text) && /^(?:UtcTime|RuleName): /m.test(text.slice(0, 512));
}

function readSysmon(text: string, put: Put): void {
  const lines = text.split("\n", maxData);
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    const colon = line.indexOf(":");
    if (colon <= 0 || colon > 40) continue;
    // A command line may end in a blank: only the separator and the line break are not the value's.
    put(line.slice(0, colon).trim(), line.slice(colon + 1).replace(/^ |\r$/g, ""));
  }
}

interface Open {
  side: string;
  name: string | undefined;
  value: string;
}

/** By the labels where all are known, else by the order of the lines where the event has one of that many. */
function readMessage(text: string, eventId: number, put: Put): void {
  const lines = splitLines(text);
  if (!layouts.has(eventId) || lines.every((line) => isOfKnownWords(line, eventId)))
    readLabelled(lines, eventId, put);
  else if (!readByOrder(lines, eventId, put)) readLabelled(lines, eventId, put);
}

/** A line without a label, or whose label we have. */
function isOfKnownWords(line: string, eventId: number): boolean {
  const colon = labelEnd(line);
  if (colon <= 0) return true;
  const label = translateLabel(line.slice(0, colon).trim());
  if (!isDataLine(line, colon)) return line.slice(colon + 1).trim() !== "" || sections.has(label);
  const own = eventLabels.get(eventId);
  return isKnownLabel(label) || accountWords.has(label) || (own !== undefined && Object.hasOwn(own, label));
}

const accountWords: ReadonlySet<string> = new Set(
  Object.values(accountLabels).flatMap((side) => Object.keys(side)),
);

/** Indented, or with its value behind a tab or two blanks: sections and sentences are neither. */
function isDataLine(line: string, colon: number): boolean {
  return /^\s/.test(line) || /^(?:\t| {2,})\s*\S/.test(line.slice(colon + 1));
}

function readByOrder(lines: readonly string[], eventId: number, put: Put): boolean {
  const values: string[] = [];
  for (const line of lines.slice(0, 5000)) {
    const colon = labelEnd(line);
    if (colon > 0 && isDataLine(line, colon)) values.push(labelValue(line.slice(colon + 1)));
    else if (values.length > 0 && isContinued(line, values.at(-1)!))
      values.push(`${values.pop()!}\n${line.trim()}`.trimStart());
  }
  const layout = layouts.get(eventId)?.find(({ length }) => length === values.length);
  for (const [i, name] of (layout ?? []).entries()) if (values[i] !== "") put(name, values[i]!);
  return layout !== undefined;
}

/** "Section:", then "\tLabel:\t\tvalue" lines; a value may go on over lines that have no label. */
function readLabelled(lines: readonly string[], eventId: number, put: Put): void {
  const open: Open = { side: "Other", name: undefined, value: "" };
  const flush = () => {
    if (open.name !== undefined && open.value !== "") put(open.name, open.value);
    open.name = undefined;
    open.value = "";
  };
  for (let i = 0; i < lines.length && i < 5000; i++) {
    const line = lines[i]!;
    const colon = labelEnd(line);
    if (colon > 0) {
      flush();
      readLine(line, colon, eventId, open);
    } else if (open.name !== undefined && isContinued(line, open.value)) {
      open.value += open.value === "" ? line.trim() : `\n${line.trim()}`;
    } else if (line.trim() === "") flush();
    else open.side = sideOf(sections.get(translateLabel(line.trim())), eventId) ?? open.side;
  }
  flush();
}

function readLine(line: string, colon: number, eventId: number, open: Open): void {
  const label = translateLabel(line.slice(0, colon).trim());
  const value = labelValue(line.slice(colon + 1));
  const side = sideOf(sections.get(label), eventId);
  if (side !== undefined && value === "") {
    open.side = side;
    return;
  }
  open.name = nameOf(label, open.side, eventId);
  open.value = value;
}

/** Blanks before a value are layout; behind it they may be its own ("Advapi  "). "NULL SID" is S-1-0-0. */
function labelValue(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "NULL SID") return "S-1-0-0";
  return trimmed === "" || trimmed === "-" ? trimmed : text.trimStart().replace(/\r$/, "");
}

/** A further line of a list, or the first when the label stands alone. */
function isContinued(line: string, value: string): boolean {
  return value.length < 32_768 && (value === "" ? /^\s+\S/ : /^\s{2,}\S/).test(line);
}

function sideOf(section: string | undefined, eventId: number): string | undefined {
  return section === "Subject" && subjectIsTargetEvents.has(eventId) ? "Target" : section;
}

function nameOf(label: string, side: string, eventId: number): string {
  const own = eventLabels.get(eventId);
  if (own !== undefined && Object.hasOwn(own, label) && side !== "Target") return own[label]!;
  const bySide = accountLabels[side];
  if (bySide !== undefined && Object.hasOwn(bySide, label)) {
    const name = bySide[label]!;
    return name === "TargetSid" && targetUserSidEvents.has(eventId) ? "TargetUserSid" : name;
  }
  return labels.get(label) ?? label;
}

/** Index of the colon that ends a label, or -1: labels are short, and what follows is white space or the end. */
function labelEnd(line: string): number {
  const colon = line.indexOf(":");
  if (colon <= 0) return line.indexOf("：");
  if (colon > maxLabelChars) return -1;
  const next = line.charCodeAt(colon + 1);
  if (colon + 1 < line.length && next !== 32 && next !== 9 && next !== 13) return -1;
  if (isKnownLabel(translateLabel(line.slice(0, colon).trim()))) return colon;
  // A sentence before the colon ("Note that …:") is no label.
  return /^[\s"]*[^\s.,;"][^.,;"\t]*$/.test(line.slice(0, colon)) ? colon : -1;
}

function isKnownLabel(label: string): boolean {
  return sections.has(label) || labels.has(label);
}

let flatLabels: RegExp | undefined;

/** Words that are labels in some message and too common to be known as such elsewhere. */
const plainLabels = ["Name", "Path", "Service", "Allowed", "ID", "Action", "Severity"];

/** Longest first, and each label is consumed whole: "Account Domain" is not a line "Account" and a line "Domain". */
function flatPattern(): RegExp {
  const accounts = Object.values(accountLabels).flatMap((side) => Object.keys(side));
  const known = [...new Set([...sections.keys(), ...labels.keys(), ...accounts, ...plainLabels])];
  known.sort((a, b) => b.length - a.length);
  const words = known.map((label) => label.replace(/[()]/g, "\\$&"));
  return new RegExp(`(?<=^|\\s)(?:${words.join("|")}):(?=\\s|$)`, "g");
}

/** Collectors that write one line per event squeeze the line breaks out; every known label then begins a line again. */
function splitLines(text: string): string[] {
  if (text.includes("\n")) return text.split("\n", 5000);
  flatLabels ??= flatPattern();
  // Microsoft's explanation behind the data is no value.
  const flat = text
    .slice(0, 65_536)
    .split(/\s(?:This event is generated |For more information, see )/, 1)[0]!;
  const lines: string[] = [];
  let from = 0;
  for (const match of flat.matchAll(flatLabels)) {
    if (lines.length >= maxData) break;
    lines.push(flat.slice(from, match.index).trimEnd());
    from = match.index;
  }
  lines.push(flat.slice(from).trimEnd());
  return lines;
}
