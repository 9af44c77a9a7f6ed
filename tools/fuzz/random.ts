/** xorshift32: small, and the same everywhere. A number below `below`. */
export type Random = (below: number) => number;

export function generator(start: number): Random {
  let state = Math.imul(start + 1, 0x9e3779b1) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
