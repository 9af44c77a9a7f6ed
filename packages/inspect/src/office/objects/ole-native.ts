/** A file packed into an OLE object by Windows' Packager: the stream "\x01Ole10Native" ([MS-OLEDS] 2.3.6 and its practice). */
import { cString, slice, u16, u32 } from "../../bytes.ts";

export interface PackagedFile {
  /** Name as the reader sees it. */
  readonly label: string;
  /** Path where it came from. */
  readonly sourcePath: string;
  /** Path where Office puts it before it is opened. */
  readonly temporaryPath: string;
  readonly content: Uint8Array;
  readonly isWhole: boolean;
}

/** Reads a package; nothing when the stream holds native data of another program. */
export function readOleNative(bytes: Uint8Array): PackagedFile | undefined {
  return readPackage(bytes, 4) ?? readPackage(bytes, 0);
}

function readPackage(bytes: Uint8Array, start: number): PackagedFile | undefined {
  if (u16(bytes, start) !== 2) return undefined;
  let at = start + 2;
  const label = cString(bytes, at, 1024);
  at += label.length + 1;
  const sourcePath = cString(bytes, at, 1024);
  at += sourcePath.length + 1;
  // Two words of flags (an embedded file has 0 and 3), then the counted temporary path.
  if (u16(bytes, at + 2) > 3) return undefined;
  const pathBytes = u32(bytes, at + 4);
  if (pathBytes > 4096) return undefined;
  const temporaryPath = cString(bytes, at + 8, pathBytes);
  at += 8 + pathBytes;
  const size = u32(bytes, at);
  const content = slice(bytes, at + 4, at + 4 + size);
  if (label === "" && sourcePath === "" && content.length === 0) return undefined;
  return { label, sourcePath, temporaryPath, content, isWhole: content.length === size };
}
