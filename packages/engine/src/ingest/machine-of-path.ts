import type { ParsedEvent } from "@firebreak/model/event";

/** Where the name of a record's machine was found when the record itself has none. */
export type InferredFrom = "folder" | "file name";

/** A shorter name is a word of too many file names. */
const minimumInFileName = 4;

/**
 * The known machine that the path names. Collectors make a folder for each machine, consoles put it into the name of the export
 * ("process-list-WS07.csv"), and some exports (Event Viewer's CSV) do not name the machine in the records.
 * @param names machines that the profile declares or the alert is about
 * @example machineOfPath("logs/FS01/System.csv", ["FS01"]) // { name: "FS01", from: "folder" }
 */
export function machineOfPath(
  path: string,
  names: readonly string[],
): { name: string; from: InferredFrom } | undefined {
  const parts = path.split(/[/\\!]+/).map((part) => part.toLowerCase());
  const file = parts.pop() ?? "";
  const folders = new Set(parts);
  const folder = names.find((name) => folders.has(name.toLowerCase()));
  if (folder !== undefined) return { name: folder, from: "folder" };
  const inFile = names.find(
    (name) => name.length >= minimumInFileName && holdsWord(file, name.toLowerCase()),
  );
  return inFile === undefined ? undefined : { name: inFile, from: "file name" };
}

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isWordSign(text[at - 1]) && !isWordSign(text[at + word.length])) return true;
  return false;
}

function isWordSign(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
}

const ownKinds = ["windows/", "linux/", "database/", "web/"];

/** Logs that a machine writes about itself, and what its web server answered; a device's or a service's log tells of others. */
export function isOfMachine({ dataset, fields }: ParsedEvent): boolean {
  if (ownKinds.some((kind) => dataset.startsWith(kind))) return true;
  // A table of an unknown tool: a program, a command or a file without addresses is of the machine it was exported from.
  return (
    dataset.startsWith("generic/") &&
    fields["source.ip"] === undefined &&
    (fields["process.name"] ?? fields["process.command_line"] ?? fields["file.path"]) !== undefined
  );
}
