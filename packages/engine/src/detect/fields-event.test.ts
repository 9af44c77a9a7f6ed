import type { Fields } from "@firebreak/model/event";
import { compileMatcher, defaultTaxonomy, loadRules } from "@firebreak/sigma";
import { describe, expect, it } from "vitest";
import { FieldsEvent } from "./fields-event.ts";
import { Layouts } from "./layouts.ts";

describe("Layouts", () => {
  it("gives one object for the same names in the same order, and another for others", () => {
    const layouts = new Layouts();
    const one = layouts.of({ a: 1, b: 2 });
    expect(layouts.of({ a: "x", b: ["y"] })).toBe(one);
    for (const other of [{}, { a: 1 }, { b: 1, a: 2 }, { a: 1, b: 2, c: 3 }] as Fields[])
      expect(layouts.of(other)).not.toBe(one);
    expect(layouts.of({ a: 3, b: 4 })).toBe(one);
  });

  it("forgets when evidence has ever new names, and never mixes them up", () => {
    const layouts = new Layouts();
    const known = new Map<object, string>();
    for (let i = 0; i < 50_000; i++) {
      const name = `field.${i}`;
      const like = layouts.of({ [name]: 1 });
      expect(known.get(like) ?? name).toBe(name);
      known.set(like, name);
    }
  });
});

describe("FieldsEvent", () => {
  const { rules } = loadRules([
    {
      path: "one.yml",
      text: "title: one\nid: 1b8a2a3c-0f66-4a5e-9d0b-6f2f6a3d9f01\nlogsource: { category: any }\ndetection: { a: { x|contains: hit }, b: { y: null }, condition: a and b }\nlevel: low\n",
    },
  ]);

  it("is matched alike, whatever names the events before it had", () => {
    const matcher = compileMatcher(
      { rules },
      {
        ...defaultTaxonomy,
        fields: [{ when: {}, names: { x: ["first", "second"], y: ["third"] } }],
        logSources: [{ when: { category: "any" }, alternatives: [{}] }],
      },
    );
    const seen = new FieldsEvent();
    const hits = (fields: Fields) => matcher.match(seen.read(fields, {})).length;
    for (let round = 0; round < 30; round++) {
      expect(hits({ first: "a hit" })).toBe(1);
      expect(hits({ second: "a hit" })).toBe(1);
      expect(hits({ first: "none", second: "a hit" })).toBe(0);
      expect(hits({ first: "a hit", third: "there" })).toBe(0);
      expect(hits({ first: ["none", "a hit"], [`other.${round}`]: 1 })).toBe(1);
      expect(hits({})).toBe(0);
    }
  });
});
