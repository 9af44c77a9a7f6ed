import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultLimits } from "@firebreak/inspect";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { InspectPool } from "./pool.ts";

const dir = scratchFolder("inspect");

function file(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

describe("a pool", () => {
  it("examines one file after another in the same thread", async () => {
    const pool = new InspectPool({ passwords: [], limits: { ...defaultLimits, timeMs: 20_000 } }, 1 << 20);
    try {
      const names = ["a.txt", "b.ps1", "c.bat"].map((name) => file(name, `echo ${name}\r\n`));
      for (const name of names) {
        const { verdict, notes } = await pool.inspect(name);
        expect({ verdict, notes }).toEqual({ verdict: "no sign found", notes: [] });
      }
    } finally {
      await pool.close();
    }
  });

  it("names the limit of a file that is too large, and goes on", async () => {
    const pool = new InspectPool({ passwords: [], limits: defaultLimits }, 16);
    try {
      const large = await pool.inspect(file("large.txt", "x".repeat(17)));
      expect(large).toMatchObject({ verdict: "unknown", notes: [{ code: "size-limit" }] });
      expect((await pool.inspect(file("small.txt", "x"))).verdict).toBe("no sign found");
    } finally {
      await pool.close();
    }
  });
});
