/** Files of an ISO 9660 image ([ECMA-119]), by Joliet's names where there are some. */
import { hasAt, latin1, slice, u8, u32, utf16be } from "../bytes.ts";
import type { Part } from "../part.ts";
import type { PartReport } from "../result.ts";
import { judgeMembers } from "./examine-zip.ts";

const sectorBytes = 2048;
const filesMax = 20_000;
const depthMax = 32;

interface Volume {
  readonly rootAt: number;
  readonly rootSize: number;
  readonly isJoliet: boolean;
}

export async function examineIso(part: Part): Promise<void> {
  const volume = findVolume(part.bytes);
  if (volume === undefined) {
    part.note(
      "unsupported",
      "the image has no ISO 9660 directory (UDF only); its files are not examined",
      true,
    );
    return;
  }
  const files: { name: string; at: number; size: number; isHidden: boolean }[] = [];
  const seen = new Set<number>();
  const walk = (at: number, size: number, path: string, depth: number) => {
    if (seen.has(at) || depth > depthMax) return;
    seen.add(at);
    part.run.budget.check();
    for (const record of records(part.bytes, at, size, volume.isJoliet)) {
      if (files.length >= filesMax) return;
      const name = path === "" ? record.name : `${path}/${record.name}`;
      if (record.isFolder) walk(record.at, record.size, name, depth + 1);
      else files.push({ name, at: record.at, size: record.size, isHidden: record.isHidden });
    }
  };
  walk(volume.rootAt, volume.rootSize, "", 0);
  const members: PartReport[] = [];
  for (const { name, at, size } of files) {
    const content = slice(part.bytes, at, at + size);
    if (content.length < size) part.note("damaged", `the file ${name} is cut off`, true);
    const report = await part.child(name, content, { kind: "member" });
    if (report !== undefined) members.push(report);
  }
  part.details.hiddenFiles = files.filter(({ isHidden }) => isHidden).map(({ name }) => name);
  judgeMembers(part, members);
}

/** Volume descriptors begin at sector 16: kind 1 is the primary one, kind 2 with an escape sequence Joliet's. */
function findVolume(bytes: Uint8Array): Volume | undefined {
  let found: Volume | undefined;
  for (let sector = 16; sector < 64; sector++) {
    const at = sector * sectorBytes;
    const kind = u8(bytes, at);
    if (!hasAt(bytes, "CD001", at + 1) || kind === 255) break;
    const isJoliet = kind === 2 && /^%\/[@CE]/.test(latin1(bytes, at + 88, at + 91));
    if (kind !== 1 && !isJoliet) continue;
    const volume = {
      rootAt: u32(bytes, at + 156 + 2) * sectorBytes,
      rootSize: u32(bytes, at + 156 + 10),
      isJoliet,
    };
    if (found === undefined || isJoliet) found = volume;
  }
  return found;
}

/** Records do not cross sectors; a length of 0 means the rest of the sector is empty. */
function* records(bytes: Uint8Array, from: number, size: number, isJoliet: boolean) {
  const end = Math.min(bytes.length, from + size);
  for (let at = from; at < end; ) {
    const length = u8(bytes, at);
    if (length < 34) {
      at = (Math.floor(at / sectorBytes) + 1) * sectorBytes;
      continue;
    }
    const raw = slice(bytes, at + 33, at + 33 + u8(bytes, at + 32));
    const isSelf = raw.length === 1 && raw[0]! <= 1;
    if (!isSelf) {
      const name = isJoliet ? utf16be(raw) : latin1(raw);
      const flags = u8(bytes, at + 25);
      yield {
        name: name.replace(/;\d+$/, ""),
        at: u32(bytes, at + 2) * sectorBytes,
        size: u32(bytes, at + 10),
        isFolder: (flags & 2) !== 0,
        isHidden: (flags & 1) !== 0,
      };
    }
    at += length;
  }
}
