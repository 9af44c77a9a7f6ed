/** Shell links ([MS-SHLLINK] 2.1 to 2.5). Never throws. */
import { cString, filetimeAt, guidAt, latin1, slice, u8, u16, u32, utf16, wideString } from "../bytes.ts";

export interface ShellLink {
  readonly target?: string;
  readonly networkTarget?: string;
  readonly name?: string;
  readonly relativePath?: string;
  readonly workingDir?: string;
  readonly arguments?: string;
  readonly iconLocation?: string;
  readonly environmentTarget?: string;
  readonly iconEnvironment?: string;
  readonly showCommand: number;
  readonly hotKey: number;
  readonly fileSize: number;
  readonly createdAt?: string;
  readonly modifiedAt?: string;
  readonly volumeSerial?: string;
  readonly volumeLabel?: string;
  /** Computer and network card where the link was made, by its tracker data. */
  readonly machineId?: string;
  readonly macAddress?: string;
  /** Names of the shell items of the target's list. */
  readonly items: readonly string[];
  /** Where the structure ends. */
  readonly end: number;
  readonly isWhole: boolean;
}

const flag = {
  idList: 1,
  linkInfo: 2,
  name: 4,
  relative: 8,
  working: 16,
  args: 32,
  icon: 64,
  isUnicode: 128,
};
const blocksMax = 64;

type Mutable = { -readonly [key in keyof ShellLink]: ShellLink[key] };

export function readLnk(bytes: Uint8Array): ShellLink {
  const flags = u32(bytes, 20);
  const link: Mutable = {
    showCommand: u32(bytes, 60),
    hotKey: u16(bytes, 64),
    fileSize: u32(bytes, 52),
    items: [],
    end: 76,
    isWhole: true,
    ...defined("createdAt", filetimeAt(bytes, 28)),
    ...defined("modifiedAt", filetimeAt(bytes, 44)),
  };
  let at = 76;
  if (flags & flag.idList) {
    const size = u16(bytes, at);
    link.items = readItems(slice(bytes, at + 2, at + 2 + size));
    at += 2 + size;
  }
  if (flags & flag.linkInfo) {
    readLinkInfo(bytes, at, link);
    at += Math.max(4, u32(bytes, at));
  }
  const text = () => {
    const count = u16(bytes, at);
    const isWide = (flags & flag.isUnicode) !== 0;
    const end = at + 2 + (isWide ? 2 * count : count);
    const value = isWide ? utf16(bytes, at + 2, end) : latin1(bytes, at + 2, end);
    at = end;
    return value;
  };
  if (flags & flag.name) link.name = text();
  if (flags & flag.relative) link.relativePath = text();
  if (flags & flag.working) link.workingDir = text();
  if (flags & flag.args) link.arguments = text();
  if (flags & flag.icon) link.iconLocation = text();
  at = readBlocks(bytes, at, link);
  return { ...link, end: Math.min(at, bytes.length), isWhole: at <= bytes.length && bytes.length >= 76 };
}

function defined<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === "" ? {} : ({ [key]: value } as Record<K, string>);
}

/** [MS-SHLLINK] 2.3: a local base path, or a share, and a common suffix; Unicode forms where the header is long enough. */
function readLinkInfo(bytes: Uint8Array, at: number, link: Mutable): void {
  const flags = u32(bytes, at + 8);
  const isLong = u32(bytes, at + 4) >= 0x24;
  const suffix = isLong
    ? wideString(bytes, at + u32(bytes, at + 32))
    : cString(bytes, at + u32(bytes, at + 24));
  if (flags & 1) {
    const volume = at + u32(bytes, at + 12);
    link.volumeSerial = u32(bytes, volume + 8)
      .toString(16)
      .padStart(8, "0");
    const labelAt = u32(bytes, volume + 12);
    const label =
      labelAt === 0x14
        ? wideString(bytes, volume + u32(bytes, volume + 16), 128)
        : cString(bytes, volume + labelAt, 64);
    if (label !== "") link.volumeLabel = label;
    const base = isLong
      ? wideString(bytes, at + u32(bytes, at + 28))
      : cString(bytes, at + u32(bytes, at + 16));
    if (base !== "") link.target = base + suffix;
  }
  if (flags & 2) {
    const network = at + u32(bytes, at + 20);
    const share = cString(bytes, network + u32(bytes, network + 8));
    if (share !== "") link.networkTarget = suffix === "" ? share : `${share}\\${suffix}`;
  }
}

/** Shell items ([MS-SHLLINK] 2.2 leaves their content open): file entries hold a short name, their extension a long one. */
function readItems(list: Uint8Array): string[] {
  const items: string[] = [];
  for (let at = 0; at + 2 < list.length && items.length < 100; ) {
    const size = u16(list, at);
    if (size < 3) break;
    const item = slice(list, at, at + size);
    const kind = u8(item, 2);
    if (kind === 0x1f) items.push(`{${guidAt(item, 4)}}`);
    else if ((kind & 0x70) === 0x20) items.push(cString(item, 3, 32));
    else if ((kind & 0x70) === 0x30) items.push(longName(item) || cString(item, 14, 260));
    else if (kind === 0x61)
      items.push(/https?:\/\/[^\0]+/.exec(latin1(item) + utf16(item, 6))?.[0] ?? "address");
    else if ((kind & 0x70) === 0x40) items.push(cString(item, 5, 260));
    at += size;
  }
  return items.filter((item) => item !== "");
}

/** Extension block 0xBEEF0004: a UTF-16 name behind 18 to 42 bytes, by its version. */
function longName(item: Uint8Array): string {
  const at = u16(item, item.length - 2);
  if (at < 16 || at + 8 > item.length || u32(item, at + 4) !== 0xbeef0004) return "";
  const version = u16(item, at + 2);
  const skip = version >= 9 ? 46 : version >= 8 ? 42 : version >= 7 ? 38 : version >= 3 ? 20 : 18;
  return wideString(item, at + skip, 520);
}

/** [MS-SHLLINK] 2.5: blocks of size and signature; a size below 4 ends them. */
function readBlocks(bytes: Uint8Array, from: number, link: Mutable): number {
  let at = from;
  for (let i = 0; i < blocksMax; i++) {
    const size = u32(bytes, at);
    if (size < 4 || at + 4 > bytes.length) return at + 4;
    const signature = u32(bytes, at + 4);
    if (signature === 0xa0000001)
      Object.assign(
        link,
        defined("environmentTarget", wideString(bytes, at + 268, 520) || cString(bytes, at + 8, 260)),
      );
    else if (signature === 0xa0000007)
      Object.assign(
        link,
        defined("iconEnvironment", wideString(bytes, at + 268, 520) || cString(bytes, at + 8, 260)),
      );
    else if (signature === 0xa0000003) {
      link.machineId = cString(bytes, at + 16, 16);
      // The last six bytes of a version-1 GUID are the card's address.
      const mac = slice(bytes, at + 58, at + 64);
      if (mac.some((byte) => byte !== 0))
        link.macAddress = [...mac].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
    }
    at += size;
  }
  return at;
}
