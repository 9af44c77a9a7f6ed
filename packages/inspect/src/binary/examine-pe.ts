import { createHash } from "node:crypto";
import { slice, u16 } from "../bytes.ts";
import { entropyOf } from "../entropy.ts";
import { binaryType } from "../identify/magic.ts";
import type { Part } from "../part.ts";
import {
  dotnetVersion,
  overlayStart,
  type PeImage,
  type PeImport,
  readExports,
  readImports,
  readPe,
} from "./pe-image.ts";
import { type PeResource, readResources, readVersion } from "./pe-resources.ts";
import { readSignature } from "./signature.ts";

const machines: Record<number, string> = {
  332: "x86",
  34404: "x64",
  452: "ARM",
  43620: "ARM64",
  512: "Itanium",
};
const subsystems: Record<number, string> = {
  1: "driver",
  2: "window",
  3: "console",
  9: "Windows CE",
  10: "EFI",
  16: "boot",
};
const packers: readonly (readonly [name: string, section: RegExp])[] = [
  ["UPX", /^UPX\d|^\.?UPX!/],
  ["ASPack", /^\.a(?:s|d)pack|^ASPack/i],
  ["Themida", /^\.?themida|^\.winlice/i],
  ["VMProtect", /^\.vmp\d/],
  ["MPRESS", /^\.MPRESS\d/],
  ["PECompact", /^(?:PEC2|pec\d?$|PECompact2)/],
  ["Petite", /^\.petite/i],
  ["Enigma", /^\.enigma\d/],
  ["NsPack", /^\.?nsp\d/],
  ["FSG", /^FSG!/],
  ["Obsidium", /^\.obsid/],
  ["Armadillo", /^\.pdata1$|^\.arma/i],
];
const packedEntropy = 7.2;

export async function examinePe(part: Part): Promise<void> {
  const { bytes } = part;
  const image = readPe(bytes);
  const imports = readImports(bytes, image);
  const hash = imphash(imports);
  if (hash !== undefined) part.hashes.imphash = hash;
  const resources = readResources(bytes, image);
  describe(part, image, imports, resources);
  if (image.sections.length === 0) part.note("damaged", "the program has no sections that can be read", true);
  const stated = image.sections.reduce((end, { at, size }) => Math.max(end, size > 0 ? at + size : 0), 0);
  if (stated > bytes.length)
    part.note("damaged", `the program is cut off: its sections need ${stated} bytes`, true);
  judgeSections(part, image, imports);
  judgeImports(part, imports);
  judgeSignature(part, image);
  await examineResources(part, resources);
  await examineOverlay(part, image);
}

function imphash(imports: readonly PeImport[]): string | undefined {
  const names = imports.flatMap(({ library, functions }) => {
    const base = library.toLowerCase().replace(/\.(?:dll|ocx|sys)$/, "");
    return functions.map((name) => `${base}.${name.toLowerCase()}`);
  });
  return names.length === 0 ? undefined : createHash("md5").update(names.join(",")).digest("hex");
}

function describe(
  part: Part,
  image: PeImage,
  imports: readonly PeImport[],
  resources: readonly PeResource[],
): void {
  const { bytes } = part;
  const version = resources.find(({ type }) => type === "version");
  const dotnet = dotnetVersion(bytes, image);
  const exported = readExports(bytes, image);
  part.details.pe = {
    machine: machines[image.machine] ?? `0x${image.machine.toString(16)}`,
    subsystem: subsystems[image.subsystem] ?? String(image.subsystem),
    // Reproducible builds store a hash here, so it is told as recorded.
    timestamp: new Date(image.timestamp * 1000).toISOString(),
    entryPoint: image.entryPoint,
    ...(dotnet !== undefined && { dotnet }),
    sections: image.sections.map(
      ({ name, at, size, virtualAddress, virtualSize, isExecutable, isWritable }) => ({
        name,
        at,
        size,
        virtualAddress,
        virtualSize,
        isExecutable,
        isWritable,
        entropy: entropyOf(slice(bytes, at, at + size)),
      }),
    ),
    imports,
    ...(exported !== undefined && { exports: exported }),
    resources: countTypes(resources),
    ...(version !== undefined && { version: readVersion(version.content) }),
  };
  if (dotnet !== undefined) part.features.add("dotnet");
  const original = version === undefined ? undefined : readVersion(version.content).OriginalFilename;
  if (
    original !== undefined &&
    part.kind === "file" &&
    /\.(?:exe|dll)$/i.test(part.name) &&
    original.toLowerCase() !== part.name.toLowerCase()
  )
    part.details.originalName = original;
}

