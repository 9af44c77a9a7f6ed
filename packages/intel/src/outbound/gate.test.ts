import { describe, expect, it } from "vitest";
import type { Tlp } from "../reading.ts";
import { forbids, type Pap } from "./gate.ts";

describe("forbids", () => {
  it.each<[Tlp, Pap, "service" | "own server" | "list", boolean]>([
    ["CLEAR", "CLEAR", "service", false],
    ["GREEN", "AMBER", "service", false],
    ["AMBER", "AMBER", "service", true],
    ["AMBER+STRICT", "AMBER", "service", true],
    ["RED", "CLEAR", "service", true],
    ["GREEN", "RED", "service", true],
    ["AMBER+STRICT", "AMBER", "own server", false],
    ["RED", "AMBER", "own server", true],
    ["AMBER", "RED", "own server", false],
    ["RED", "RED", "list", false],
  ])("TLP:%s PAP:%s for a %s: %s", (tlp, pap, kind, isForbidden) => {
    const why = forbids({ tlp, pap }, { kind, title: "X" });
    expect(why !== undefined).toBe(isForbidden);
    if (why !== undefined) expect(why).toMatch(/TLP:|PAP:/);
  });
});
