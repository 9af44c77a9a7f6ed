import { describe, expect, it } from "vitest";
import { undeclaredProfile } from "../organisation/profile.ts";
import { machineNames } from "./machine-addresses.ts";

const profile = {
  ...undeclaredProfile,
  assets: [{ name: "FS01", addresses: ["10.0.0.5", "10.1.0.5"], critical: false }],
};

describe("machineNames", () => {
  it.each<[string, string, string[]]>([
    ["an address", "10.0.0.5", ["10.0.0.5", "10.1.0.5", "fs01"]],
    ["a name with its domain", "FS01.example.org", ["10.0.0.5", "10.1.0.5", "fs01", "fs01.example.org"]],
    ["an address that nobody declared", "10.0.0.6", ["10.0.0.6"]],
    ["a name that nobody declared", "WS1", ["ws1"]],
  ])("%s", (_name, value, expected) => {
    expect([...machineNames(profile, value)].sort()).toEqual(expected);
  });
});
