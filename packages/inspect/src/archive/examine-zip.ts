import { extensionOf, runningExtensions } from "../identify/types.ts";
import type { Part } from "../part.ts";
import type { PartReport } from "../result.ts";
import { zipMembers } from "./zip.ts";
import { readZipDirectory } from "./zip-directory.ts";

export async function examineZip(part: Part): Promise<void> {
  const { prefixBytes, trailingBytes, entries } = readZipDirectory(part.bytes);
  if (prefixBytes > 0 || trailingBytes > 0)
    part.sign("archive-trailing", `${prefixBytes} bytes before, ${trailingBytes} after`);
  part.details.memberCount = entries.length;
  const members: PartReport[] = [];
  for await (const { name, bytes } of zipMembers(part)) {
    checkMemberName(part, name);
    const report = await part.child(name, bytes, { kind: "member" });
    if (report !== undefined) members.push(report);
  }
  judgeMembers(part, members);
}

export function checkMemberName(part: Part, name: string): void {
  if (/(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:/.test(name)) part.sign("archive-traversal", name);
}

const lures = new Set([
  "lnk",
  "js",
  "jse",
  "vbs",
  "vbe",
  "wsf",
  "hta",
  "scr",
  "pif",
  "url",
  "iso",
  "img",
  "vhd",
  "cpl",
  "chm",
]);

/** A parcel of one thing to click is how such things are sent; a program among many files is how software is. */
export function judgeMembers(part: Part, members: readonly PartReport[]): void {
  const running = members.filter(({ name }) => runningExtensions.has(extensionOf(name)));
  if (running.length > 0)
    part.sign(
      "archive-executable",
      running
        .slice(0, 5)
        .map(({ name }) => name)
        .join(", "),
    );
  const lure = running.find(({ name }) => lures.has(extensionOf(name)));
  if (lure !== undefined && members.length <= 4) part.sign("archive-lure-single", lure.name);
}
