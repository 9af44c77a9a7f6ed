import { expect, it } from "vitest";
import { createHeadMemory } from "./head-memory.ts";

const head = (fileName: string) => ({ bytes: new Uint8Array(0), text: "", lines: [], fileName });

it("finds out once for a head, also that there is nothing to know", () => {
  let asked = 0;
  const memory = createHeadMemory<string | undefined>((one) => {
    asked++;
    return one.fileName === "table.csv" ? "table" : undefined;
  });
  const prose = head("prose.txt");
  expect([memory.of(prose), memory.of(prose), memory.recall("prose.txt"), asked]).toEqual([
    undefined,
    undefined,
    undefined,
    1,
  ]);
  expect([
    memory.of(head("table.csv")),
    memory.recall("table.csv"),
    memory.recall("prose.txt"),
    asked,
  ]).toEqual(["table", "table", undefined, 2]);
});
