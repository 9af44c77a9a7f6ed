/**
 * Like `Promise.all`, but when one fails it waits for the others before it throws: nothing is still asked of a store that is
 * closed then.
 */
export async function together<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
