import type { LineFormat } from "@firebreak/model/format";
import { parseJsonObject } from "../../json/parse.ts";
import { JsonRecordReader } from "../../json/record.ts";

/** JSON, one object a line (NDJSON). Products are known by their keys, ECS passes through, the rest is inferred. */
export const format = {
  kind: "line",
  name: "generic/json-lines",
  title: "JSON, one object a line",
  version: 1,
  notes:
    "A line that is one JSON object. Known products by their keys; ECS as it is; else the meaning of keys is inferred with a confidence (firebreak.inference.*). A time without zone is read in the case's zone.",
  sniff(line) {
    return jsonText(line) === undefined ? 0 : 0.4;
  },
  open(context) {
    const reader = new JsonRecordReader(context, "generic/json-lines");
    return {
      parse(record) {
        const text = jsonText(record);
        if (text === undefined) return undefined;
        const object = parseJsonObject(text);
        if (object === undefined) return { reject: "broken JSON" };
        return reader.read(object);
      },
    };
  },
} satisfies LineFormat;

/**
 * The JSON text of a line: the line itself, without the comma that exports leave behind an object, or what follows the
 * service prefix of `docker compose logs` ("web-1  | {…}"). A line cut before its closing brace counts: it is rejected as
 * broken rather than taken for another format.
 */
function jsonText(line: string): string | undefined {
  let start = 0;
  let code = line.charCodeAt(0);
  while (code === 32 || code === 9) code = line.charCodeAt(++start);
  if (code !== 123) {
    const bar = line.indexOf("| {");
    if (bar <= 0 || bar > 80 || !/^[\w.-]+ *$/.test(line.slice(0, bar))) return undefined;
    start = bar + 2;
  }
  if (!/^\{\s*(?:"|\}\s*,?\s*$)/.test(line.slice(start, start + 64))) return undefined;
  let end = line.length;
  while (end > start && line.charCodeAt(end - 1) <= 32) end--;
  if (line.charCodeAt(end - 1) === 44) end--;
  return start === 0 && end === line.length ? line : line.slice(start, end);
}
