/** ELF and Mach-O files: what they are and whether they look packed. */
import { cString, hasAt, indexOf, u16, u16be, u32, u32be, u64 } from "../bytes.ts";
import { entropyOf } from "../entropy.ts";
import type { Part } from "../part.ts";

const elfKinds: Record<number, string> = { 1: "object", 2: "program", 3: "shared object", 4: "core" };
const elfMachines: Record<number, string> = {
  3: "x86",
  8: "MIPS",
  20: "PowerPC",
  40: "ARM",
  62: "x64",
  183: "ARM64",
  243: "RISC-V",
};
const packedEntropy = 7.3;
const sectionsMax = 512;

export function examineElf(part: Part): void {
  const { bytes } = part;
  const isWide = bytes[4] === 2;
  const isBig = bytes[5] === 2;
  const word = (at: number) => (isBig ? u16be(bytes, at) : u16(bytes, at));
  const long = (at: number) => (isBig ? u32be(bytes, at) : u32(bytes, at));
  const offset = (at: number) =>
    isWide ? (isBig ? u32be(bytes, at) * 2 ** 32 + u32be(bytes, at + 4) : u64(bytes, at)) : long(at);
  const sectionAt = offset(isWide ? 40 : 32);
  const [size, count, names] = isWide ? [word(58), word(60), word(62)] : [word(46), word(48), word(50)];
  const header = (i: number) => sectionAt + i * size!;
  const textAt = offset(header(names!) + (isWide ? 24 : 16));
  const sections = Array.from({ length: Math.min(count!, sectionsMax) }, (_, i) =>
    cString(bytes, textAt + long(header(i)), 64),
  );
  part.details.elf = {
    kind: elfKinds[word(16)] ?? String(word(16)),
    machine: elfMachines[word(18)] ?? String(word(18)),
    bits: isWide ? 64 : 32,
    isStripped: !sections.includes(".symtab"),
    sections: sections.filter((name) => name !== ""),
  };
  if (indexOf(bytes, "UPX!") >= 0 && count === 0) part.sign("elf-packed", "UPX");
  else if (count === 0 && entropyOf(bytes) > packedEntropy)
    part.sign("elf-packed", "no sections, and content that looks compressed");
  const end = sectionAt + count! * size!;
  if (end > bytes.length)
    part.note("damaged", "the program is cut off: its table of sections lies outside", true);
}

const machMachines: Record<number, string> = { 7: "x86", 16777223: "x64", 12: "ARM", 16777228: "ARM64" };
const machKinds: Record<number, string> = { 1: "object", 2: "program", 6: "library", 8: "bundle" };

export function examineMachO(part: Part): void {
  const { bytes } = part;
  if (hasAt(bytes, [0xca, 0xfe, 0xba, 0xbe])) {
    const count = Math.min(u32be(bytes, 4), 20);
    part.details.machO = {
      architectures: Array.from(
        { length: count },
        (_, i) => machMachines[u32be(bytes, 8 + 20 * i)] ?? "unknown",
      ),
    };
    return;
  }
  const isBig = bytes[0] === 0xfe;
  const long = (at: number) => (isBig ? u32be(bytes, at) : u32(bytes, at));
  part.details.machO = {
    machine: machMachines[long(4)] ?? String(long(4)),
    kind: machKinds[long(12)] ?? String(long(12)),
  };
}
