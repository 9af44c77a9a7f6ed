import { hasAt, latin1, u16, u32 } from "../bytes.ts";
import { compoundType } from "./compound.ts";
import { packageType } from "./package.ts";

type Magic = readonly [id: string, magic: string | readonly number[], at?: number];

/** Signatures at a fixed place, in the order in which they are tried. */
const magics: readonly Magic[] = [
  ["lnk", [0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46]],
  [
    "onenote",
    [0xe4, 0x52, 0x5c, 0x7b, 0x8c, 0xd8, 0xa7, 0x4d, 0xae, 0xb1, 0x53, 0x78, 0xd0, 0x29, 0x96, 0xd3],
  ],
  [
    "onenote",
    [0xa1, 0x2f, 0xff, 0x43, 0xd9, 0xef, 0x76, 0x4c, 0x9e, 0xe2, 0x10, 0xea, 0x57, 0x22, 0x76, 0x5f],
  ],
  ["activemime", "ActiveMime"],
  ["elf", [0x7f, 0x45, 0x4c, 0x46]],
  ["mach-o", [0xfe, 0xed, 0xfa, 0xce]],
  ["mach-o", [0xfe, 0xed, 0xfa, 0xcf]],
  ["mach-o", [0xce, 0xfa, 0xed, 0xfe]],
  ["mach-o", [0xcf, 0xfa, 0xed, 0xfe]],
  ["dex", "dex\n03"],
  ["wasm", [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["rar", [0x52, 0x61, 0x72, 0x21, 0x1a, 7]],
  ["ace", "**ACE**", 7],
  ["arj", [0x60, 0xea]],
  ["gzip", [0x1f, 0x8b, 8]],
  ["bzip2", "BZh"],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["lz4", [4, 0x22, 0x4d, 0x18]],
  ["cab", "MSCF\0\0\0\0"],
  ["iso", "CD001", 0x8001],
  ["iso", "CD001", 0x9319],
  ["iso", "BEA01", 0x8001],
  ["vhdx", "vhdxfile"],
  ["vhd", "conectix"],
  ["deb", "!<arch>\ndebian"],
  ["ar", "!<arch>\n"],
  ["rpm", [0xed, 0xab, 0xee, 0xdb]],
  ["wim", "MSWIM\0\0\0"],
  ["chm", "ITSF\x03\0\0\0"],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["gif", "GIF87a"],
  ["gif", "GIF89a"],
  ["tiff", "II*\0"],
  ["tiff", "MM\0*"],
  ["ico", [0, 0, 1, 0]],
  ["ico", [0, 0, 2, 0]],
  ["heif", "ftypheic", 4],
  ["heif", "ftypmif1", 4],
  ["heif", "ftypavif", 4],
  ["mp4", "ftyp", 4],
  ["emf", " EMF", 40],
  ["wmf", [0xd7, 0xcd, 0xc6, 0x9a]],
  ["psd", "8BPS\0\x01"],
  ["mp3", "ID3"],
  ["ogg", "OggS\0"],
  ["flac", "fLaC"],
  ["matroska", [0x1a, 0x45, 0xdf, 0xa3]],
  ["flash", "FWS"],
  ["flash", "CWS"],
  ["flash", "ZWS"],
  ["font", [0, 1, 0, 0, 0]],
  ["font", "OTTO\0"],
  ["font", "ttcf\0"],
  ["font", "wOFF"],
  ["font", "wOF2"],
  ["sqlite", "SQLite format 3\0"],
  ["access", "\0\x01\0\0Standard Jet DB"],
  ["access", "\0\x01\0\0Standard ACE DB"],
  ["evtx", "ElfFile\0"],
  ["registry-hive", "regf"],
  ["prefetch", "SCCA", 4],
  ["prefetch", "MAM\x04"],
  ["pcap", [0xd4, 0xc3, 0xb2, 0xa1]],
  ["pcap", [0xa1, 0xb2, 0xc3, 0xd4]],
  ["pcap", [0x0a, 0x0d, 0x0d, 0x0a]],
  ["pst", "!BDN"],
  ["tnef", [0x78, 0x9f, 0x3e, 0x22]],
  ["java-serialized", [0xac, 0xed, 0, 5]],
  ["postscript", "%!PS"],
  ["postscript", [0xc5, 0xd0, 0xd3, 0xc6]],
];

/** The type that the bytes show by signature or structure; nothing when only a look at the text can tell. */
export function binaryType(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "empty";
  if (hasAt(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return compoundType(bytes);
  if (hasAt(bytes, "PK\x03\x04") || hasAt(bytes, "PK\x05\x06") || hasAt(bytes, "PK\x07\x08PK"))
    return packageType(bytes);
  if (hasAt(bytes, "MZ") || hasAt(bytes, "ZM")) return executableType(bytes);
  if (hasAt(bytes, [0xca, 0xfe, 0xba, 0xbe]))
    return u32(bytes, 4) >>> 24 < 40 && bytes[7]! < 40 ? "mach-o" : "java-class";
  if (hasAt(bytes, "RIFF")) return riffType(bytes);
  if (hasAt(bytes, "BM") && u32(bytes, 10) < 4096 && u16(bytes, 6) === 0) return "bmp";
  const pdf = latin1(bytes, 0, 1024).indexOf("%PDF-");
  if (pdf >= 0 && !/<html|^MIME-|^From:/im.test(latin1(bytes, 0, pdf))) return "pdf";
  if (isBiff(bytes)) return "excel-biff";
  if (hasAt(bytes, "ustar", 257)) return "tar";
  const found = magics.find(([, magic, at]) => hasAt(bytes, magic, at));
  if (found !== undefined) return found[0];
  if (bytes.length >= 512 && hasAt(bytes, "conectix", bytes.length - 512)) return "vhd";
  if (bytes.length >= 512 && hasAt(bytes, "koly", bytes.length - 512)) return "dmg";
  if (bytes[0] === 0xff && (bytes[1]! & 0xe6) === 0xe2) return "mp3";
  return undefined;
}

/** [PE/COFF] 3: the offset of "PE" stands at 0x3c. */
function executableType(bytes: Uint8Array): string | undefined {
  const at = u32(bytes, 0x3c);
  if (hasAt(bytes, "PE\0\0", at)) return (u16(bytes, at + 22) & 0x2000) !== 0 ? "pe-dll" : "pe-exe";
  // Two letters are no proof: an MZ header has at least 28 bytes, most of them not printable.
  const head = latin1(bytes, 0, 64);
  return bytes.length >= 28 && /[\0-\x08]/.test(head) ? "dos-exe" : undefined;
}

function riffType(bytes: Uint8Array): string | undefined {
  return { WAVE: "wav", "AVI ": "avi", WEBP: "webp" }[latin1(bytes, 8, 12)];
}

/** [MS-XLS] 2.4.21 and its forerunners: BOF of BIFF2 to BIFF4, and BIFF5 and 8 without a compound file around. */
function isBiff(bytes: Uint8Array): boolean {
  const id = u16(bytes, 0);
  const size = u16(bytes, 2);
  const kind = u16(bytes, 6);
  const isKind = [5, 6, 0x10, 0x20, 0x40, 0x100].includes(kind);
  return (
    isKind &&
    ((id === 0x009 && size === 4) ||
      (id === 0x209 && size === 6) ||
      (id === 0x409 && size === 6) ||
      (id === 0x809 && (size === 8 || size === 16)))
  );
}
