/** Windows code pages to the names that TextDecoder knows; others are read as Latin-1. */
const labels: Record<number, string> = {
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  10000: "macintosh",
  10007: "x-mac-cyrillic",
  20866: "koi8-r",
  21866: "koi8-u",
  20127: "windows-1252",
  54936: "gb18030",
  65001: "utf-8",
  1200: "utf-16le",
};

/** Text in a code page; never throws. */
export function decodeCodepage(bytes: Uint8Array, codepage: number): string {
  const label =
    labels[codepage] ?? (codepage >= 1250 && codepage <= 1258 ? `windows-${codepage}` : "windows-1252");
  return new TextDecoder(label).decode(bytes);
}