function countTypes(resources: readonly PeResource[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function judgeSections(part: Part, image: PeImage, imports: readonly PeImport[]): void {
  for (const { name, at, size, isExecutable, isWritable } of image.sections) {
    const packer = packers.find(([, pattern]) => pattern.test(name));
    if (packer !== undefined) {
      part.features.add("packed");
      part.sign("pe-packed", packer[0], { offset: at });
    } else if (isExecutable && size > 4096 && entropyOf(slice(part.bytes, at, at + size)) > packedEntropy) {
      part.features.add("packed");
      part.sign("pe-packed", `${name} is executable and looks compressed or encrypted`, { offset: at });
    }
    if (isExecutable && isWritable)
      part.sign("pe-odd-section", `${name} can be written and run`, { offset: at });
  }
  const home = image.sections.findIndex(
    ({ virtualAddress, virtualSize, size }) =>
      image.entryPoint >= virtualAddress && image.entryPoint < virtualAddress + Math.max(virtualSize, size),
  );
  const isLibrary = (image.characteristics & 0x2000) !== 0;
  if (image.entryPoint !== 0 && image.sections.length > 0) {
    if (home < 0) part.sign("pe-entry-odd", "outside of all sections");
    else if (!image.sections[home]!.isExecutable)
      part.sign("pe-entry-odd", `in ${image.sections[home]!.name}, which is not executable`);
  }
  if (
    !isLibrary &&
    imports.length > 0 &&
    imports.flatMap(({ functions }) => functions).length <= 4 &&
    image.directories[14]!.address === 0
  )
    part.sign("pe-odd-section", "hardly any imports: the program finds its functions while it runs");
}

/** Three steps that together put code into another process. */
const injection = [
  /^VirtualAllocEx$|^NtMapViewOfSection$/,
  /^WriteProcessMemory$|^NtWriteVirtualMemory$/,
  /^CreateRemoteThread(?:Ex)?$|^SetThreadContext$|^QueueUserAPC$|^NtCreateThreadEx$|^RtlCreateUserThread$/,
];

function judgeImports(part: Part, imports: readonly PeImport[]): void {
  const names = imports.flatMap(({ functions }) => functions);
  if (injection.every((pattern) => names.some((name) => pattern.test(name))))
    part.sign(
      "pe-injection-imports",
      names.filter((name) => injection.some((pattern) => pattern.test(name))).join(", "),
    );
}

function judgeSignature(part: Part, image: PeImage): void {
  const signature = readSignature(part.bytes, image);
  if (signature === undefined) return;
  part.features.add("signed");
  part.details.signature = signature;
  if (signature.isDigestRight === false) {
    part.features.add("signature-mismatch");
    part.sign("pe-signature-mismatch", signature.subjects[0] ?? "");
  }
  part.note(
    "signature-chain",
    "the signature's chain of certificates is not checked: that needs trusted roots and a date",
    false,
  );
}

const skippedResources = new Set([
  "icon",
  "cursor",
  "bitmap",
  "string",
  "dialog",
  "menu",
  "icon-group",
  "cursor-group",
  "accelerator",
  "message-table",
  "version",
]);

/** Resources that may carry something: programs, archives, scripts, pages. */
async function examineResources(part: Part, resources: readonly PeResource[]): Promise<void> {
  for (const { type, name, content } of resources) {
    if (skippedResources.has(type) || content.length < 64) continue;
    const kind = binaryType(content);
    const carries =
      kind !== undefined && /^(?:pe-|zip|jar|cab|7z|rar|pdf|word|excel|ole|gzip|msi|elf)/.test(kind);
    if (!carries) continue;
    const report = await part.child(`resource ${type}/${name}`, content, { kind: "resource" });
    if (report?.type.id.startsWith("pe-")) part.sign("pe-embedded-program", `resource ${type}/${name}`);
  }
}

const installers: readonly (readonly [name: string, mark: string])[] = [
  ["NSIS installer", "NullsoftInst"],
  ["Inno Setup installer", "Inno Setup Setup Data"],
  ["7-Zip self-extractor", "7z\u00bc\u00af'\u001c"],
  ["WinRAR self-extractor", "Rar!\u001a\u0007"],
];

async function examineOverlay(part: Part, image: PeImage): Promise<void> {
  const start = overlayStart(part.bytes, image);
  const { address, size } = image.directories[4]!;
  // The signature lies behind the sections and is no overlay of its own.
  const isSignature = address > 0 && Math.abs(address - start) < 16;
  const content = isSignature
    ? slice(part.bytes, address + size, part.bytes.length)
    : slice(part.bytes, start, address > start ? address : part.bytes.length);
  if (content.length < 16) return;
  part.features.add("overlay");
  const at = isSignature ? address + size : start;
  part.details.overlay = { at, size: content.length, entropy: entropyOf(content) };
  const text = Buffer.from(content.subarray(0, 1 << 16)).toString("latin1");
  const installer = installers.find(([, mark]) => text.includes(mark));
  if (installer !== undefined) {
    part.details.installer = installer[0];
    part.features.add("installer");
  }
  const kind = binaryType(content);
  if (kind !== undefined && kind !== "data") await part.child("overlay", content, { kind: "overlay" });
  else if (content.length > 1024)
    part.note("overlay", `${content.length} bytes behind the program are not taken apart`, false, {
      offset: at,
    });
  if (kind?.startsWith("pe-")) part.sign("pe-embedded-program", "overlay", { offset: at });
  if (u16(content, 0) === 0x4b50 && kind === "zip") part.features.add("self-extracting");
}
