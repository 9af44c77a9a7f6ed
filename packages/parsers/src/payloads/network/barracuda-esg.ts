import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";

const dataset = "mail/barracuda-esg";

export const payload = {
  name: dataset,
  title: "Barracuda Email Security Gateway (Spam Firewall)",
  programs: ["scan", "inbound", "outbound", "inbound/pass1", "inbound/pass2", "outbound/smtp", "notify"],
  parse,
} satisfies SyslogPayload;

/** Client, message id, start, end, service and what the service says (Barracuda, "Syslog and the Barracuda Email Security Gateway"). */
const line =
  /^(?:(\S{0,255}?)\[([^\]]{0,60})\]|(\S{1,60}))? ?(\d{9,11}-[0-9A-Fa-f]{2,}(?:-[\w-]{1,40})?) (\d+) (\d+) (RECV|SCAN|SEND) (.*)$/;

/** Action codes of RECV and SCAN. */
const scanActions: Record<string, string> = {
  "0": "allowed",
  "1": "aborted",
  "2": "blocked",
  "3": "quarantined",
  "4": "tagged",
  "5": "deferred",
  "6": "per-user-quarantined",
  "7": "whitelisted",
  "8": "encrypted",
  "9": "redirected",
  "10": "attachments-stubbed",
};
/** Action codes of SEND. */
const sendActions: Record<string, string> = {
  "1": "delivered",
  "2": "rejected",
  "3": "deferred",
  "4": "expired",
};
const good = new Set([
  "allowed",
  "tagged",
  "whitelisted",
  "encrypted",
  "redirected",
  "attachments-stubbed",
  "delivered",
]);

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = line.exec(message.length > 8192 ? message.slice(0, 8192) : message);
  if (!match) return undefined;
  const fields: Fields = {
    "observer.vendor": "Barracuda",
    "observer.product": "Email Security Gateway",
    "event.category": ["email"],
    "event.type": ["info"],
    "email.local_id": match[4]!,
    "firebreak.raw.service": match[7]!,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const side = match[7] === "SEND" ? "destination" : "source";
  const address = match[2] || match[3] || "";
  if (!isAbsent(match[1] ?? "") && match[1] !== "unknown" && side === "source")
    setEndpoint(fields, side, match[1]!);
  if (address !== "") {
    delete fields[`${side}.address`];
    setEndpoint(fields, side, address);
  }
  if (match[7] === "SEND") readSend(match[8]!, fields);
  else readScan(match[8]!, fields, match[7] === "SCAN");
  return { dataset, fields };
}

/** "- x@a.example b@b.example 4.5 2 62 SZ:1234 SUBJ:hello"; RECV has neither the mark of encryption nor a score. */
function readScan(text: string, fields: Fields, isScan: boolean): void {
  const words = text.split(" ");
  if (isScan) words.shift();
  const [from = "", to = ""] = words;
  if (!isAbsent(from)) fields["email.from.address"] = from;
  if (!isAbsent(to)) fields["email.to.address"] = to;
  const rest = words.slice(2);
  if (isScan) {
    const score = rest.shift() ?? "";
    if (!isAbsent(score)) fields["firebreak.raw.score"] = score;
  }
  setAction(fields, scanActions[rest[0] ?? ""]);
  if (!isAbsent(rest[1] ?? "")) fields["event.code"] = rest[1]!;
  const subject = /\bSUBJ:(.*)$/.exec(text)?.[1];
  if (subject) fields["email.subject"] = subject;
  const size = /\bSZ:(\d{1,12})\b/.exec(text)?.[1];
  if (size !== undefined) fields["source.bytes"] = Number(size);
  const extra = rest[2] ?? "";
  if (!isAbsent(extra) && !extra.startsWith("SZ:") && !extra.startsWith("SUBJ:"))
    fields["event.reason"] = extra;
}

/** "ENC 1 ABCDEF 250 2.6.0 Queued". */
function readSend(text: string, fields: Fields): void {
  const match = /^(\S+) (\d) (\S+) ?(.*)$/.exec(text);
  if (!match) return;
  setAction(fields, sendActions[match[2]!]);
  if (match[4]) fields["event.reason"] = match[4];
}

function setAction(fields: Fields, action: string | undefined): void {
  if (action === undefined) return;
  fields["event.action"] = action;
  fields["event.outcome"] = good.has(action) ? "success" : "failure";
}
