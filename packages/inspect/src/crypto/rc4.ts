/** RC4, which current OpenSSL no longer offers and old Office files need. */
export function rc4(key: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255;
    [state[i], state[j]] = [state[j]!, state[i]!];
  }
  let x = 0;
  let y = 0;
  return (bytes) => {
    const out = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      x = (x + 1) & 255;
      const a = state[x]!;
      y = (y + a) & 255;
      const b = state[y]!;
      state[x] = b;
      state[y] = a;
      out[i] = bytes[i]! ^ state[(a + b) & 255]!;
    }
    return out;
  };
}
