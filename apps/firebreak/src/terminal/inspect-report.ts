import type { FileReport, PartReport, Place, Reason } from "@firebreak/inspect";
import { countOf } from "@firebreak/model/collections";

const reasonsShown = 25;
const observablesShown = 25;
const partsShown = 40;

/** A triage for a person: the verdict first, then why, then what else is known. Everything is in `--json`. */
export function inspectText(report: FileReport): string {
  const { hashes, type } = report;
  const lines = [
    `${report.name}: ${report.verdict.toUpperCase()}`,
    `  ${report.summary}`,
    `  type     ${type.description} (${type.mime})${type.nameLies === undefined ? "" : `; ${type.nameLies.words}`}`,
    `  size     ${countOf(report.size, "byte")}, entropy ${report.entropy.toFixed(2)} of 8`,
    `  md5      ${hashes.md5}`,
    `  sha1     ${hashes.sha1}`,
    `  sha256   ${hashes.sha256}`,
    ...(hashes.imphash === undefined ? [] : [`  imphash  ${hashes.imphash}`]),
    ...(hashes.tlsh === undefined ? [] : [`  tlsh     ${hashes.tlsh}`]),
    ...(report.features.length === 0 ? [] : [`  holds    ${report.features.join(", ")}`]),
  ];
  section(lines, "reasons, heaviest first", report.reasons, reasonsShown, reasonLine);
  section(lines, "techniques", report.techniques, reasonsShown, ({ id, name }) => `${id} ${name}`);
  const observables = report.observables.filter(({ knownNoise }) => knownNoise === undefined);
  section(
    lines,
    "observables",
    observables,
    observablesShown,
    ({ type: kind, defanged, where }) => `${kind.padEnd(13)} ${defanged}  (${placeOf(where)})`,
  );
  const noise = report.observables.length - observables.length;
  if (noise > 0) lines.push(`  ${countOf(noise, "value")} that formats and licences carry are left out here`);
  section(lines, "parts", flatParts(report, 0), partsShown, (text) => text);
  section(
    lines,
    "not examined, or only in part",
    report.notes,
    reasonsShown,
    ({ words, where }) => `${words} (${placeOf(where)})`,
  );
  return lines.join("\n");
}

function section<T>(
  lines: string[],
  title: string,
  items: readonly T[],
  shown: number,
  line: (item: T) => string,
): void {
  if (items.length === 0) return;
  lines.push(`  ${title}`);
  for (const item of items.slice(0, shown)) lines.push(`    ${line(item)}`);
  if (items.length > shown) lines.push(`    … ${items.length - shown} more with --json`);
}

function reasonLine({ weight, words, where, count }: Reason): string {
  return `${String(weight).padStart(3)}  ${words}${count === undefined ? "" : ` (${count} times)`}  [${placeOf(where)}]`;
}

function placeOf({ part, offset, line }: Place): string {
  const at = line !== undefined ? `, line ${line}` : offset !== undefined ? `, byte ${offset}` : "";
  return part + at;
}

function flatParts(part: PartReport, depth: number): string[] {
  return part.parts.flatMap((inner) => [
    `${"  ".repeat(depth)}${inner.kind} ${inner.name}: ${inner.type.description}, ${countOf(inner.size, "byte")}, sha256 ${inner.hashes.sha256.slice(0, 16)}…`,
    ...flatParts(inner, depth + 1),
  ]);
}
