import fc from "fast-check";
import { expect, it } from "vitest";
import { AlertError } from "./alert.ts";
import { alertId, readAlerts } from "./read.ts";

/** Any text gives alerts or an AlertError that names the file. */
function read(text: string): void {
  try {
    for (const alert of readAlerts(text, "hostile.txt", {})) {
      expect(alert.observables.length).toBeLessThanOrEqual(100);
      expect(alertId(alert)).toMatch(/^A-[0-9a-f]{10}$/);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(AlertError);
    expect((error as Error).message).toContain("hostile.txt");
  }
}

const names = fc.constantFrom(
  "rule",
  "time",
  "Source Address",
  "kibana.alert.uuid",
  "alert.severity",
  "evidence",
  "Entities",
  "__proto__",
  "constructor",
  "hits",
  "value",
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
    fc.webUrl(),
    fc.ipV4(),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(names, tie("any"), { maxKeys: 5 }),
  ),
})).any;

it("any JSON", () =>
  fc.assert(
    fc.property(value, (one) => read(JSON.stringify(one))),
    { numRuns: 300 },
  ));
it("any text", () =>
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), read), { numRuns: 300 }));
it("any field list", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.string()), { maxLength: 12 }), (rows) =>
      read(rows.map(([name, text]) => `${name} : ${text}`).join("\n")),
    ),
    { numRuns: 200 },
  ));
it("cut anywhere", () => {
  const text = JSON.stringify({
    value: [{ title: "t", severity: "high", evidence: [{ ipAddress: "192.0.2.1" }] }],
  });
  for (let end = 0; end <= text.length; end++) read(text.slice(0, end));
});
