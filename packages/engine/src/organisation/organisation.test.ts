import { describe, expect, it } from "vitest";
import { InternalNetworks } from "./networks.ts";
import { readProfile, undeclaredProfile } from "./profile.ts";

describe("readProfile", () => {
  it("takes what it knows and warns about the rest, with the name of each key", () => {
    const { profile, warnings } = readProfile(
      "name: Clinic\ntimezone: x\noperatingCountries: [us, Germany]\ninternalNetworks: [10.0.0.0/8, nonsense]\ngateways: 10.0.0.1\nassets: [{ name: A, addresses: [10.0.0.5, x], colour: red }, text]\n",
      "org.yml",
    );
    expect(profile).toMatchObject({
      declared: true,
      name: "Clinic",
      operatingCountries: ["US"],
      internalNetworks: ["10.0.0.0/8"],
      gateways: ["10.0.0.1"],
      assets: [{ name: "A", addresses: ["10.0.0.5"], critical: false }],
    });
    expect(warnings.map((text) => text.split(": ")[1])).toEqual([
      "operatingCountries",
      "internalNetworks",
      "assets[1]",
      "assets[0].addresses",
      "assets[0].colour",
      "timezone",
    ]);
  });
  it.each([["- a list"], ["just text"], ["{ broken"], [""]])("refuses %j", (text) => {
    expect(() => readProfile(text, "org.yml")).toThrow(/--org org.yml/);
  });
  it("bounds aliases", () => {
    const bomb = `a: &a [x, x]\n${"bcdefghi"
      .split("")
      .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`)
      .join("\n")}`;
    expect(() => readProfile(bomb, "org.yml")).toThrow(/alias/i);
  });
});

describe("InternalNetworks", () => {
  const networks = new InternalNetworks({
    ...undeclaredProfile,
    internalNetworks: ["198.51.100.0/24"],
    gateways: ["203.0.113.1"],
  });
  it.each([
    ["10.1.2.3", true, false],
    ["198.51.100.9", true, false],
    ["203.0.113.1", true, false],
    ["203.0.113.2", false, true],
    ["8.8.8.8", false, true],
    ["::ffff:10.1.2.3", true, false],
    ["2001:db8::1", false, true],
    ["224.0.0.1", false, false],
    ["255.255.255.255", false, false],
    ["no address", false, false],
  ])("%s: internal %s, external %s", (address, internal, external) => {
    expect([networks.isInternal(address), networks.isExternal(address)]).toEqual([internal, external]);
  });
});
