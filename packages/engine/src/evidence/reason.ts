const words: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  ENOTDIR: "no such file or folder",
  EACCES: "no permission to read",
  EPERM: "no permission to read",
  EISDIR: "a folder, not a file",
};

/** Why a path cannot be read, in words, from what `node:fs` throws. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return words[code ?? ""] ?? code ?? message ?? String(error);
}
