import type { Picture } from "@firebreak/model/picture";
import { cite, type Inline } from "./blocks.ts";
import { indexCitations } from "./citations.ts";

/** Where a finding stands in the report. By position: an id may hold any character. */
export function findingAnchor(index: number): string {
  return `finding-${index + 1}`;
}

/** What people call it when they speak about it. */
export function findingLabel(index: number): string {
  return `Finding ${index + 1}`;
}

/** Position of the finding that a text names by its id or its title. */
export function findingNamed(name: string, picture: Picture): number | undefined {
  const names = known.get(picture) ?? namesOf(picture);
  known.set(picture, names);
  return names.get(name);
}

const known = new WeakMap<Picture, Map<string, number>>();

function namesOf({ findings }: Picture): Map<string, number> {
  const names = new Map<string, number>();
  for (const [i, { title }] of findings.entries()) if (!names.has(title)) names.set(title, i);
  for (const [i, { id }] of findings.entries()) names.set(id, i);
  return names;
}

const gap = /([\s();,]+)/;
const end = /[.:!?]*$/;

/** Prose in which the id of a finding leads to it, and the reference of a cited record becomes its number. */
export function prose(text: string, picture: Picture): Inline[] {
  const index = indexCitations(picture);
  const parts: Inline[] = [];
  let plain = "";
  for (const word of text.split(gap)) {
    const name = word.replace(end, "");
    const finding = name === "" ? undefined : findingNamed(name, picture);
    const isRecord = finding === undefined && index.numberOf(name) !== undefined;
    if (finding === undefined && !isRecord) {
      plain += word;
      continue;
    }
    if (plain !== "") parts.push(plain);
    plain = word.slice(name.length);
    parts.push(isRecord ? cite([name]) : linkTo(finding!));
  }
  return plain === "" ? parts : [...parts, plain];
}

export function linkTo(finding: number): Inline {
  return { kind: "link", to: findingAnchor(finding), text: findingLabel(finding) };
}
