import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { openPassSource, openSource } from "./source.ts";

const dir = scratchFolder("source");

function fileOf(size: number): string {
  const file = join(dir, String(size));
  writeFileSync(
    file,
    Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 0xff),
  );
  return file;
}

describe("a source for one pass gives the bytes that the other gives", () => {
  test.each([0, 1, 4096, 100_000, (1 << 20) + 70_000])("file of %d bytes", (size) => {
    const file = fileOf(size);
    const plain = openSource(file);
    const pass = openPassSource(file);
    expect(pass.size).toBe(size);
    for (const [offset, length] of [
      [0, 4096],
      [4096, 65_536],
      [1 << 20, 65_536],
      [0, size],
      [size - 1, 10],
      [size, 10],
      [10, 20],
    ] as const) {
      if (offset < 0) continue;
      expect(Buffer.compare(pass.read(offset, length), plain.read(offset, length))).toBe(0);
    }
    plain.close();
    pass.close();
  });
});
