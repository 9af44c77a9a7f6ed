import type { Cfb, CfbEntry } from "../cfb.ts";

/** One storage of a compound file as if it were a file of its own: documents lie inside documents this way. */
export interface Storage {
  readonly clsid: string;
  /** Path in the compound file; "" for its root. */
  readonly path: string;
  find(path: string): CfbEntry | undefined;
  read(entry: CfbEntry): Uint8Array;
  readPath(path: string): Uint8Array | undefined;
  /** Direct children. */
  streams(): CfbEntry[];
  storages(): CfbEntry[];
  sub(path: string): Storage;
}

export function storageOf(cfb: Cfb, entry: CfbEntry = cfb.root): Storage {
  const prefix = entry.path === "" ? "" : `${entry.path}/`;
  const children = () =>
    cfb.entries.filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes("/"));
  const find = (path: string) => cfb.find(prefix + path);
  return {
    clsid: entry.clsid,
    path: entry.path,
    find,
    read: (item) => cfb.read(item),
    readPath: (path) => cfb.readPath(prefix + path),
    streams: () => children().filter(({ kind }) => kind === "stream"),
    storages: () => children().filter(({ kind }) => kind === "storage"),
    sub: (path) => storageOf(cfb, find(path) ?? { ...entry, path: prefix + path, clsid: "" }),
  };
}
