import type { Fields } from "@firebreak/model/event";

const hashes = ["md5", "sha1", "sha256"];

/** The hash of a process's record is its program's; a command line that begins with a full path names the program. */
export function describeProcess(fields: Fields): void {
  for (const kind of hashes) {
    const value = fields[`file.hash.${kind}`];
    if (value === undefined || fields["file.path"] !== undefined) continue;
    fields[`process.hash.${kind}`] = value;
    delete fields[`file.hash.${kind}`];
    const confidence = fields[`firebreak.inference.file.hash.${kind}`];
    delete fields[`firebreak.inference.file.hash.${kind}`];
    if (confidence !== undefined) fields[`firebreak.inference.process.hash.${kind}`] = confidence;
  }
  const line = fields["process.command_line"];
  if (fields["process.executable"] !== undefined || typeof line !== "string") return;
  const path = /^"([A-Za-z]:\\[^"]{1,500})"|^([A-Za-z]:\\\S{1,500})/.exec(line.slice(0, 600));
  const program = path?.[1] ?? path?.[2];
  const name = fields["process.name"];
  if (program === undefined) return;
  const own = program.slice(program.lastIndexOf("\\") + 1);
  if (typeof name === "string" && own.toLowerCase() !== name.toLowerCase()) return;
  fields["process.executable"] = program;
  fields["process.name"] ??= own;
  fields["firebreak.inference.process.executable"] = 0.7;
}

/**
 * Rules look for a program by the end of its path ("\\powershell.exe"). A record that has only the name says so in
 * `firebreak.image` and `firebreak.parent_image`, with the separator of its system before the name: what rules ask last.
 */
export function nameImages(fields: Fields): void {
  const separator = fields["host.os.type"] === "windows" ? "\\" : "/";
  if (fields["host.os.type"] === undefined) return;
  const name = fields["process.name"];
  if (fields["process.executable"] === undefined && typeof name === "string")
    fields["firebreak.image"] = `${separator}${name}`;
  const parent = fields["process.parent.name"];
  if (fields["process.parent.executable"] === undefined && typeof parent === "string")
    fields["firebreak.parent_image"] = `${separator}${parent}`;
}
