import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { signs } from "./catalog.ts";
import type { Sign } from "./sign.ts";
import { techniqueNames } from "./techniques.ts";

const knowledge = new URL("../../../../content/knowledge/attack-enterprise.json", import.meta.url);

it("every technique of a sign is a current one of ATT&CK, by its name", () => {
  const { techniques } = JSON.parse(readFileSync(knowledge, "utf8")) as {
    techniques: { id: string; name: string }[];
  };
  const names = new Map(techniques.map(({ id, name }) => [id, name]));
  const used = new Set(Object.values<Sign>(signs).flatMap((sign) => sign.techniques ?? []));
  expect(used.size).toBeGreaterThan(20);
  for (const id of used) {
    const parent = id.includes(".") ? `${names.get(id.split(".")[0]!)}: ` : "";
    expect(`${id} ${techniqueNames[id]}`).toBe(`${id} ${parent}${names.get(id)}`);
  }
});

it("weights stay on the scale", () => {
  for (const { weight } of Object.values<Sign>(signs)) {
    expect(weight).toBeGreaterThanOrEqual(0);
    expect(weight).toBeLessThanOrEqual(100);
  }
});
