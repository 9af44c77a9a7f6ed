import { readPairs } from "../text/pairs.ts";

/** One record of the Linux audit log: "type=SYSCALL msg=audit(1684331127.039:3210): arch=… …". */
export interface AuditRecord {
  readonly type: string;
  /** The moment as it is recorded: "1684331127.039", or ausearch -i's wall-clock time "08/17/2021 06:00:31.538". */
  readonly moment: string;
  readonly serial: string;
  readonly node: string | undefined;
  readonly pairs: ReadonlyMap<string, string>;
}

/** "node=web1 type=SYSCALL msg=audit(1684331127.039:3210): " or the kernel's "audit: type=1400 audit(…): ". */
const head =
  /^(?:node=(\S{1,255}) )?(?:audit: )?(?:type=([A-Za-z0-9_[\]]{1,40}) )?(?:msg=)?audit\(((?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4} \d\d:\d\d:\d\d|\d{1,12})\.\d{1,3}):(\d{1,20})\) ?: ?/;

/** The kernel's log names types by their number (linux/audit.h). */
const typeNames: Record<string, string> = {
  "1100": "USER_AUTH",
  "1101": "USER_ACCT",
  "1103": "CRED_ACQ",
  "1104": "CRED_DISP",
  "1105": "USER_START",
  "1106": "USER_END",
  "1107": "USER_AVC",
  "1112": "USER_LOGIN",
  "1123": "USER_CMD",
  "1130": "SERVICE_START",
  "1131": "SERVICE_STOP",
  "1300": "SYSCALL",
  "1302": "PATH",
  "1305": "CONFIG_CHANGE",
  "1306": "SOCKADDR",
  "1307": "CWD",
  "1309": "EXECVE",
  "1325": "NETFILTER_CFG",
  "1326": "SECCOMP",
  "1327": "PROCTITLE",
  "1334": "BPF",
  "1400": "AVC",
  "1701": "ANOM_ABEND",
};

/** The part of the head that all records of one event share. */
export function auditSerial(line: string): string | undefined {
  const at = line.indexOf("audit(");
  if (at < 0 || at > 320) return undefined;
  const end = line.indexOf(")", at);
  return end < 0 || end > at + 56 ? undefined : line.slice(at, end);
}

export function looksLikeAudit(line: string): boolean {
  const match = head.exec(line);
  return match?.[2] !== undefined;
}

export function readAuditRecord(line: string): AuditRecord | undefined {
  const match = head.exec(line);
  if (!match || match[2] === undefined) return undefined;
  const pairs = new Map<string, string>();
  const type = typeNames[match[2]] ?? match[2];
  const text = line.slice(match[0].length).replaceAll("\u001d", " ");
  // ausearch -i writes the command line as it was, without quotes.
  const isInterpreted = match[3]!.includes(":");
  if (isInterpreted && text.startsWith("proctitle=")) pairs.set("proctitle", text.slice(10));
  else collect(text, type, pairs, 0);
  return {
    type,
    moment: match[3]!,
    serial: match[4]!,
    node: match[1],
    pairs,
  };
}

/** Fields that the kernel writes in hex when they hold a space, a quote or a control character. */
const encoded =
  /^(?:comm|exe|name|cwd|proctitle|acct|cmd|data|key|new_name|path|ocomm|a\d{1,4}(?:\[\d{1,4}\])?)$/;

function collect(text: string, type: string, pairs: Map<string, string>, depth: number): void {
  readPairs(text, 0, (name, value) => {
    if (value === "" || value === "?" || value === "(null)" || value === "(none)") return;
    if (name === "msg" && depth === 0) {
      collect(value, type, pairs, 1);
      return;
    }
    // The message of user-space records repeats some names: what stands inside is what it is about.
    if (depth === 0 && pairs.has(name)) return;
    pairs.set(name, isHex(name, value, type, text) ? decodeHex(value) : value);
  });
}

function isHex(name: string, value: string, type: string, text: string): boolean {
  if (value.length < 2 || value.length % 2 !== 0 || !encoded.test(name)) return false;
  // Arguments of a system call are numbers; only those of EXECVE are text.
  if (/^a\d/.test(name) && type !== "EXECVE") return false;
  return /^[0-9A-F]+$/.test(value) && !text.includes(`${name}="${value}"`);
}

/** Hex text to UTF-8; NUL, which separates the arguments in PROCTITLE, becomes a space. */
export function decodeHex(value: string): string {
  return Buffer.from(value, "hex").toString("utf8").replace(/\0+$/, "").replaceAll("\0", " ");
}
