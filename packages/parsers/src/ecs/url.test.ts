import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { setBareUrl } from "./url.ts";

describe("setBareUrl", () => {
  const cases: readonly (readonly [string, Fields])[] = [
    ["a.example", { "url.domain": "a.example" }],
    ["a.example:8443/x.php?q=1#f", { "url.domain": "a.example", "url.port": 8443, "url.fragment": "f" }],
    ["a.example?q=1", { "url.domain": "a.example", "url.query": "q=1" }],
    ["/x.php", { "url.path": "/x.php", "url.extension": "php" }],
    ["https://a.example/", { "url.scheme": "https", "url.domain": "a.example", "url.path": "/" }],
  ];
  it.each(cases)("%s", (text, expected) => {
    const fields: Fields = {};
    setBareUrl(fields, text);
    expect(fields).toMatchObject({ "url.original": text, ...expected });
  });

  it("leaves a scheme alone that a column of its own states", () => {
    const fields: Fields = { "url.scheme": "https" };
    setBareUrl(fields, "a.example/x");
    expect(fields).toEqual({
      "url.scheme": "https",
      "url.original": "a.example/x",
      "url.domain": "a.example",
      "url.path": "/x",
    });
  });
});
