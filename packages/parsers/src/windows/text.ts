/** False for the ways Windows writes "nothing": empty, "-", the placeholder of an unresolved name. */
export function isPresent(text: string): boolean {
  return text !== "" && text !== "-" && text !== "%%1793" && text !== "N/A";
}

/** A process or port number written in decimal or as 0x hexadecimal; undefined when out of 0 to `max`. */
export function windowsInteger(text: string, max = Number.MAX_SAFE_INTEGER): number | undefined {
  if (text.length === 0 || text.length > 20) return undefined;
  if (!/^(?:0[xX][0-9a-fA-F]+|\d+)$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

/** Last part of a Windows or NT device path: `C:\Windows\explorer.exe` gives `explorer.exe`. */
export function baseName(path: string): string {
  const at = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  return at < 0 ? path : path.slice(at + 1);
}

/** Folder of a path without the last separator; undefined when there is none. */
export function folderName(path: string): string | undefined {
  const at = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  return at <= 0 ? undefined : path.slice(0, at);
}

/** `DOMAIN\user` in its parts; a name without a backslash has no domain. */
export function splitAccount(account: string): { domain?: string; name: string } {
  const at = account.indexOf("\\");
  return at < 0 ? { name: account } : { domain: account.slice(0, at), name: account.slice(at + 1) };
}
