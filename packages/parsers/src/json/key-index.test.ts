import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonProducts } from "../json-products/all.ts";
import { KeyIndex } from "./key-index.ts";
import type { JsonObject } from "./parse.ts";

const index = new KeyIndex(jsonProducts, (product, record) => product.recognises(record));
const slow = (record: JsonObject) => jsonProducts.find((product) => product.recognises(record))?.name;

describe("KeyIndex", () => {
  it.each([
    ["empty", {}],
    ["unknown", { level: "info", msg: "hello" }],
    ["okta", { eventType: "user.session.start", published: "2024-03-05T10:00:00Z", actor: {} }],
    ["a key that holds dots", { "event.type": "IP Connect", "agent.uuid": "u", "event.time": 1 }],
    ["many keys", Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i]))],
  ])("finds what asking all finds: %s", (_, record) =>
    expect(index.find(record as JsonObject)?.name).toBe(slow(record as JsonObject)),
  );

  it("finds what asking all finds, whatever the record", () => {
    const keys = [
      "type",
      "action",
      "event",
      "timestamp",
      "actor",
      "id",
      "time",
      "records",
      "category",
      "properties",
      "severity",
      "title",
      "code",
      "record",
      "user",
      "host",
      "agent",
      "rule",
      "data",
      "date",
    ];
    const value = fc.oneof(
      fc.constantFrom("a", "T1000I", "event", "AuditLogs", "user.signed_in"),
      fc.integer(),
      fc.dictionary(fc.constantFrom(...keys), fc.constantFrom("x", 1)),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (record) => {
        expect(index.find(record as JsonObject)?.name).toBe(slow(record as JsonObject));
      }),
      { numRuns: 300 },
    );
  });
});
