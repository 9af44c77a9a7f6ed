import { describe, expect, it } from "vitest";
import { openGeography } from "./geography.ts";

const geography = openGeography();

describe("geography", () => {
  it.each([
    ["8.8.8.8", "US", 15169],
    ["1.1.1.1", "AU", 13335],
    ["177.53.143.89", "BR", 53243],
    ["193.0.6.139", "NL", 3333],
  ])("%s is in %s, AS%i", (address, country, asn) => {
    expect(geography.autonomousSystem(address)?.number).toBe(asn);
    expect(geography.country(address)).toBe(country);
  });
  it.each([["10.0.0.1"], ["no address"], ["0.0.0.0"], ["255.255.255.255"], ["203.0.113.9"]])(
    "knows nothing of %s",
    (address) => {
      expect(geography.country(address)).toBeUndefined();
      expect(geography.autonomousSystem(address)).toBeUndefined();
    },
  );
});
