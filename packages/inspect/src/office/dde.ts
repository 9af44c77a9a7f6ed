import type { At, Part } from "../part.ts";

/** Programs that run what they are told. */
export const interpreters =
  /\b(?:cmd|command|powershell|pwsh|wscript|cscript|mshta|rundll32|regsvr32|msiexec|certutil|bitsadmin|msexcel|bash|sh|python|wmic|forfiles|schtasks|installutil|msbuild|regasm|odbcconf|control|hh|cmstp)(?:\.exe)?\b/i;

/** A DDE link of a workbook: program, topic, item. */
export function judgeDdeLink(part: Part, service: string, topic: string, at: At = {}): void {
  part.features.add("dde");
  const detail = `${service}|${topic}`;
  part.sign("dde", detail, at);
  if (interpreters.test(`${service} ${topic}`)) part.sign("dde-command", detail, at);
}

const ddeField = /^\s*\\?\s*(DDE(?:AUTO)?)\b\s*(.*)$/is;
const includeField = /^\s*(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|RD)\b\s*(.*)$/is;

/** A field's instruction, its parts already joined ([ECMA-376] part 1, 17.16). */
export function judgeField(part: Part, instruction: string, at: At = {}): void {
  const text = instruction.replace(/\s+/g, " ").trim();
  const dde = ddeField.exec(text);
  if (dde !== null) {
    part.features.add("dde");
    part.sign("dde", text, at);
    if (interpreters.test(dde[2]!)) part.sign("dde-command", text, at);
    return;
  }
  const include = includeField.exec(text);
  if (include === null) return;
  part.features.add("field-links");
  if (/https?:|\\\\|ftp:|file:/i.test(include[2]!)) part.sign("field-include", text, at);
  else if (include[1]!.toUpperCase() === "LINK") part.sign("linked-object", text, at);
}

/** `QUOTE 67 109 100` gives characters by number; a field made of such hides its text. */
export function expandQuotes(instruction: string): string {
  return instruction.replace(/\bQUOTE((?:\s+\d{1,5})+)/gi, (_, codes: string) =>
    codes
      .trim()
      .split(/\s+/)
      .map((code) => String.fromCharCode(Number(code)))
      .join(""),
  );
}

/** A cell of text that a spreadsheet takes for a formula with a DDE call: `=program|'topic'!item`. */
const ddeCell =
  /^[\s"']*[=+\-@][^|\n]{0,200}?([A-Za-z][\w.:\\/ -]{0,80})\|\s*(['"]?[^!\n]{1,500}['"]?)![^\n]{1,100}/;

export function judgeCell(part: Part, cell: string, at: At = {}): void {
  const match = ddeCell.exec(cell);
  if (match !== null) judgeDdeLink(part, match[1]!.trim(), match[2]!, at);
}
