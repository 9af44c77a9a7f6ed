import type { Picture } from "@firebreak/model/picture";

/** Members whose values the type fixes, or that are numbers of a reference: evidence cannot choose them. */
const fixed = new Set([
  "ref",
  "severity",
  "level",
  "state",
  "kind",
  "type",
  "time",
  "first",
  "last",
  "start",
  "end",
  "from",
  "to",
  "id",
  "because",
  "format",
]);
/** Members that hold references. */
const references = new Set(["events", "techniques"]);

/** The picture as evidence could make it at worst: `payload` after every text and in every free name. */
export function poison(picture: Picture, payload: string): Picture {
  return change(picture, payload, "") as Picture;
}

function change(value: unknown, payload: string, key: string): unknown {
  if (typeof value === "string") return fixed.has(key) || references.has(key) ? value : value + payload;
  if (Array.isArray(value)) return value.map((item) => change(item, payload, key));
  if (typeof value !== "object" || value === null) return value;
  const isFree = ["fields", "settings", "skipped", "formats", "byDataset"].includes(key);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      isFree ? name + payload : name,
      change(inner, payload, name),
    ]),
  );
}

/** Tokens that do harm in one format or another. */
export const harmful = [
  "<script>alert(1)</script>",
  "</script><img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  "</title></style><!--",
  "]]>",
  "&lt;b&gt;",
  "](javascript:alert(1))",
  "![x](https://evil.example/p.png)",
  "https://evil.example/a|b",
  "|",
  "\\|",
  "\\",
  "`",
  "``` ` ",
  "<!-- ",
  "$x$",
  "\n\n# heading\n",
  "\r\n| a | b |\n",
  "\u202egpj.exe",
  "\u2066\u200b",
  "\u001b[2J\u001b]0;title\u0007",
  "\u009b31m",
  "\u0000",
  "\ud800",
  "{{alert(1)}}",
  "%n%s",
  "文件名",
  "e\u0301",
];
