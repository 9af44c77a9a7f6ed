import { slice } from "../bytes.ts";
import { binaryType } from "../identify/magic.ts";
import { observeText } from "../observables/collect.ts";
import { interpreters } from "../office/dde.ts";
import { isRemote } from "../office/links.ts";
import type { Part } from "../part.ts";
import { examineScript } from "../script/examine.ts";
import { readLnk, type ShellLink } from "./lnk.ts";

/** Interpreters and programs that run what their arguments say, as targets. */
const runners =
  /(?:^|[\\/"\s])(?:cmd|powershell|pwsh|powershell_ise|wscript|cscript|mshta|rundll32|regsvr32|msiexec|certutil|bitsadmin|wmic|forfiles|schtasks|conhost|pcalua|explorer|ftp|curl|bash|wsl|python\w*|node|control|hh|cmstp|installutil|msbuild|ssh|scriptrunner|desktopimgdownldr)(?:\.exe)?(?:["\s]|$)/i;
/** Arguments with which Explorer and the like do no more than show something. */
const plainArguments = /^\s*(?:\/(?:e|select|root)?,?\s*)?[^|&<>^%]{0,260}$/i;
const documentIcon =
  /(?:wordicon|xlicons|pptico|acrord|msedge|chrome|firefox|imageres|shell32|moricons|notepad|wordpad|outicon)\.(?:exe|dll)|\.(?:pdf|docx?|xlsx?|pptx?|txt|jpe?g|png|ico)\b/i;
const paddingMin = 60;

export async function examineLnk(part: Part): Promise<void> {
  const link = readLnk(part.bytes);
  const { end, isWhole, ...facts } = link;
  part.details.shortcut = facts;
  if (!isWhole) part.note("damaged", "the shortcut is cut off", true);
  const target = targetOf(link);
  const line = `${target} ${link.arguments ?? ""}`.trim();
  judgeTarget(part, link, target);
  judgePadding(part, link);
  for (const place of [target, link.iconLocation, link.iconEnvironment, link.environmentTarget])
    if (place !== undefined && isRemote(place)) {
      part.features.add("external-links");
      part.sign("lnk-remote", place);
    }
  observeText(part, [line, link.workingDir, link.iconLocation, link.name].filter(Boolean).join("\n"));
  if ((link.arguments ?? "") !== "") {
    const language = /powershell|pwsh/i.test(line)
      ? "powershell"
      : /cmd(?:\.exe)?\b/i.test(target)
        ? "batch"
        : "text";
    part.source = line;
    await examineScript(part, line, language);
  }
  await examineRest(part, end);
}

function targetOf(link: ShellLink): string {
  return (
    link.target ??
    link.networkTarget ??
    link.environmentTarget ??
    (link.items.length > 0 ? pathOf(link.items) : (link.relativePath ?? ""))
  );
}

function pathOf(items: readonly string[]): string {
  return items
    .filter((item) => !item.startsWith("{"))
    .map((item) => item.replace(/\\$/, ""))
    .join("\\");
}

function judgeTarget(part: Part, link: ShellLink, target: string): void {
  const places = [target, link.environmentTarget ?? "", link.relativePath ?? ""];
  const isRunner = places.some((place) => runners.test(place));
  const words = link.arguments ?? "";
  if (isRunner && words.trim() !== "") {
    const isPlain = /explorer(?:\.exe)?["\s]*$/i.test(target) && plainArguments.test(words);
    if (!isPlain) part.sign("lnk-interpreter", `${target} ${words}`);
    const icon = link.iconLocation ?? link.iconEnvironment ?? "";
    if (!isPlain && documentIcon.test(icon)) part.sign("lnk-icon-lure", icon);
  } else if (/\.(?:js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|scr)["\s]*$/i.test(target))
    part.sign("lnk-interpreter", target);
  else if (interpreters.test(words) && /[&|;]/.test(words))
    part.sign("lnk-interpreter", `${target} ${words}`);
}

/** Explorer shows the first 260 characters: blanks before the rest hide it. */
function judgePadding(part: Part, { arguments: words = "" }: ShellLink): void {
  const blanks = /[\s\u00a0]{2,}/g;
  for (const [run] of words.matchAll(blanks)) {
    if (run.length >= paddingMin) {
      part.sign("lnk-padding", `${run.length} blanks`);
      return;
    }
  }
  if (words.length > 1000) part.sign("lnk-padding", `${words.length} characters of arguments`);
}

async function examineRest(part: Part, end: number): Promise<void> {
  const rest = slice(part.bytes, end, part.bytes.length);
  if (rest.length < 32) return;
  part.features.add("overlay");
  part.sign(
    "lnk-appended",
    `${rest.length} bytes${binaryType(rest) === undefined ? "" : `, ${binaryType(rest)}`}`,
    { offset: end },
  );
  await part.child("appended data", rest, { kind: "overlay" });
}
