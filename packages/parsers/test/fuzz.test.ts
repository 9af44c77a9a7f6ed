/**
 * For every registered format: any bytes give events, rejects or named skips, every byte once, in bounded time, without a
 * throw. Each format's fixtures are disfigured in each way that `mutations` knows. Seeds are fixed here;
 * `tools/fuzz-formats.ts` goes on with others.
 */
import { describe, expect, it } from "vitest";
import { formats } from "../src/formats.generated.ts";
import { readFixtures } from "../src/testing/fixtures.ts";
import { checkDisfigured } from "../src/testing/fuzz.ts";
import { mutations } from "../src/testing/mutations.ts";

const fixtures = readFixtures();

describe("disfigured fixtures", () => {
  it.each(formats.map(({ name }) => name))("%s", (name) => {
    const own = fixtures.filter(({ format }) => format === name);
    expect(own.length, `no fixture whose file is read as ${name}`).toBeGreaterThan(0);
    // One fixture in every way; further ones of the same format in the ways that reach a format's own code.
    const problems = own.flatMap((fixture, i) =>
      Object.keys(mutations)
        .filter((_, way) => i === 0 || way % own.length === i % own.length)
        .flatMap((way) => checkDisfigured(fixture, way, fixtures, 1)),
    );
    expect(problems).toEqual([]);
  });
});
