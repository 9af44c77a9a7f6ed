import { expect, it } from "vitest";
import { fitted, hanging } from "./fitted.ts";

const long = `  for (observation): ${"one two three ".repeat(10)}[08993c4bd7c7:916707]`;

it("wraps long lines under their indent and leaves short ones", () => {
  const lines = fitted(`Scope\n${long}\n`, 60).split("\n");
  expect(lines[0]).toBe("Scope");
  expect(lines.at(-1)).toBe("");
  expect(lines.every((line) => line.length <= 60)).toBe(true);
  expect(lines[1]).toMatch(/^ {2}for /);
  expect(lines.slice(2, -1).every((line) => /^ {4}\S/.test(line))).toBe(true);
  expect(lines.join(" ").replace(/\s+/g, " ")).toBe(`Scope ${long} `.replace(/\s+/g, " "));
});

it("keeps a statement on one line where nobody sees it wrapped", () => {
  expect(fitted(long, undefined)).toBe(long);
});

it("wraps a text beside its head, in a column of its own where there is room", () => {
  const head = "web/apache  ";
  const lines = hanging(head, "one two three ".repeat(10).trim(), 50).split("\n");
  expect(lines[0]!.startsWith(head)).toBe(true);
  expect(lines.slice(1).every((line) => /^ {12}\S/.test(line) && line.length <= 50)).toBe(true);
  expect(hanging(head, long, 30)).toBe(head + long);
  expect(hanging(head, long, undefined)).toBe(head + long);
});
