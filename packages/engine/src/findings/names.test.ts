import { describe, expect, it } from "vitest";
import { undeclaredProfile } from "../organisation/profile.ts";
import { canonicalName } from "./names.ts";

const profile = {
  ...undeclaredProfile,
  domains: ["example.org"],
  assets: [{ name: "FS01", addresses: ["10.0.0.5"], critical: false }],
};

describe("canonicalName", () => {
  it.each([
    ["host", "fs01.example.org", "fs01", "FS01"],
    ["host", "FS01", "fs01", "FS01"],
    ["host", "web.example.net", "web", "web.example.net"],
    ["host", "10.0.0.5", "10.0.0.5", "10.0.0.5"],
    ["account", "EXAMPLE\\anna", "anna", "EXAMPLE\\anna"],
    ["account", "Anna@example.org", "anna", "Anna@example.org"],
    ["account", "anna@partner.test", "anna@partner.test", "anna@partner.test"],
    ["address", "10.0.0.5", "10.0.0.5", "10.0.0.5"],
  ] as const)("%s %s has the key %s", (type, value, key, shown) => {
    expect(canonicalName(profile, type, value)).toEqual({ key, shown });
  });
});
