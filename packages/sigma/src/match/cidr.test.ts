import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { compileNetwork } from "./cidr.ts";

describe("networks", () => {
  test.each<[network: string, text: string, expected: boolean]>([
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["192.0.2.128/25", "192.0.2.128", true],
    ["224.0.0.0/4", "239.1.2.3", true],
    ["0.0.0.0/0", "203.0.113.9", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["192.0.2.1/32", "192.0.2.1", true],
    ["192.0.2.0/24", "::ffff:192.0.2.7", true],
    ["192.0.2.0/24", "192.0.2", false],
    ["192.0.2.0/24", "192.0.2.7.1", false],
    ["192.0.2.0/24", "192.0.2.", false],
    ["192.0.2.0/24", "", false],
    ["192.0.2.0/24", "host.example", false],
    ["192.0.2.0/24", "192.0.2.256", false],
    ["2001:db8::/32", "2001:DB8::9", true],
    ["2001:db8::/32", "192.0.2.7", false],
  ])("%s holds %s: %s", (network, text, expected) => {
    const matches = compileNetwork(network);
    // Twice: the second answer comes from what is remembered.
    expect([matches(text), matches(text)]).toEqual([expected, expected]);
  });

  test("the same as the library, for any text", () => {
    const part = fc.oneof(fc.nat(300).map(String), fc.constantFrom("00", "010", "0x1", "", "-1", "a"));
    const text = fc.oneof(
      fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(".")),
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV4().map((address) => `::ffff:${address}`),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.tuple(fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.nat(16))),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        ([base, bits], texts) => {
          const matches = compileNetwork(`${base}/${bits}`);
          const [network] = ipaddr.parseCIDR(`${base}/${bits}`);
          for (const one of texts) {
            const address = ipaddr.isValid(one) ? ipaddr.process(one) : undefined;
            const wanted =
              address?.kind() === network.kind() &&
              (address as ipaddr.IPv4).match(network as ipaddr.IPv4, bits);
            expect(matches(one)).toBe(wanted === true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
