import { describe, expect, test } from "vitest";
import { samplePicture } from "../fixtures/sample-picture.ts";
import { prose } from "./prose.ts";

const first = { kind: "link", to: "finding-1", text: "Finding 1" };
const record = (ref: string) => ({ kind: "cite", refs: [ref], omitted: 0 });

describe("prose", () => {
  test.each([
    ["plain", "Nothing to see (here), at 02:10:00.", ["Nothing to see (here), at 02:10:00."]],
    ["empty", "", []],
    ["a finding's id", "seen before (chain/credential-theft:fs01).", ["seen before (", first, ")."]],
    ["an id at the end", "as in chain/credential-theft:fs01.", ["as in ", first, "."]],
    [
      "a cited record",
      "first record 4be1c07a9d32:88120, then more",
      ["first record ", record("4be1c07a9d32:88120"), ", then more"],
    ],
    ["a record that is not cited", "see 4be1c07a9d32:7", ["see 4be1c07a9d32:7"]],
    ["part of a longer word", "x4be1c07a9d32:88120", ["x4be1c07a9d32:88120"]],
  ])("%s", (_name, text, parts) => {
    expect(prose(text, samplePicture)).toEqual(parts);
  });
});
