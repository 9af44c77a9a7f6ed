/** Documents of any shape give an answer with a state, whoever reads them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { address, sample } from "../testing/shapes.ts";
import { providerById, providers } from "./all.ts";

describe("any document", () => {
  const members = fc.constantFrom(
    "data",
    "attributes",
    "id",
    "type",
    "last_analysis_stats",
    "ipAddress",
    "abuseConfidenceScore",
    "query_status",
    "ioc",
    "ioc_type",
    "pulse_info",
    "pulses",
    "results",
    "page",
    "task",
    "response",
    "Attribute",
    "Event",
    "value",
    "info",
    "target",
    "network",
    "hosts",
    "objects",
    "pattern",
    "list",
    "name",
    "ip",
    "noise",
    "riot",
    "analysis",
    "verdict",
    "objectClassName",
    "vulnerabilities",
    "cveID",
    "edges",
    "node",
    "error",
  );
  const scalars = fc.oneof(
    fc.constantFrom(
      "198.51.100.7",
      "c2.example",
      sample,
      "file",
      "ok",
      "indicator",
      "",
      "x|y",
      "http://c2.example/a",
    ),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      scalars,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(members, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  it("gives an answer with a state, whoever reads it (property)", () => {
    fc.assert(
      fc.property(tree, (value) => {
        const document = { text: JSON.stringify(value), json: value };
        for (const provider of providers) {
          const answer = provider.read(document, { about: address, part: null });
          if (!["answered", "unknown", "failed", "not permitted"].includes(answer.outcome)) return false;
          answer.feed?.(address);
          provider.recognise(document);
        }
        return true;
      }),
      { numRuns: 300 },
    );
  });
  it("knows every provider by its id, once", () => {
    expect(new Set(providers.map(({ id }) => id)).size).toBe(providers.length);
    for (const { id } of providers) expect(providerById(id)?.id).toBe(id);
  });
});
