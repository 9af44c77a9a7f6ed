import { generator, type Random } from "../../../tools/fuzz/random.ts";

/** Deterministic damage: the seed decides the changes and their places. */
export function mutate(original: Uint8Array, seed: number): Uint8Array {
  const random = generator(seed);
  const bytes = original.slice();
  const view = new DataView(bytes.buffer);
  const place = () => random(Math.max(1, bytes.length - 8));
  for (let count = 1 + random(12); count > 0 && bytes.length > 8; count--) {
    const at = place();
    const kind = random(7);
    if (kind === 0) bytes[at] = random(256);
    else if (kind === 1) view.setUint16(at, interesting(random), true);
    else if (kind === 2) view.setUint32(at, interesting(random), true);
    else if (kind === 3) bytes.copyWithin(at, place(), Math.min(bytes.length, place() + random(500)));
    else if (kind === 4) bytes.fill(random(2) * 0xff, at, at + random(64));
    else if (kind === 5) bytes[at] = [0x28, 0x3c, 0x5b, 0x7b, 0x22, 0x5c, 0x25, 0x0a][random(8)]!;
    else bytes[at]! ^= 1 << random(8);
  }
  return random(8) === 0 ? bytes.slice(0, random(bytes.length)) : bytes;
}

function interesting(random: Random): number {
  const numbers = [0, 1, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0xffffffff, 512, 4, 64, 4096, 0xfffffffe];
  return random(2) === 0 ? numbers[random(numbers.length)]! : random(65_536);
}
