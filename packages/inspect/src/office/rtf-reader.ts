/** Rich Text Format as Word reads it (RTF 1.9.1): groups, control words, and destinations whose content is data. */

export interface RtfPiece {
  /** Control word of the destination: "objdata", "fldinst", "template", "objclass", "datastore" … */
  readonly destination: string;
  readonly content: string;
  readonly at: number;
}

export interface RtfFacts {
  readonly pieces: readonly RtfPiece[];
  /** Control words that matter, with where each stands first. */
  readonly words: ReadonlyMap<string, number>;
  /** Text outside of destinations. */
  readonly text: string;
  /** Tricks that mislead simple readers. */
  readonly oddities: ReadonlySet<string>;
  readonly depth: number;
}

const collected = new Set([
  "objdata",
  "fldinst",
  "template",
  "objclass",
  "objname",
  "datastore",
  "passwordhash",
  "oleclsid",
]);
const noted = new Set([
  "object",
  "objemb",
  "objlink",
  "objautlink",
  "objupdate",
  "objocx",
  "objhtml",
  "field",
  "shpinst",
  "pict",
]);
const skipped = new Set([
  "fonttbl",
  "colortbl",
  "stylesheet",
  "info",
  "listtable",
  "listoverridetable",
  "themedata",
  "colorschememapping",
  "latentstyles",
  "rsidtbl",
  "xmlnstbl",
  "generator",
  "pict",
  "blipuid",
  "pnseclvl",
  "datafield",
]);
const depthMax = 5000;
const textCharsMax = 8 * 2 ** 20;

interface Group {
  destination: string;
  isIgnorable: boolean;
  piece: number;
}

export function readRtf(text: string, check: () => void): RtfFacts {
  const pieces: { destination: string; content: string[]; at: number }[] = [];
  const words = new Map<string, number>();
  const oddities = new Set<string>();
  const plain: string[] = [];
  const stack: Group[] = [{ destination: "", isIgnorable: false, piece: -1 }];
  let deepest = 0;
  let textLength = 0;
  if (!/^\s*\{\\rtf1/.test(text)) oddities.add("the file does not begin with {\\rtf1");
  const add = (content: string) => {
    const group = stack.at(-1)!;
    if (group.piece >= 0) pieces[group.piece]!.content.push(content);
    else if (group.destination === "" && !group.isIgnorable && textLength < textCharsMax) {
      plain.push(content);
      textLength += content.length;
    }
  };
  const token = /[{}]|\\(?:([a-zA-Z]{1,64})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|\r?\n|([^a-zA-Z]))|[^\\{}]+/g;
  let steps = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (++steps % 16_384 === 0) check();
    const [whole, word, value, hex, symbol] = match;
    if (whole === "{") {
      if (stack.length < depthMax) stack.push({ ...stack.at(-1)! });
      deepest = Math.max(deepest, stack.length);
    } else if (whole === "}") {
      if (stack.length > 1) stack.pop();
    } else if (word !== undefined) {
      const group = stack.at(-1)!;
      if (collected.has(word)) {
        if (word === "objdata" && group.destination === "objdata")
          oddities.add("a data block inside a data block");
        stack[stack.length - 1] = {
          destination: word,
          isIgnorable: false,
          piece: pieces.push({ destination: word, content: [], at: match.index }) - 1,
        };
      } else if (skipped.has(word))
        stack[stack.length - 1] = { destination: word, isIgnorable: true, piece: -1 };
      else if (word === "bin")
        token.lastIndex = readBinary(text, token.lastIndex, Number(value ?? 0), group, pieces, oddities);
      else if (word === "u" && group.destination !== "objdata")
        add(String.fromCharCode(Number(value ?? 0) & 0xffff));
      else if (/^(?:par|line|tab|cell|row)$/.test(word)) add("\n");
      else if (group.destination === "objdata") oddities.add("control words inside the data of an object");
      if (noted.has(word) && !words.has(word)) words.set(word, match.index);
    } else if (hex !== undefined) {
      if (stack.at(-1)!.destination === "objdata")
        oddities.add("escaped characters inside the data of an object");
      else add(String.fromCharCode(Number.parseInt(hex, 16)));
    } else if (symbol === "*") {
      // A destination that a reader may skip when it does not know it.
      const group = stack.at(-1)!;
      if (group.destination === "") stack[stack.length - 1] = { ...group, isIgnorable: true };
    } else if (symbol !== undefined) add(symbol === "~" ? " " : /[{}\\]/.test(symbol) ? symbol : "");
    else if (!whole.startsWith("\\"))
      add(stack.at(-1)!.destination === "objdata" ? whole : whole.replace(/[\r\n]/g, ""));
  }
  return {
    pieces: pieces.map(({ content, ...piece }) => ({ ...piece, content: content.join("") })),
    words,
    text: plain.join(""),
    oddities,
    depth: deepest,
  };
}

/** `\binN` is followed by N raw bytes; inside an object's data they are its next bytes. */
function readBinary(
  text: string,
  from: number,
  count: number,
  group: Group,
  pieces: { content: string[] }[],
  oddities: Set<string>,
): number {
  if (!(count > 0)) return from;
  const end = Math.min(text.length, from + count);
  if (group.destination === "objdata") {
    oddities.add("raw bytes inside the data of an object");
    pieces[group.piece]!.content.push(Buffer.from(text.slice(from, end), "latin1").toString("hex"));
  }
  return end;
}
