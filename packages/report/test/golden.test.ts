import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { emptyPicture } from "../fixtures/empty-picture.ts";
import { samplePicture } from "../fixtures/sample-picture.ts";
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from "../src/index.ts";

const renderers = [
  ["html", renderHtml],
  ["md", renderMarkdown],
  ["txt", renderTerminal],
] as const;

describe.each(renderers)("%s", (extension, render) => {
  test("of the sample is the committed file", async () => {
    await expect(render(samplePicture)).toMatchFileSnapshot(`../fixtures/sample-report.${extension}`);
  });

  test("of an empty picture is the committed file", async () => {
    await expect(render(emptyPicture)).toMatchFileSnapshot(`../fixtures/empty-report.${extension}`);
  });

  test("is the same twice", () => {
    expect(render(structuredClone(samplePicture))).toBe(render(samplePicture));
  });
});

describe("the page", () => {
  const html = renderHtml(samplePicture);

  test("admits its own style and script by hash and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    for (const tag of ["style", "script"]) {
      const source = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)![1]!;
      expect(policy).toContain(`${tag}-src 'sha256-${createHash("sha256").update(source).digest("base64")}'`);
    }
    expect(policy).toContain("default-src 'none'");
    expect(html).not.toMatch(/ style="| on[a-z]+=|https?:\/\/(?!192\.0\.2\.140|updates\.example)/);
  });

  test("has one target for every link, and every target once", () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  test("says how to read every cited record again", () => {
    const page = renderHtml(samplePicture, { casePath: "cases/larkfield" });
    for (const { events } of samplePicture.findings)
      for (const { ref } of events) expect(page).toContain(`firebreak show cases/larkfield ${ref}<`);
    expect(renderHtml(samplePicture, { casePath: "my case" })).toContain(
      "firebreak show &quot;my case&quot; ",
    );
  });
});

test("the Markdown has a target for every link", () => {
  const markdown = renderMarkdown(samplePicture);
  const targets = [...markdown.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
  expect(targets).not.toEqual([]);
  for (const target of targets) expect(markdown).toContain(`<a id="${target}"></a>`);
});

test("JSON has its keys in order and ends in a line break", () => {
  const json = renderJson(samplePicture);
  expect(json.endsWith("}\n")).toBe(true);
  expect(Object.keys(JSON.parse(json))).toEqual(Object.keys(samplePicture).sort());
  expect(renderJson(Object.fromEntries(Object.entries(samplePicture).reverse()) as never)).toBe(json);
});

test("colour adds to the terminal's words and never replaces one", () => {
  const plain = renderTerminal(samplePicture);
  const coloured = renderTerminal(samplePicture, { colour: true });
  expect(coloured).not.toBe(plain);
  expect(coloured.replace(/\p{Cc}\[[0-9;]*m/gu, "")).toBe(plain);
});

test("the terminal tells a host and an account of one name apart", () => {
  const [first] = samplePicture.entities;
  const page = renderTerminal({
    ...emptyPicture,
    entities: (["host", "account"] as const).map((type) => ({
      ...first!,
      type,
      value: "Matthew",
      state: "suspected" as const,
    })),
  });
  expect(page).toContain("host Matthew, account Matthew");
});
