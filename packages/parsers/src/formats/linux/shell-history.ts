import type { Fields } from "@firebreak/model/event";
import type { Head, LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";

const dataset = "linux/shell-history";

export const format = {
  kind: "line",
  name: dataset,
  title: "Shell history (bash, zsh, fish)",
  version: 1,
  notes:
    "bash with `#epoch` lines, zsh `: epoch:seconds;command`, fish `- cmd:` and `when:`; bash without times only when the lines are commands and the file is called a history (then undated).",
  sniff,
  open: (context) => ({ parse: (record) => parse(record, context), continues }),
} satisfies LineFormat;

const bashTime = /^#(\d{9,10})$/;
const zshLine = /^: (\d{9,10}):(\d{1,7});([\s\S]*)$/;
const fishStart = /^- cmd: /;

function sniff(line: string, head: Head): number {
  if (bashTime.test(line)) return 0.95;
  if (zshLine.test(line)) return 0.97;
  if (fishStart.test(line)) return 0.9;
  if (/^ {2}(?:when: \d{9,10}|paths:)$/.test(line)) return 0.8;
  return isPlainHistory(head) ? 0.7 : 0;
}

/** First words of commands; enough to tell commands from prose. */
const commands =
  /^(?:sudo |doas )?(?:\.{0,2}\/\S+|ls|cd|cat|vim?|nano|less|more|tail|head|grep|find|cp|mv|rm|mkdir|chmod|chown|ps|top|htop|kill|pkill|ssh|scp|rsync|curl|wget|git|docker|kubectl|systemctl|service|journalctl|apt|apt-get|yum|dnf|pip3?|python3?|perl|bash|sh|echo|export|history|exit|clear|whoami|id|uname|hostname|ip|ifconfig|netstat|ss|ping|nc|ncat|nmap|tar|unzip|zip|gzip|useradd|usermod|passwd|crontab|su|mount|df|du|free|man|which|make|gcc|tcpdump|iptables|ufw|screen|tmux|date|pwd|w|last|env|base64|openssl|mysql|psql|xxd|dd)(?:$|[\s;|&])/;

const verdicts = new WeakMap<Head, boolean>();

/** A file without times is taken for a history when it is named so and three of four of its first lines begin like commands. */
function isPlainHistory(head: Head): boolean {
  let verdict = verdicts.get(head);
  if (verdict === undefined) {
    const lines = head.lines.slice(0, 100);
    const likely = lines.filter((line) => commands.test(line)).length;
    verdict = /history/i.test(head.fileName) && lines.length > 0 && likely >= lines.length * 0.6;
    verdicts.set(head, verdict);
  }
  return verdict;
}

function continues(pending: string, line: string): boolean {
  if (fishStart.test(pending)) return line.startsWith("  ");
  if (zshLine.test(pending)) return pending.endsWith("\\");
  if (!bashTime.test(pending.split("\n", 1)[0]!)) return pending.endsWith("\\");
  // A time, then the command; a command of several lines runs to the next time.
  return !bashTime.test(line) && !zshLine.test(line) && !fishStart.test(line);
}

function parse(record: string, context: ParseContext): LineResult {
  const zsh = zshLine.exec(record);
  if (zsh) {
    const draft = command(zsh[3]!, epoch(zsh[1]!, context));
    if (zsh[2] !== "0") draft.fields["event.duration"] = Number(zsh[2]) * 1e9;
    return draft;
  }
  if (fishStart.test(record)) {
    const when = /\n {2}when: (\d{9,10})/.exec(record);
    const text = record.slice(7).split("\n", 1)[0]!.replaceAll("\\n", "\n").replaceAll("\\\\", "\\");
    return command(text, when ? epoch(when[1]!, context) : undefined);
  }
  const lineEnd = record.indexOf("\n");
  const bash = bashTime.exec(lineEnd < 0 ? record : record.slice(0, lineEnd));
  if (bash) {
    if (lineEnd < 0) return { skip: "time without a command" };
    return command(record.slice(lineEnd + 1), epoch(bash[1]!, context));
  }
  return command(record, undefined);
}

function epoch(seconds: string, context: ParseContext): EventTime {
  return context.time.instant(Number(seconds) * 1000, 0, seconds);
}

function command(
  text: string,
  time: EventTime | undefined,
): { dataset: string; time?: EventTime; fields: Fields } {
  const line = text.trimEnd();
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["process"],
    "event.type": ["start"],
    "event.action": "shell-command",
    "process.command_line": line,
    message: line,
  };
  const word = /^(?:sudo\s+(?:-\S+\s+)*)?([^\s;|&]+)/.exec(line);
  if (word) fields["process.name"] = word[1]!.slice(word[1]!.lastIndexOf("/") + 1) || word[1]!;
  return time ? { dataset, time, fields } : { dataset, fields };
}
