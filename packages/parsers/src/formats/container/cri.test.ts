import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./cri.ts";

describe("container/cri", () => {
  it.each([
    [
      "full",
      "2024-03-05T09:14:02.1Z stdout F hello 192.0.2.1",
      { message: "hello 192.0.2.1", "related.ip": ["192.0.2.1"] },
    ],
    ["partial", "2024-03-05T09:14:02.1Z stderr P hel", { "firebreak.raw.partial": true }],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("rejects an impossible time and leaves other lines alone", () => {
    expect(collect("2024-13-05T09:14:02.1Z stdout F x", [format]).rejects[0]?.reason).toBe("no valid time");
    expect(collect("2024-03-05T09:14:02.1Z out F x", [format]).events).toHaveLength(0);
  });
});
