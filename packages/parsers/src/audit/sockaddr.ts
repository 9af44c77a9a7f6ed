/** Address and port of a SOCKADDR record's hex `saddr` (struct sockaddr); a path for AF_UNIX. */
export function readSockaddr(hex: string): { address?: string; port?: number; path?: string } | undefined {
  if (!/^[0-9A-Fa-f]{4,256}$/.test(hex) || hex.length % 2 !== 0) return undefined;
  const bytes = Buffer.from(hex, "hex");
  const family = bytes.readUInt16LE(0);
  if (family === 2 && bytes.length >= 8) {
    return { address: `${bytes[4]}.${bytes[5]}.${bytes[6]}.${bytes[7]}`, port: bytes.readUInt16BE(2) };
  }
  if (family === 10 && bytes.length >= 24) {
    const groups: string[] = [];
    for (let i = 8; i < 24; i += 2) groups.push(bytes.readUInt16BE(i).toString(16));
    return { address: groups.join(":"), port: bytes.readUInt16BE(2) };
  }
  if (family === 1) {
    const path = bytes.subarray(2).toString("utf8").replace(/^\0/, "@").split("\0", 1)[0]!;
    return path === "" ? {} : { path };
  }
  return undefined;
}
