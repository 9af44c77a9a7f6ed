import type { Fields } from "@firebreak/model/event";
import type { DocumentFormat, Head } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { decodeText, detectEncoding } from "../../text/encoding.ts";
import { setAccount } from "../../windows/ecs/steps.ts";
import { baseName } from "../../windows/text.ts";
import { attribute, scanXml } from "../../xml/scan.ts";

const name = "windows/scheduled-task";
const maxTaskBytes = 4 << 20;

/** A task definition of the Task Scheduler ([MS-TSCH] 2.5), as it lies in System32\Tasks: one file, one event. */
export const format = {
  kind: "document",
  name,
  title: "Windows scheduled task definition (XML)",
  version: 1,
  notes:
    "`<Task xmlns='http://schemas.microsoft.com/windows/2004/02/mit/task'>`; the registration date is local unless it has an offset.",
  sniff: (head: Head) =>
    /^\s{0,64}(?:<\?xml[^>]{0,200}\?>\s{0,64})?<Task\s/.test(head.text) &&
    head.text.includes("windows/2004/02/mit/task")
      ? 1
      : 0,
  parse: (source, context, sink) => {
    const range = { offset: 0, length: source.size };
    if (source.size > maxTaskBytes) {
      sink.reject(range, "task definition longer than 4 MiB");
      return;
    }
    const bytes = source.read(0, source.size);
    const { encoding, bomLength } = detectEncoding(bytes);
    const values = new Map<string, string[]>();
    const path: string[] = [];
    let text = "";
    const problem = scanXml(decodeText(bytes.subarray(bomLength), encoding).replaceAll("\0", ""), {
      open: (element, attributes) => {
        path.push(element);
        text = "";
        const context =
          path.length === 2 && element === "Actions" ? attribute(attributes, "Context") : undefined;
        if (context !== undefined) values.set("Actions.Context", [context]);
      },
      text: (part) => {
        text += part;
      },
      close: () => {
        const key = path.slice(1).join(".");
        if (text.trim() !== "" && values.size < 500)
          values.set(key, [...(values.get(key) ?? []), text.trim()]);
        path.pop();
        text = "";
      },
    });
    if (problem !== undefined && values.size === 0) {
      sink.reject(range, problem);
      return;
    }
    if (problem !== undefined) sink.note(`the definition is damaged: ${problem}`);
    const date = values.get("RegistrationInfo.Date")?.[0];
    const time = date === undefined ? undefined : context.time.iso(date);
    const fields = taskFields(values);
    sink.event(
      time === undefined ? { dataset: name, fields, ...range } : { dataset: name, time, fields, ...range },
    );
  },
} satisfies DocumentFormat;

function taskFields(values: ReadonlyMap<string, readonly string[]>): Fields {
  const first = (key: string) => values.get(key)?.[0];
  const fields: Fields = {
    "event.kind": "state",
    "event.category": ["configuration"],
    "event.type": ["info"],
    "event.action": "scheduled-task-defined",
  };
  const copy = (to: string, key: string) => {
    const value = first(key);
    if (value !== undefined) fields[to] = value;
  };
  copy("winlog.task_scheduler.name", "RegistrationInfo.URI");
  const author = first("RegistrationInfo.Author");
  if (author !== undefined && author.length < 512) setAccount(fields, "user", author);
  const runsAs = first("Principals.Principal.UserId") ?? first("Principals.Principal.GroupId");
  if (runsAs !== undefined && runsAs.length < 512) setAccount(fields, "user.effective", runsAs);
  const command = first("Actions.Exec.Command");
  if (command !== undefined) {
    const path = command.replace(/^"|"$/g, "");
    const args = first("Actions.Exec.Arguments");
    fields["process.executable"] = path;
    fields["process.name"] = baseName(path);
    fields["process.command_line"] = args === undefined ? command : `${command} ${args}`;
  }
  copy("process.working_directory", "Actions.Exec.WorkingDirectory");
  for (const [key, list] of values) {
    if (/^(?:Triggers|Settings|Principals|RegistrationInfo|Actions)\b/.test(key))
      fields[`firebreak.raw.${key}`] = list.length === 1 ? list[0]! : [...list];
  }
  addRelated(fields);
  return fields;
}
