/** Frames taken from one line. */
const maxFrames = 10_000;

/**
 * Splits a line of octet-counted frames (RFC 6587 §3.4.1, "83 <34>1 … 47 <13>1 …"). undefined when the line does not begin with
 * a count and a priority. The last frame may be cut.
 */
export function splitFrames(line: string): string[] | undefined {
  if (!/^\d{1,7} <\d{1,3}>/.test(line.slice(0, 13))) return undefined;
  const bytes = Buffer.from(line, "utf8");
  const frames: string[] = [];
  let at = 0;
  while (at < bytes.length && frames.length < maxFrames) {
    const space = bytes.indexOf(32, at);
    const count = space < 0 || space - at > 7 ? Number.NaN : Number(bytes.toString("latin1", at, space));
    if (!Number.isInteger(count) || count <= 0 || bytes[space + 1] !== 60) {
      // The count was wrong: what is left belongs to the frame before.
      if (frames.length === 0) return undefined;
      frames[frames.length - 1] += bytes.toString("utf8", at);
      break;
    }
    frames.push(bytes.toString("utf8", space + 1, Math.min(bytes.length, space + 1 + count)));
    at = space + 1 + count;
  }
  return frames;
}
