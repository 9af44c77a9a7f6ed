import type { CharRun } from "./regex-literals.ts";

/** True when so many characters of a set stand side by side in the folded text. It looks at one in `count` characters of most texts. */
export function compileRun({ chars, count }: CharRun): (folded: string) => boolean {
  if (chars.some((char) => char > "\x7f")) return () => true;
  const isMember = new Uint8Array(128);
  for (const char of chars) isMember[char.charCodeAt(0)] = 1;
  return (text) => {
    let at = count - 1;
    while (at < text.length) {
      let back = 0;
      while (back < count && isMemberAt(isMember, text, at - back)) back++;
      if (back === count) return true;
      // What ends the run within the window is behind every later one.
      at += count - back;
    }
    return false;
  };
}

function isMemberAt(isMember: Uint8Array, text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && isMember[code] === 1;
}
