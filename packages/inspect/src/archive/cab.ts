/** Cabinet files ([MS-CAB] 2): folders of blocks, packed by MSZIP or not at all; LZX and Quantum are not unpacked. */
import { inflateRawSync } from "node:zlib";
import { concat, cString, hasAt, slice, u8, u16, u32 } from "../bytes.ts";
import type { Part } from "../part.ts";
import type { PartReport } from "../result.ts";
import { checkMemberName, judgeMembers } from "./examine-zip.ts";

const methods = ["none", "MSZIP", "Quantum", "LZX"];
const windowBytes = 32_768;

export async function examineCab(part: Part): Promise<void> {
  const { bytes } = part;
  const flags = u16(bytes, 30);
  const reserve = (flags & 4) !== 0;
  const [headerReserve, folderReserve, dataReserve] = reserve
    ? [u16(bytes, 36), u8(bytes, 38), u8(bytes, 39)]
    : [0, 0, 0];
  let at = 36 + (reserve ? 4 + headerReserve : 0);
  // Names of the cabinets before and after this one.
  for (const bit of [1, 1, 2, 2]) if (flags & bit) at += cString(bytes, at, 512).length + 1;
  const folders: (Uint8Array | undefined)[] = [];
  for (let i = 0; i < u16(bytes, 26); i++) {
    folders.push(unpackFolder(part, at, dataReserve));
    at += 8 + folderReserve;
  }
  if (u32(bytes, 8) > bytes.length) part.note("damaged", "the cabinet is cut off", true);
  const members: PartReport[] = [];
  let file = u32(bytes, 16);
  for (let i = 0; i < u16(bytes, 28) && file + 16 < bytes.length; i++) {
    const name = cString(bytes, file + 16, 512);
    const folder = folders[u16(bytes, file + 8)];
    const start = u32(bytes, file + 4);
    checkMemberName(part, name);
    if (folder === undefined) part.note("unsupported", `${name} is not unpacked`, true);
    else {
      const content = slice(folder, start, start + u32(bytes, file));
      if (content.length < u32(bytes, file)) part.note("damaged", `the member ${name} is cut off`, true);
      const report = await part.child(name, content, { kind: "member" });
      if (report !== undefined) members.push(report);
    }
    file += 16 + name.length + 1;
  }
  judgeMembers(part, members);
}

/** Each block begins with "CK" and refers to up to 32 KiB of what came before it. */
function unpackFolder(part: Part, at: number, dataReserve: number): Uint8Array | undefined {
  const { bytes } = part;
  const method = u16(bytes, at + 6) & 15;
  if (method > 1) {
    part.note("unsupported", `a folder is packed with ${methods[method] ?? `method ${method}`}`, true);
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let total = 0;
  let previous = new Uint8Array();
  let block = u32(bytes, at);
  for (let i = 0; i < u16(bytes, at + 4) && block + 8 <= bytes.length; i++) {
    const size = u16(bytes, block + 4);
    const from = block + 8 + dataReserve;
    const data = slice(bytes, from, from + size);
    let plain: Uint8Array = data;
    if (method === 1) {
      try {
        if (!hasAt(data, "CK")) throw new Error("no block mark");
        plain = new Uint8Array(
          inflateRawSync(data.subarray(2), { dictionary: previous, maxOutputLength: windowBytes }),
        );
      } catch (error) {
        part.note("damaged", `a block of the cabinet does not unpack (${(error as Error).message})`, true, {
          offset: block,
        });
        break;
      }
    }
    total += plain.length;
    if (total > part.run.budget.bytesLeft) {
      part.note("size-limit", "a folder of the cabinet is too large and examined in part", true);
      break;
    }
    chunks.push(plain);
    previous = concat([previous, plain]).slice(-windowBytes);
    block = from + size;
  }
  return concat(chunks);
}
