import { formats } from "../formats.generated.ts";
import { type Collected, collect, overlappingBytes, unaccountedBytes } from "./collect.ts";
import type { Fixture } from "./fixtures.ts";
import { mutations, randomFrom, seedOf } from "./mutations.ts";

/** A megabyte of anything is read in far less; what takes longer is not linear. */
const maxMs = 10_000;

/** Reads a fixture disfigured in one way; what should not be is told with all that repeats it. */
export function checkDisfigured(
  fixture: Fixture,
  way: string,
  fixtures: readonly Fixture[],
  seed: number,
): string[] {
  const where = `${fixture.path}, ${way}, seed ${seed}`;
  const random = randomFrom(seedOf(`${fixture.path} ${way}`, seed));
  const others = fixtures.map(({ bytes }) => bytes);
  const bytes = mutations[way]!(fixture.bytes, random, others);
  const started = performance.now();
  let read: Collected;
  try {
    read = collect(bytes, formats, { fileName: fixture.path.slice(fixture.path.lastIndexOf("/") + 1) });
  } catch (error) {
    return [`${where}: ${(error as Error).stack}`];
  }
  const ms = performance.now() - started;
  const problems: string[] = [];
  const lost = unaccountedBytes(read, bytes.length);
  const twice = overlappingBytes(read);
  if (lost !== 0) problems.push(`${where}: ${lost} bytes in no event, reject or skip (${read.format})`);
  if (twice !== 0) problems.push(`${where}: ${twice} bytes told twice (${read.format})`);
  if (ms > maxMs) problems.push(`${where}: ${Math.round(ms)} ms for ${bytes.length} bytes`);
  const outside = read.events.filter(({ offset, length }) => offset < 0 || offset + length > bytes.length);
  if (outside.length > 0) problems.push(`${where}: ${outside.length} events reach beyond the file`);
  for (const { fields, dataset } of read.events) {
    const bad = Object.entries(fields).find(([, value]) => value === undefined || Number.isNaN(value));
    if (bad) problems.push(`${where}: ${dataset} has ${bad[0]} = ${String(bad[1])}`);
  }
  return problems;
}
