/** Small text files that start or fetch something when they are opened. */

import { extensionOf, runningExtensions } from "../identify/types.ts";
import { observeUrl } from "../observables/collect.ts";
import { isRemote, judgeLink } from "../office/links.ts";
import type { Part } from "../part.ts";
import { examineScript } from "../script/examine.ts";
import { tagsOf } from "../xml.ts";

function values(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^[ \t]*([\w.]+)[ \t]*=[ \t]*(.*?)[ \t]*\r?$/gm)].map(([, key, value]) => [
      key!.toLowerCase(),
      value!,
    ]),
  );
}

/** A web address is what such a shortcut is for; a file on a server, or an icon there, is not. */
export function examineInternetShortcut(part: Part, text: string): void {
  const found = values(text);
  const url = found.get("url") ?? "";
  part.details.shortcut = Object.fromEntries(found);
  part.sign("internet-shortcut", url);
  observeUrl(part, url);
  judgeRemoteFile(part, url);
  judgeRemoteFile(part, found.get("iconfile") ?? "");
  judgeRemoteFile(part, found.get("workingdirectory") ?? "");
  judgeLink(part, url);
}

function judgeRemoteFile(part: Part, place: string): void {
  const isFile =
    /^file:|^\\\\/i.test(place) ||
    runningExtensions.has(extensionOf(place.replace(/^[a-z]+:\/\/[^/]*/i, "")));
  if (place !== "" && isFile && isRemote(place)) {
    part.features.add("external-links");
    part.sign("internet-shortcut-remote-file", place);
  }
}

export function examineShellCommand(part: Part, text: string): void {
  judgeRemoteFile(part, values(text).get("iconfile") ?? "");
}

/** An Excel web query names an address that Excel asks ([MS-IQY] in practice: type, version, address). */
export function examineWebQuery(part: Part, text: string): void {
  const url = /^https?:\S+/m.exec(text)?.[0] ?? "";
  part.features.add("external-links");
  if (url !== "") part.sign("external-relation-remote", url);
  observeUrl(part, url);
}

/** Library and search connector files show a folder on a server as if it were here. */
export async function examineLibrary(part: Part, text: string): Promise<void> {
  for (const tag of tagsOf(text)) {
    if (tag.isClosing) continue;
    const value = text.slice(tag.end, Math.max(tag.end, text.indexOf("<", tag.end))).trim();
    if (tag.name === "url" || tag.name === "iconReference") {
      observeUrl(part, value);
      judgeRemoteFile(part, /^https?:/i.test(value) ? value.replace(/^https?:/i, "file:") : value);
    } else if (tag.name === "DeepLink") await examineScript(part, value, "batch");
  }
}

const runKeys =
  /\\CurrentVersion\\(?:Run(?:Once|Services)?|Policies\\Explorer\\Run|Image File Execution Options|Winlogon|Windows)(?:\\[^\]\n]*)?\]\s*(?:\r?\n[^[\n]*)+/gi;

export async function examineRegistryScript(part: Part, text: string): Promise<void> {
  for (const [block] of text.matchAll(runKeys)) {
    if (/=\s*(?:"[^"\n]{3,}|hex)/i.test(block)) part.sign("script-persistence", block.slice(0, 200));
  }
  await examineScript(part, text, "text");
}

export async function examineSetup(part: Part, text: string): Promise<void> {
  for (const [line] of text.matchAll(
    /^[ \t]*(?:RunPreSetupCommands|RunPostSetupCommands|UnRegisterOCXs|RegisterOCXs)[^\n]{0,300}$/gim,
  ))
    part.sign("script-lolbin", line);
  await examineScript(part, text, "text");
}
