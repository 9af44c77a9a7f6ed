import { latin1, u16 } from "../../bytes.ts";
import { stringsOf } from "../../observables/strings.ts";
import type { VbaModule, VbaProject } from "./project.ts";

/**
 * Signs that a module's source was replaced after it was compiled: Office runs the compiled form when its version fits, so a
 * reader of the source sees another program. A hint only: writers other than Office store no compiled form at all.
 */
export function stompingHint(module: VbaModule, project: VbaProject): string | undefined {
  // [MS-OVBA] 2.3.4.1: version 0xFFFF says that nothing compiled is stored.
  if (u16(project.compiled, 2) === 0xffff || project.compiled.length < 64 || module.cache.length < 256)
    return undefined;
  const code = module.source.replace(/^Attribute .*$/gm, "").trim();
  const foreign = foreignText(module);
  if (foreign !== undefined)
    return `the compiled program of ${module.name} holds text that its source lacks: ${foreign}`;
  if (code === "" && module.cache.length > 4096 && callsInCache(module.cache))
    return `${module.name} has ${module.cache.length} bytes of compiled program and no source`;
  const names = procedureNames(code);
  const compiled = latin1(project.compiled).toLowerCase();
  const missing = names.filter((name) => !compiled.includes(name.toLowerCase()));
  return names.length >= 2 && missing.length === names.length
    ? `none of the ${names.length} procedures in the source of ${module.name} is among the compiled names`
    : undefined;
}

function procedureNames(code: string): string[] {
  const found = code.matchAll(
    /^[ \t]*(?:(?:Public|Private|Friend|Static)[ \t]+)*(?:Sub|Function)[ \t]+([A-Za-z]\w*)/gim,
  );
  return [...new Set([...found].map(([, name]) => name!))];
}

const telling = /https?:\/\/|powershell|cmd(?:\.exe)?\s+\/c|wscript|mshta|rundll32|regsvr32/i;

function foreignText({ cache, source }: VbaModule): string | undefined {
  const plain = source.toLowerCase().replaceAll('""', '"');
  return stringsOf(cache, 8).find(
    ({ text }) => telling.test(text) && !plain.includes(text.trim().toLowerCase()),
  )?.text;
}

function callsInCache(cache: Uint8Array): boolean {
  return stringsOf(cache, 6).some(({ text }) => /shell|createobject|http|environ/i.test(text));
}
