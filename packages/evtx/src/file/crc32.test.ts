import { crc32 as reference } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32, portableCrc32 } from "./crc32.ts";

test("the check value of CRC-32", () => {
  const bytes = new TextEncoder().encode("123456789");
  expect(crc32(bytes, 0, 9)).toBe(0xcbf43926);
  expect(portableCrc32(bytes, 0, 9)).toBe(0xcbf43926);
});

test("agrees with zlib on any bytes, in parts too", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      const at = Math.min(cut, bytes.length);
      const whole = portableCrc32(bytes, at, bytes.length, portableCrc32(bytes, 0, at));
      expect(whole).toBe(reference(bytes));
      expect(crc32(bytes, at, bytes.length, crc32(bytes, 0, at))).toBe(whole);
    }),
  );
});
