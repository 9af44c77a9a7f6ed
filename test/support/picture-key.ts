import type { Finding, Picture } from "@firebreak/model/picture";
import { expect, it } from "vitest";

/** What an answer key says of the picture. Texts are parts that one statement must hold all of. */
export interface PictureKey {
  entities: { type: string; value: string; state: string[] }[];
  findings: {
    name: string;
    entities: string[];
    sources: string[];
    severity: string[];
    statement?: string[];
  }[];
  techniques?: string[];
  never: string[][];
}

export function holdsAll(text: string, parts: readonly string[]): boolean {
  return parts.every((part) => text.includes(part));
}

function answersTo(finding: Finding, wanted: PictureKey["findings"][number]): boolean {
  const named = finding.entities.map(({ value }) => value);
  return (
    wanted.entities.every((value) => named.includes(value)) &&
    wanted.sources.every((source) => finding.events.some(({ path }) => path.endsWith(source))) &&
    wanted.severity.includes(finding.severity) &&
    holdsAll(finding.statement, wanted.statement ?? [])
  );
}

/** Holds a picture against its key: entities, findings, techniques, and what must not be said. */
export function holdsPicture(key: PictureKey, read: () => Picture): void {
  it.each(key.entities)("$type $value is $state", ({ type, value, state }) => {
    const entity = read().entities.find((one) => one.type === type && one.value === value);
    expect(state).toContain(entity?.state ?? "absent");
  });
  it.each(key.findings)("finding: $name", (wanted) => {
    const found = read().findings.filter((finding) => answersTo(finding, wanted));
    expect(found.map(({ title }) => title)).not.toEqual([]);
  });
  it.each((key.techniques ?? []).map((id) => [id]))("technique %s has its events", (id) => {
    const told = read()
      .findings.flatMap(({ techniques }) => techniques)
      .filter((technique) => technique.id === id || technique.id.startsWith(`${id}.`));
    expect(told.flatMap(({ events }) => events)).not.toEqual([]);
  });
  it("says none of what must not be said", () => {
    const { findings, case: said } = read();
    const texts = [
      ...findings.map((finding) => `${finding.title} ${finding.statement}`),
      ...said.summary,
      ...(said.alert?.statements ?? []),
    ];
    for (const parts of key.never) expect(texts.filter((text) => holdsAll(text, parts))).toEqual([]);
  });
}
