import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

let isHeld = false;

/**
 * Keeps the nursery of the process's first thread from growing past so many bytes, as threads that are started get theirs by
 * `resourceLimits`: where objects live shortly it would grow to over 100 MB, and saves no time. Call it again while work goes on: the
 * nursery doubles up to the limit. An engine that does not know the flag does nothing.
 */
export function holdNursery(bytes: number): void {
  const nursery = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
  const isLarge = nursery !== undefined && nursery.space_size >= bytes;
  if (isLarge === isHeld) return;
  isHeld = isLarge;
  // The factor is read each time that the nursery is about to grow.
  setFlagsFromString(`--semi-space-growth-factor=${isLarge ? 1 : 2}`);
}
