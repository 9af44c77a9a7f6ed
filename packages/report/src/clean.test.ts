import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean, elide } from "./clean.ts";

describe("clean", () => {
  test.each([
    ["plain text", "GET /index.html", "GET /index.html"],
    ["other scripts", "Größe 文件 ملف क्षमा", "Größe 文件 ملف क्षमा"],
    ["joined emoji", "👩‍💻", "👩‍💻"],
    ["line breaks and tabs", "a\r\nb\tc", "a b c"],
    ["line separators", "a\u2028\u2029b", "a b"],
    ["NUL", "a\u0000b", "a[U+0000]b"],
    ["ANSI escape", "\u001b[31mred", "[U+001B][31mred"],
    ["C1 control sequence introducer", "\u009b31m", "[U+009B]31m"],
    ["right-to-left override", "invoice\u202efdp.exe", "invoice[U+202E]fdp.exe"],
    ["isolates and marks", "\u2066a\u2069\u200f", "[U+2066]a[U+2069][U+200F]"],
    ["zero-width space and byte order mark", "pay\u200bpal\ufeff", "pay[U+200B]pal[U+FEFF]"],
    ["tag characters", "a\u{e0041}", "a[U+E0041]"],
    ["lone surrogate", "a\ud800b", "a\ufffdb"],
    ["a pile of marks", `a${"\u0301".repeat(50)}`, `a${"\u0301".repeat(4)}`],
  ])("%s", (_name, raw, cleaned) => {
    expect(clean(raw)).toBe(cleaned);
  });

  test("leaves nothing that acts, and cleaning twice changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (raw) => {
        const cleaned = clean(raw);
        expect(cleaned).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
        expect(clean(cleaned)).toBe(cleaned);
      }),
    );
  });
});

describe("elide", () => {
  test("keeps a short text whole", () => {
    expect(elide("abc", 3)).toEqual({ text: "abc", omitted: 0 });
  });

  test("keeps both ends of a long one and says how much is gone", () => {
    const { text, omitted, full } = elide(`${"a".repeat(120)}${"b".repeat(30)}`, 100);
    expect(text).toBe(`${"a".repeat(75)} … [50 characters left out] … ${"b".repeat(25)}`);
    expect(omitted).toBe(50);
    expect(full).toHaveLength(150);
  });

  test("shows a text whole that the mark would make longer", () => {
    expect(elide("5e".repeat(32), 60)).toEqual({ text: "5e".repeat(32), omitted: 0 });
  });

  test("bounds the full text of a huge one", () => {
    const { full } = elide("x".repeat(1_000_000), 100);
    expect(full!.length).toBeLessThan(4100);
    expect(full).toContain("[996,000 more]");
  });
});
