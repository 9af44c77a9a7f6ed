/** Resources of a PE file ([PE/COFF] 6.9): a tree of type, name and language. */
import { slice, u16, u32, wideString } from "../bytes.ts";
import type { PeImage } from "./pe-image.ts";

export interface PeResource {
  /** Number, or the name in capitals. */
  readonly type: string;
  readonly name: string;
  readonly content: Uint8Array;
}

const typeNames: Record<number, string> = {
  1: "cursor",
  2: "bitmap",
  3: "icon",
  4: "menu",
  5: "dialog",
  6: "string",
  9: "accelerator",
  10: "data",
  11: "message-table",
  12: "cursor-group",
  14: "icon-group",
  16: "version",
  23: "html",
  24: "manifest",
};
const resourcesMax = 5000;

export function readResources(bytes: Uint8Array, image: PeImage): PeResource[] {
  const root = image.offsetOf(image.directories[2]!.address);
  if (image.directories[2]!.address === 0 || root < 0) return [];
  const found: PeResource[] = [];
  const walk = (at: number, path: readonly string[]) => {
    const count = u16(bytes, at + 12) + u16(bytes, at + 14);
    for (let i = 0; i < Math.min(count, 4096) && found.length < resourcesMax; i++) {
      const entry = at + 16 + 8 * i;
      if (entry + 8 > bytes.length) return;
      const name = entryName(bytes, root, u32(bytes, entry), path.length === 0);
      const next = u32(bytes, entry + 4);
      if ((next & 0x80000000) !== 0 && path.length < 3) walk(root + (next & 0x7fffffff), [...path, name]);
      else if ((next & 0x80000000) === 0) {
        const data = root + next;
        const offset = image.offsetOf(u32(bytes, data));
        const [type = name, label = name] = path;
        if (offset >= 0)
          found.push({ type, name: label, content: slice(bytes, offset, offset + u32(bytes, data + 4)) });
      }
    }
  };
  walk(root, []);
  return found;
}

function entryName(bytes: Uint8Array, root: number, value: number, isType: boolean): string {
  if ((value & 0x80000000) === 0) return (isType ? typeNames[value] : undefined) ?? String(value);
  const at = root + (value & 0x7fffffff);
  return wideString(bytes, at + 2, Math.min(2 * u16(bytes, at), 512));
}

/** Texts of a version resource ([VS_VERSIONINFO]): blocks of length, value length, type, key, value. */
export function readVersion(content: Uint8Array): Record<string, string> {
  const texts: Record<string, string> = {};
  const walk = (from: number, to: number, depth: number) => {
    for (let at = from; at + 6 < to && Object.keys(texts).length < 100; ) {
      const length = u16(content, at);
      if (length < 6) return;
      const end = Math.min(to, at + length);
      const key = wideString(content, at + 6, end - at - 6);
      const valueAt = align(at + 6 + 2 * (key.length + 1));
      const valueLength = u16(content, at + 2);
      if (depth === 3) texts[key] = wideString(content, valueAt, Math.max(0, end - valueAt)).trim();
      else if (depth < 3) walk(align(valueAt + (depth === 0 ? valueLength : 0)), end, depth + 1);
      at = align(end);
    }
  };
  walk(0, content.length, 0);
  return texts;
}

function align(at: number): number {
  return (at + 3) & ~3;
}
