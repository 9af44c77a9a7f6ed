import { describe, expect, it } from "vitest";
import { walkMailbox } from "./mailbox.ts";

function walk(text: string): string[] {
  const bytes = Buffer.from(text);
  const told: string[] = [];
  walkMailbox(
    { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) },
    {
      message: (_, offset, length) => told.push(`${offset}+${length}`),
      cut: (offset, length) => told.push(`cut ${offset}+${length}`),
    },
  );
  return told;
}

const one = "From a@example.org Tue Mar  5 09:14:02 2024\nSubject: x\n\n";

describe("walkMailbox", () => {
  it.each<[string, string, string[]]>([
    ["nothing", "", []],
    ["a message that is no mailbox", "Subject: x\n\nFrom here\n\nFrom there", ["0+33"]],
    ["one message", one, ["0+56"]],
    ["two messages", one + one, ["0+56", "56+56"]],
    ["lines that end in CR LF", "From a 2024\r\nA: b\r\n\r\nFrom b 2024\r\n", ["0+21", "21+13"]],
    ["a quoted line and one without an empty line before it", `${one}>From x\nFrom y\n`, ["0+71"]],
  ])("tells %s", (_, text, expected) => {
    expect(walk(text)).toEqual(expected);
  });

  it("finds a border wherever the blocks end", () => {
    for (let pad = (4 << 20) - 60; pad < (4 << 20) + 20; pad += 7) {
      const first = `${one}${"x".repeat(pad)}\n\n`;
      expect(walk(first + one)).toEqual([`0+${first.length}`, `${first.length}+56`]);
    }
  });

  it("tells the rest of a message that is too long", () => {
    const bytes = 33 << 20;
    expect(walk(`Subject: ${"x".repeat(bytes - 9)}`)).toEqual([
      `0+${32 << 20}`,
      `cut ${32 << 20}+${1 << 20}`,
    ]);
  });
});
