import * as fs from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseFolder, ledgerOf, linesOf, writeLines } from "./test-case.ts";
import { verifyLedger } from "./verify.ts";

describe("no change goes unnoticed", () => {
  test("every other byte at every place of ledger and head", () => {
    const dir = ledgerOf(3);
    for (const name of ["ledger.jsonl", "ledger.head"]) {
      const path = join(dir, name);
      const original = fs.readFileSync(path);
      for (let at = 0; at < original.length; at++) {
        for (const mask of [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80]) {
          const changed = Buffer.from(original);
          changed[at]! ^= mask;
          fs.writeFileSync(path, changed);
          if (verifyLedger(dir).ok) throw new Error(`${name}: byte ${at} ^ ${mask} is not noticed`);
        }
      }
      fs.writeFileSync(path, original);
    }
    expect(verifyLedger(dir).ok).toBe(true);
  });

  test("any other arrangement of the lines", () => {
    const dir = ledgerOf(6);
    const lines = linesOf(dir);
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 9 }), (order) => {
        writeLines(
          dir,
          order.map((i) => lines[i]!),
        );
        expect(verifyLedger(dir).ok).toBe(order.join() === "0,1,2,3,4,5");
      }),
    );
  });

  test("any bytes give a verdict", () => {
    const dir = caseFolder();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 60 }), (ledger, head) => {
        fs.writeFileSync(join(dir, "ledger.jsonl"), ledger);
        fs.writeFileSync(join(dir, "ledger.head"), head);
        expect(verifyLedger(dir).ok).toBe(false);
      }),
    );
  });
});
