import { describe, expect, it } from "vitest";
import { countryCode } from "./country-names.ts";

describe("countryCode", () => {
  it.each([
    ["a code", "ng", "NG"],
    ["a name", "Nigeria", "NG"],
    ["a name of several words", "United States", "US"],
    ["a firewall's word for no country", "Reserved", undefined],
    ["nothing", "", undefined],
    ["absent", null, undefined],
  ])("%s", (_name, recorded, expected) => {
    expect(countryCode(recorded)).toBe(expected);
  });
});
