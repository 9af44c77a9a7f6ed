/** Writes compound files ([MS-CFB], version 3): small streams in the mini stream, the others in sectors. */
import { bytes, guid, le16, le32, pad, wide } from "./bytes.ts";

const free = 0xffffffff;
const endOfChain = 0xfffffffe;
const fatSector = 0xfffffffd;

interface Node {
  name: string;
  kind: 1 | 2 | 5;
  content?: Uint8Array;
  clsid?: string;
  children: Node[];
}

/** `streams` by path, "/" between storages; `classes` gives CLSIDs of storages ("" is the root). */
export function writeCfb(
  streams: Readonly<Record<string, Uint8Array>>,
  classes: Readonly<Record<string, string>> = {},
): Uint8Array {
  const root: Node = {
    name: "Root Entry",
    kind: 5,
    children: [],
    ...(classes[""] && { clsid: classes[""] }),
  };
  for (const [path, content] of Object.entries(streams)) {
    const steps = path.split("/");
    let at = root;
    steps.forEach((name, i) => {
      const isLast = i === steps.length - 1;
      let next = at.children.find((child) => child.name === name);
      if (next === undefined) {
        const clsid = classes[steps.slice(0, i + 1).join("/")];
        next = {
          name,
          kind: isLast ? 2 : 1,
          children: [],
          ...(clsid && { clsid }),
          ...(isLast && { content }),
        };
        at.children.push(next);
      }
      at = next;
    });
  }
  return layOut(root);
}

function layOut(root: Node): Uint8Array {
  const nodes: Node[] = [];
  const collect = (node: Node) => {
    nodes.push(node);
    node.children.forEach(collect);
  };
  collect(root);
  const sectors: Uint8Array[] = [];
  const fat: number[] = [];
  const store = (content: Uint8Array): number => {
    if (content.length === 0) return endOfChain;
    const start = sectors.length;
    const padded = pad(content, 512);
    for (let i = 0; i < padded.length; i += 512) {
      sectors.push(padded.subarray(i, i + 512));
      fat.push(i + 512 < padded.length ? sectors.length : endOfChain);
    }
    return start;
  };
  const mini: Uint8Array[] = [];
  const miniFat: number[] = [];
  const storeMini = (content: Uint8Array): number => {
    if (content.length === 0) return endOfChain;
    const start = miniFat.length;
    const padded = pad(content, 64);
    mini.push(padded);
    for (let i = 0; i < padded.length; i += 64)
      miniFat.push(i + 64 < padded.length ? miniFat.length + 1 : endOfChain);
    return start;
  };
  const starts = nodes.map(({ content }) =>
    content === undefined ? 0 : content.length < 4096 ? storeMini(content) : store(content),
  );
  const miniStream = bytes(...mini);
  starts[0] = store(miniStream);
  const miniFatStart = store(bytes(...miniFat.map(le32)));
  const directory = nodes.map((node, i) =>
    directoryEntry(nodes, node, i === 0 ? miniStream.length : undefined, starts[i]!),
  );
  const directoryStart = store(pad(bytes(...directory), 512));
  let fatSectors = 1;
  while (fatSectors * 128 < sectors.length + fatSectors) fatSectors++;
  const fatStart = sectors.length;
  for (let i = 0; i < fatSectors; i++) fat.push(fatSector);
  while (fat.length < fatSectors * 128) fat.push(free);
  const header = bytes(
    [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    new Uint8Array(16),
    le16(0x3e),
    le16(3),
    le16(0xfffe),
    le16(9),
    le16(6),
    new Uint8Array(6),
    le32(0),
    le32(fatSectors),
    le32(directoryStart),
    le32(0),
    le32(4096),
    le32(miniFat.length === 0 ? endOfChain : miniFatStart),
    le32(Math.ceil(miniFat.length / 128)),
    le32(endOfChain),
    le32(0),
    ...Array.from({ length: 109 }, (_, i) => le32(i < fatSectors ? fatStart + i : free)),
  );
  return bytes(header, ...sectors, ...fat.map(le32));
}

/** Children of a storage hang on one another as right siblings: valid to walk, though not balanced. */
function directoryEntry(nodes: Node[], node: Node, size: number | undefined, start: number): Uint8Array {
  const parent = nodes.find(({ children }) => children.includes(node));
  const next = parent?.children[parent.children.indexOf(node) + 1];
  const child = node.children[0];
  const name = wide(node.name);
  return bytes(
    name,
    new Uint8Array(64 - name.length),
    le16(name.length + 2),
    node.kind,
    1,
    le32(free),
    le32(next === undefined ? free : nodes.indexOf(next)),
    le32(child === undefined ? free : nodes.indexOf(child)),
    node.clsid === undefined ? new Uint8Array(16) : guid(node.clsid),
    new Uint8Array(20),
    le32(start),
    le32(size ?? node.content?.length ?? 0),
    le32(0),
  );
}
