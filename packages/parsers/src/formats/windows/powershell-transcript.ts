import type { Fields } from "@firebreak/model/event";
import type { DocumentFormat, EventSink, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../../ecs/related.ts";
import { detectEncoding } from "../../text/encoding.ts";
import { walkLines } from "../../text/lines.ts";
import { setAccount } from "../../windows/ecs/steps.ts";

const name = "windows/powershell-transcript";
const ruler = /^\*{20,24}$/;
const prompt = /^(?:\[[^\]]{1,255}\]: )?PS(?: [^>]{0,260})?> ?(.*)$/;
const maxOutputChars = 32_768;

/** Start-Transcript of PowerShell: the session's head, then every command with its output. Times are local. */
export const format = {
  kind: "document",
  name,
  title: "PowerShell transcript",
  version: 1,
  notes:
    "`PowerShell transcript start`, `Start time: 20240514081023`; local time. A command has its own time only with invocation headers; else it is undated and carries the session's start.",
  sniff: (head) =>
    /^(?:\ufeff)?\*{20,24}\r?\n(?:Windows )?PowerShell transcript start\r?\n/.test(head.text.slice(0, 400))
      ? 1
      : 0,
  parse: (source, context, sink) => {
    const { encoding, bomLength } = detectEncoding(source.read(0, 64 << 10));
    if (bomLength > 0) sink.skip({ offset: 0, length: bomLength }, "byte-order mark");
    const reader = new TranscriptReader(context, sink);
    walkLines(
      source,
      { encoding, start: bomLength },
      {
        line: (text, offset, length, line) => reader.line(text, { offset, length, line }),
        tooLong: (offset, length, line) => {
          reader.flush();
          sink.reject({ offset, length, line }, "line longer than 16 MiB");
        },
      },
    );
    reader.flush();
  },
} satisfies DocumentFormat;

interface Place {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

class TranscriptReader {
  readonly #context: ParseContext;
  readonly #sink: EventSink;
  #part: "head" | "command-head" | "body" = "body";
  #head: Record<string, string> = {};
  #session: Fields = {};
  #sessionTime: EventTime | undefined;
  #commandTime: EventTime | undefined;
  #open:
    | {
        fields: Fields;
        time: EventTime | undefined;
        offset: number;
        length: number;
        line: number;
        output: string;
      }
    | undefined;

  constructor(context: ParseContext, sink: EventSink) {
    this.#context = context;
    this.#sink = sink;
  }

  line(text: string, place: Place): void {
    if (ruler.test(text)) this.#ruler(place);
    else if (this.#part === "head" || this.#part === "command-head") this.#headLine(text, place);
    else if (/^(?:Windows )?PowerShell transcript (?:start|end)/.test(text)) this.#boundary(text, place);
    else if (text.startsWith("Command start time: ")) this.#commandHead(text, place);
    else this.#body(text, place);
  }

  #ruler(place: Place): void {
    if (this.#part === "head") {
      this.#grow(place);
      this.#finishHead();
      return;
    }
    this.#part = "body";
    this.flush();
    this.#skip(place, "ruler");
  }

  #boundary(text: string, place: Place): void {
    this.flush();
    const isStart = text.endsWith("start");
    this.#head = {};
    this.#open = {
      fields: {
        "event.kind": "event",
        "event.category": ["process"],
        "event.type": [isStart ? "start" : "end"],
        "event.action": isStart ? "powershell-transcript-started" : "powershell-transcript-ended",
      },
      time: undefined,
      output: "",
      ...place,
    };
    this.#part = "head";
  }

  #headLine(text: string, place: Place): void {
    const colon = text.indexOf(":");
    if (colon > 0 && Object.keys(this.#head).length < 40)
      this.#head[text.slice(0, colon).trim()] = text.slice(colon + 1).trim();
    this.#grow(place);
  }

  #finishHead(): void {
    this.#part = "body";
    const head = this.#head;
    const start = this.#stampTime(head["Start time"] ?? head["End time"]);
    const open = this.#open;
    if (open === undefined) return;
    open.time = start;
    if (head["Start time"] !== undefined) {
      this.#sessionTime = start;
      this.#session = sessionFields(head);
    }
    Object.assign(open.fields, this.#session);
    this.flush();
  }

  #commandHead(text: string, place: Place): void {
    this.flush();
    this.#commandTime = this.#stampTime(text.slice(20).trim());
    this.#skip(place, "command header");
  }

  #body(text: string, place: Place): void {
    const command = prompt.exec(text)?.[1];
    if (command === undefined) {
      if (this.#open === undefined) this.#skip(place, "output outside of a command");
      else {
        if (this.#open.output.length < maxOutputChars) this.#open.output += `${text}\n`;
        this.#grow(place);
      }
      return;
    }
    this.flush();
    const fields: Fields = {
      "event.kind": "event",
      "event.category": ["process"],
      "event.type": ["info"],
      "event.action": "powershell-command-run",
      ...this.#session,
    };
    fields["winlog.powershell.command.value"] = command;
    // Without an invocation header only the session's start is known: the command is not dated from it.
    if (this.#commandTime === undefined && this.#sessionTime !== undefined)
      fields["event.start"] = new Date(this.#sessionTime.ms).toISOString();
    this.#open = { fields, time: this.#commandTime, output: "", ...place };
    this.#commandTime = undefined;
  }

  #grow(place: Place): void {
    const open = this.#open;
    if (open === undefined) this.#skip(place, "header");
    else open.length = place.offset + place.length - open.offset;
  }

  #stampTime(text: string | undefined): EventTime | undefined {
    const match = text === undefined ? null : /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
    if (match === null) return undefined;
    const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return this.#context.time.local({ year, month, day, hour, minute, second }, text!);
  }

  #skip({ offset, length }: Place, reason: string): void {
    this.#sink.skip({ offset, length }, reason);
  }

  flush(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const output = open.output.trim();
    if (output !== "") open.fields.message = output;
    addRelated(open.fields);
    const { fields, offset, length, line } = open;
    const event = { dataset: name, fields, offset, length, line };
    this.#sink.event(open.time === undefined ? event : { ...event, time: open.time });
  }
}

function sessionFields(head: Record<string, string>): Fields {
  const fields: Fields = {};
  const user = head.Username;
  if (user !== undefined && user !== "" && user.length < 512) setAccount(fields, "user", user);
  const runAs = head["RunAs User"];
  if (runAs !== undefined && runAs !== user && runAs.length < 512 && runAs !== "")
    setAccount(fields, "user.effective", runAs);
  const machine = /^(\S{1,255})/.exec(head.Machine ?? "")?.[1];
  if (machine !== undefined) fields["host.name"] = machine;
  const application = head["Host Application"];
  if (application !== undefined && application !== "") fields["process.command_line"] = application;
  const pid = head["Process ID"];
  if (pid !== undefined && /^\d{1,10}$/.test(pid)) fields["process.pid"] = Number(pid);
  return fields;
}
