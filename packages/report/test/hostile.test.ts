import type { Picture } from "@firebreak/model/picture";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samplePicture } from "../fixtures/sample-picture.ts";
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from "../src/index.ts";
import { widthOf } from "../src/terminal/text.ts";
import { harmful, poison } from "./poison.ts";

/** Acts on terminals, editors and readers: controls other than line feed, bidirectional and invisible characters. */
const acting = /(?!\n)[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

const payloads = fc
  .array(fc.constantFrom(...harmful), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(""));

function forHarm(check: (payload: string, picture: Picture) => void): void {
  for (const payload of harmful) check(payload, poison(samplePicture, payload));
  fc.assert(
    fc.property(payloads, (payload) => check(payload, poison(samplePicture, payload))),
    { numRuns: 30 },
  );
}

/** Tags with their attributes, the free text in attributes left out. */
function skeleton(html: string): string[] {
  const body = html.slice(html.indexOf("<body>"), html.indexOf("<script>"));
  return [...body.matchAll(/<[^>]*>/g)]
    .map(([tag]) => tag.replace(/ (?:aria-label|title)="[^"]*"/g, ""))
    .filter((tag) => tag !== "<span>" && tag !== "</span>");
}

describe("hostile text", () => {
  test("adds no tag, attribute, link or acting character to the page", () => {
    const clean = skeleton(renderHtml(samplePicture));
    forHarm((_payload, picture) => {
      const html = renderHtml(picture);
      expect(skeleton(html)).toEqual(clean);
      expect(html).not.toMatch(acting);
      expect(html.match(/<script/g)).toHaveLength(1);
      for (const [, target] of html.matchAll(/(?:href|src)="([^"]*)"/g))
        expect(target).toMatch(/^#[a-z0-9-]+$/);
    });
  });

  test("adds no line, table cell, link, tag or acting character to the Markdown", () => {
    const clean = renderMarkdown(samplePicture);
    const cells = (line: string) => line.match(/(?<!\\)(?:\\\\)*\|/g)?.length ?? 0;
    forHarm((_payload, picture) => {
      const markdown = renderMarkdown(picture);
      const lines = markdown.split("\n");
      expect(lines.length).toBe(clean.split("\n").length);
      expect(lines.filter((line) => line.startsWith("| ")).map(cells)).toEqual(
        clean
          .split("\n")
          .filter((line) => line.startsWith("| "))
          .map(cells),
      );
      const prose = active(markdown);
      expect(prose.split("](#").length).toBe(active(clean).split("](#").length);
      expect(prose.replaceAll("](#", "")).not.toContain("](");
      expect(prose.replace(/<a id="[a-z0-9-]+"><\/a>|<br>|<!-- -->/g, "")).not.toContain("<");
      expect(prose).not.toMatch(/@(?!<!-- -->)|:\/\/|www\./);
      expect(markdown).not.toMatch(acting);
    });
  });

  test("adds no escape to the terminal, and no line beyond its width", () => {
    forHarm((_payload, picture) => {
      const text = renderTerminal(picture, { columns: 80, reportPath: "cases/a/report.html" });
      expect(text).not.toMatch(acting);
      for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(80);
    });
  });

  test("comes back exact from JSON, which holds no acting character", () => {
    forHarm((_payload, picture) => {
      const json = renderJson(picture);
      expect(json).not.toMatch(acting);
      expect(JSON.parse(json)).toEqual(picture);
    });
  });

  test("of a megabyte in every text is shortened, visibly, in every format", () => {
    const picture = poison(samplePicture, "A".repeat(1_000_000));
    for (const render of [renderHtml, renderMarkdown, renderTerminal]) {
      const text = render(picture);
      expect(text.length).toBeLessThan(3_000_000);
      expect(text).toContain("characters left out");
    }
  });
});

/** What Markdown still acts on once escapes and code spans are gone. */
function active(markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => line.replace(/\\[\s\S]|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, ""))
    .join("\n");
}
