import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";

const name = "windows/setupapi";
const maxSectionText = 16_384;
const startTime = /^>>> {2}Section start (\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}\.\d{3})/m;
const endTime = /^<<< {2}Section end (\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}\.\d{3})/m;

/** SetupAPI's device and application installation logs: when a device, a USB stick among them, was first connected. */
export const format = {
  kind: "line",
  name,
  title: "Windows SetupAPI installation log",
  version: 1,
  notes:
    "Sections `>>>  [Device Install … - USB\\VID_…]` to `<<<  [Exit status: …]`; local time without zone.",
  sniff: (line, head) => {
    if (/^(?:>>> {2}\[|>>> {2}Section start |<<< {2}Section end |<<< {2}\[Exit status)/.test(line))
      return 0.97;
    if (/^\[(?:Device Install Log|SetupAPI Log|BeginLog|Boot Session: )/.test(line)) return 0.97;
    if (/^[ !]{1,5}(?:[a-z]{2,4}|\.\.\.): /.test(line)) return 0.6;
    return head.text.startsWith("[Device Install Log]") && /^ {5}\S[^=]{0,40} = /.test(line) ? 0.6 : 0;
  },
  open: (context) => {
    let lastLine = "";
    return {
      continues: (pending, line) => {
        if (
          !pending.startsWith(">>>  [") ||
          lastLine.startsWith("<<<  [Exit status") ||
          line.startsWith(">>>  [")
        ) {
          lastLine = "";
          return false;
        }
        lastLine = line;
        return true;
      },
      parse: (record) => {
        lastLine = "";
        return parse(record, context);
      },
    };
  },
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const boot = /^\[Boot Session: (\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}\.\d{3})\]/.exec(record);
  if (boot !== null)
    return finish(
      boot[1],
      {
        "event.kind": "event",
        "event.category": ["host"],
        "event.type": ["start"],
        "event.action": "system-started",
      },
      context,
    );
  const section = /^>>> {2}\[(.{1,1024})\]\s*(?:\n|$)/.exec(record);
  if (section === null)
    return /^[[ !<>]/.test(record) ? { skip: "header or line outside of a section" } : undefined;
  const fields = sectionFields(section[1]!, record);
  return finish(
    startTime.exec(record.slice(0, 4096))?.[1],
    fields,
    context,
    endTime.exec(record.slice(-4096))?.[1],
  );
}

/** "Device Install (Hardware initiated) - USB\VID_0781&PID_5567\4C53" */
function sectionFields(title: string, record: string): Fields {
  const at = title.indexOf(" - ");
  const what = at < 0 ? title : title.slice(0, at);
  const instance = at < 0 ? undefined : title.slice(at + 3);
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["host"],
    "event.type": ["info"],
    "event.action": actionOf(what),
    message: title,
  };
  if (instance !== undefined) {
    if (/^[A-Za-z]:\\/.test(instance)) fields["file.path"] = instance;
    else fields["device.id"] = instance;
  }
  const exit = /^<<< {2}\[Exit status: ([^\]\n]{1,64})\]/m.exec(record.slice(-512));
  if (exit !== null) {
    fields["event.outcome"] = exit[1] === "SUCCESS" ? "success" : "failure";
    if (exit[1] !== "SUCCESS") fields["event.reason"] = exit[1]!;
  }
  const text = record.slice(0, maxSectionText);
  const command = /^\s{1,8}cmd: (.{1,2048})$/m.exec(text);
  if (command !== null) fields["process.command_line"] = command[1]!.trim();
  const description =
    /DevDesc\s{1,8}- (.{1,256})$/m.exec(text) ?? /Description\s{1,8}- \[?([^\]\n]{1,256})\]?$/m.exec(text);
  if (description !== null) fields["device.model.name"] = description[1]!.trim();
  if (/^>>> {2}\[(?:Device Install|Install Device|Restart Device)/.test(record) && /USBSTOR\\/.test(title))
    fields["device.type"] = "usb-storage";
  return fields;
}

function actionOf(what: string): string {
  const lower = what.toLowerCase();
  if (lower.startsWith("device install")) return "device-installed";
  if (lower.includes("uninstall") || lower.startsWith("delete device")) return "device-removed";
  if (lower.includes("driver package") || lower.includes("driver update")) return "driver-package-handled";
  return (
    lower
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "section"
  );
}

function finish(start: string | undefined, fields: Fields, context: ParseContext, end?: string): LineResult {
  const time = start === undefined ? undefined : context.time.iso(start);
  const until = end === undefined ? undefined : context.time.iso(end);
  if (time !== undefined && until !== undefined && until.ms >= time.ms) {
    fields["event.end"] = new Date(until.ms).toISOString();
    fields["event.duration"] = (until.ms - time.ms) * 1_000_000;
  }
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}
