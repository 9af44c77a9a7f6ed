/** The least of DER ([X.690]) that signatures need: elements, their content, and their children. */
import { slice, u8 } from "../bytes.ts";

export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Header and content. */
  readonly whole: Uint8Array;
  readonly end: number;
}

export function readDer(bytes: Uint8Array, at = 0): DerElement | undefined {
  if (at + 2 > bytes.length) return undefined;
  let length = u8(bytes, at + 1);
  let start = at + 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + u8(bytes, start + i);
    start += count;
  }
  const end = start + length;
  if (end > bytes.length) return undefined;
  return { tag: u8(bytes, at), content: slice(bytes, start, end), whole: slice(bytes, at, end), end };
}

export function derChildren(content: Uint8Array, max = 1000): DerElement[] {
  const children: DerElement[] = [];
  for (let at = 0; at < content.length && children.length < max; ) {
    const element = readDer(content, at);
    if (element === undefined) break;
    children.push(element);
    at = element.end;
  }
  return children;
}
