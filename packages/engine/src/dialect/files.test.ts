import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "@firebreak/parsers/dialect/dialect";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { dialectNameOf, readDialectFiles, readDialectText } from "./files.ts";
import { learnFromFile } from "./learn.ts";
import { dialectText } from "./text.ts";

const dir = scratchFolder("dialect");

const dialect: Dialect = {
  name: "acme",
  title: 'Acme "one"',
  envelope: "syslog",
  layout: { kind: "delimited", separator: "\t", header: true },
  contains: ["acme:", 'say "x"'],
  comments: ["#"],
  order: "day-first",
  zone: "Europe/Berlin",
  columns: [
    { name: "when", field: "time", confidence: 0.9, why: "values are times" },
    { name: "a: b", confidence: 0, why: "text; nothing tells what it means" },
    { name: "from\nhere", field: "source.ip", confidence: 0.5, why: "# hostile: { name" },
  ],
};

describe("dialect files", () => {
  it.each<[string, Dialect]>([
    ["a table", dialect],
    ["JSON", { ...dialect, layout: { kind: "json" }, columns: [] }],
    [
      "fixed columns",
      {
        ...dialect,
        layout: { kind: "fixed" },
        columns: [{ name: "a", field: "user.name", confidence: 1, why: "x", start: 0, length: 8 }],
      },
    ],
  ])("give %s back as it was", (_, one) => {
    expect(readDialectText(dialectText(one, ["learned\nfrom x"]), "acme.yml")).toEqual(one);
  });

  const text = dialectText(dialect);
  it.each([
    ["nothing", "", /expected a mapping/],
    ["a list", "- a", /expected a mapping/],
    ["broken YAML", "a: [", /not readable as YAML/],
    ["another version", text.replace("dialect: 1", "dialect: 2"), /firebreak-dialect: expected/],
    ["a key that is none", `${text}colums: []\n`, /"colums": expected one of/],
    ["a name with blanks", text.replace("name: acme", "name: Acme One"), /name: expected lower-case/],
    [
      "a field that is none",
      text.replace("field: source.ip", "field: Source IP"),
      /columns\[2\]\.field: expected .* not "Source IP"/,
    ],
    ["a zone that is none", text.replace("Europe/Berlin", "Mars"), /time\.zone: expected/],
    [
      "a layout that is none",
      text.replace("kind: delimited", "kind: tabular"),
      /layout\.kind: expected one of/,
    ],
    ["no separator", text.replace('separator: "\\t", ', ""), /layout\.separator: expected one character/],
    ["many aliases", `a: &a [x]\nb: [${"*a,".repeat(100)}]`, /expected|alias/i],
  ])("refuse %s and say where", (_, broken, message) => {
    expect(() => readDialectText(broken, "acme.yml")).toThrow(message);
  });

  it("are read from files and folders, each name once", () => {
    const folder = join(dir, "dialects");
    mkdirSync(folder);
    writeFileSync(join(folder, "acme.yml"), text);
    writeFileSync(join(folder, "notes.txt"), "no dialect");
    expect(readDialectFiles([folder, join(folder, "acme.yml")]).map((one) => one.dialect.name)).toEqual([
      "acme",
    ]);
    writeFileSync(join(folder, "other.yaml"), `${text}\n# changed\n`);
    expect(() => readDialectFiles([folder])).toThrow(/the name "acme" is that of/);
    expect(() => readDialectFiles([join(dir, "missing.yml")])).toThrow(/--dialect .*missing\.yml/);
  });
});

describe("learnFromFile", () => {
  it("reads any text encoding, and no binary", () => {
    const lines = Array.from({ length: 6 }, (_, i) => `src=10.0.0.${i} dst=192.0.2.1 user=café${i}`).join(
      "\r\n",
    );
    const file = join(dir, "Acme Gateway.log.1");
    writeFileSync(file, Buffer.from(`\ufeff${lines}`, "utf16le"));
    expect(learnFromFile(file, dialectNameOf(file))?.dialect).toMatchObject({
      name: "acme-gateway",
      columns: [{ field: "source.ip" }, { field: "destination.ip" }, { field: "user.name" }],
    });
    writeFileSync(file, Buffer.alloc(4000, 7));
    expect(learnFromFile(file, "x")).toBeUndefined();
  });
});

it.each([
  ["logs/ACME gateway.log.1", "acme-gateway"],
  ["u_ex240303.log.gz", "u-ex240303"],
  ["日本.log", "log"],
])("dialectNameOf(%s)", (path, name) => expect(dialectNameOf(path)).toBe(name));
