import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { setAccount } from "./account.ts";

describe("setAccount", () => {
  it.each<[string, string, Fields]>([
    ["nothing", "", {}],
    ["a name", "amy", { "user.name": "amy" }],
    ["a name in a domain", "CORP\\amy", { "user.name": "amy", "user.domain": "CORP" }],
    ["an escaped backslash", "CORP\\\\amy", { "user.name": "amy", "user.domain": "CORP" }],
    ["a domain alone", "CORP\\", { "user.name": "CORP\\" }],
    ["an address", "amy@a.example", { "user.name": "amy@a.example", "user.email": "amy@a.example" }],
  ])("%s", (_, recorded, expected) => {
    const fields: Fields = {};
    setAccount(fields, recorded);
    expect(fields).toEqual(expected);
  });
});
