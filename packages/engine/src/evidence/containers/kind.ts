export type ContainerKind = "zip" | "gzip" | "zstd" | "tar" | "7z" | "bzip2" | "xz" | "rar";

function startsWith(bytes: Uint8Array, magic: readonly number[], at = 0): boolean {
  return magic.every((byte, i) => bytes[at + i] === byte);
}

/** Recognises a container by its first 512 bytes. */
export function containerKind(head: Uint8Array): ContainerKind | undefined {
  if (startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6])) return "zip";
  if (startsWith(head, [0x1f, 0x8b, 8])) return "gzip";
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return "zstd";
  if (startsWith(head, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])) return "7z";
  if (startsWith(head, [0x42, 0x5a, 0x68]) && startsWith(head, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 4))
    return "bzip2";
  if (startsWith(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])) return "xz";
  if (startsWith(head, [0x52, 0x61, 0x72, 0x21, 0x1a, 7])) return "rar";
  if (startsWith(head, [0x75, 0x73, 0x74, 0x61, 0x72], 257)) return "tar";
  return undefined;
}
