import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./redis.ts";

describe("database/redis", () => {
  it.each([
    ["notice", "1:M 05 Mar 2024 10:14:02.123 * Ready", { "log.level": "notice", message: "Ready" }],
    ["peer", "1:M 05 Mar 2024 10:14:02.123 - Accepted 192.0.2.1:5", { "source.ip": "192.0.2.1" }],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("rejects an impossible date and leaves other lines alone", () => {
    expect(collect("1:M 45 Mar 2024 10:14:02.123 * x", [format]).rejects[0]?.reason).toBe("no valid date");
    expect(collect("1:M hello", [format]).events).toHaveLength(0);
  });
});
