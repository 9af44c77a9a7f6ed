import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setFile, setHash, setProgram } from "../../ecs/parts.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { integerOf } from "../../text/numbers.ts";

const head = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\] ([A-Z]) santad: action=/;

/** Santa's own log (santa.dev, "Logs"): `key=value` between bars; a bar within a value is written `<pipe>`. UTC with Z. */
export const format = {
  kind: "line",
  name: "endpoint/santa",
  title: "Santa (macOS) log",
  version: 1,
  notes: "`[ISO time] I santad: action=EXEC|decision=ALLOW|…|path=…|args=…`. UTC with Z.",
  sniff: (line) => (head.test(line) ? 0.98 : 0),
  open: (context) => ({ parse: (record) => parseSanta(record, context) }),
} satisfies LineFormat;

const texts: Record<string, string> = {
  uid: "user.id",
  user: "user.name",
  gid: "group.id",
  group: "group.name",
  reason: "event.reason",
  explain: "event.reason",
};

function parseSanta(line: string, context: ParseContext): LineResult {
  const match = head.exec(line);
  if (match === null) return undefined;
  const time = context.time.iso(match[1]!);
  if (time === undefined) return { reject: "no valid time" };
  const held: Record<string, string> = Object.create(null);
  for (const part of line.slice(match[0].length - "action=".length).split("|", 200)) {
    const equal = part.indexOf("=");
    if (equal > 0) held[part.slice(0, equal)] = part.slice(equal + 1).replaceAll("<pipe>", "|");
  }
  const fields: Fields = { "event.kind": "event", "log.level": match[2] === "E" ? "error" : "info" };
  for (const key in held) {
    const name = Object.hasOwn(texts, key) ? texts[key] : undefined;
    fields[name ?? rawField(key)] = held[key]!;
  }
  fill(fields, held);
  addRelated(fields);
  return { dataset: "endpoint/santa", time, fields };
}

function fill(fields: Fields, held: Record<string, string>): void {
  const action = held.action!.toLowerCase();
  const isExecution = action === "exec";
  if (action !== "") fields["event.action"] = action;
  fields["event.category"] = [isExecution ? "process" : action.startsWith("disk") ? "host" : "file"];
  fields["event.type"] = [isExecution ? "start" : action.startsWith("disk") ? "info" : fileType(action)];
  if (held.decision !== undefined)
    fields["event.outcome"] = held.decision === "ALLOW" ? "success" : "failure";
  const program = isExecution ? held.path : held.processpath;
  if (program !== undefined) setProgram(fields, "process", program);
  if (!isExecution && held.path !== undefined) setFile(fields, "file", held.path);
  if (held.sha256 !== undefined) setHash(fields, isExecution ? "process.hash" : "file.hash", held.sha256);
  if (held.process !== undefined) fields["process.name"] = held.process;
  if (isExecution && held.args !== undefined) fields["process.command_line"] = held.args;
  for (const [key, name] of [
    ["pid", "process.pid"],
    ["ppid", "process.parent.pid"],
  ] as const) {
    const number = integerOf(held[key] ?? "");
    if (number !== undefined) fields[name] = number;
  }
}

function fileType(action: string): string {
  if (action === "delete") return "deletion";
  return action === "write" || action === "rename" || action === "exchange" ? "change" : "info";
}
