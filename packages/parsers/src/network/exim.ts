import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../ecs/endpoint.ts";
import { fieldBelow } from "../ecs/field-name.ts";
import { applyRules, eventFields, loginFields, rule } from "../text/rules.ts";

const id = String.raw`(?:\[\d+\] )?(?:([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) )?`;

const rules = [
  rule(
    new RegExp(`^${id}<= (\\S+) (?:.*?U=(\\S+) )?`),
    "firebreak.raw.message_id email.from.address user.name",
    eventFields("email", "info", "mail-received"),
  ),
  rule(
    new RegExp(`^${id}(?:=>|->|>>) (\\S+)(?: <[^>]*>)?`),
    "firebreak.raw.message_id email.to.address",
    eventFields("email", "info", "mail-sent", { "event.outcome": "success" }),
  ),
  rule(
    new RegExp(`^${id}(?:\\*\\*|==) (\\S+?):? (.*)$`),
    "firebreak.raw.message_id email.to.address event.reason",
    eventFields("email", "info", "mail-not-sent", { "event.outcome": "failure" }),
  ),
  rule(
    new RegExp(`^${id}Completed`),
    "firebreak.raw.message_id",
    eventFields("email", "info", "mail-completed"),
  ),
  rule(
    /^(\S+) authenticator failed for (?:\(?(\S*?)\)? )?(?:\([^)]*\) )?\[([^\]]+)\](?::\d+)?.*?: (.*?)(?: \(set_id=(.*)\))?$/,
    "firebreak.raw.authenticator firebreak.raw.helo source event.reason user.name",
    loginFields("failure"),
  ),
  rule(
    new RegExp(`^${id}H=(.{1,300}?) (?:F=<([^>]{0,320})> )?(rejected .*)$`),
    "firebreak.raw.message_id . email.from.address event.reason",
    eventFields("email network", "denied", "mail-rejected", { "event.outcome": "failure" }),
  ),
  rule(
    /^SMTP connection from (?:\S+ )?(?:\([^)]*\) )?\[([^\]]+)\]/,
    "source",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    /^(?:no host name found for IP address|refused connection from|unexpected disconnection).*?\[?([0-9a-fA-F.:]{7,45})\]?/,
    "source",
    eventFields("network", "connection", "connection-event"),
  ),
];

/** True for a line of Exim's main log behind its stamp. */
export function looksLikeExim(text: string): boolean {
  return (
    /^(?:\[\d+\] )?[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} (?:<=|=>|->|>>|\*\*|==|Completed|H=|SMTP|Message|Frozen|Unfrozen|removed)/.test(
      text,
    ) || /^\S+ authenticator failed for /.test(text)
  );
}

/** Reads a line of Exim's main log (Exim specification, "Log files") behind its stamp. */
export function readExim(text: string): Fields {
  const fields: Fields = applyRules(rules, text) ?? {};
  const host = /^.{0,600}?\bH=(?:(\S{1,255}) )?(?:\(([^)]{0,255})\) )?\[([^\]]{1,64})\](?::(\d+))?/.exec(
    text,
  );
  if (host) {
    const side =
      fields["event.action"] === "mail-sent" || fields["event.action"] === "mail-not-sent"
        ? "destination"
        : "source";
    setEndpoint(fields, side, host[3]!, side === "source" ? host[4] : undefined);
    if (host[1] !== undefined && !host[1].startsWith("(")) {
      fields[fieldBelow(side, "domain")] = host[1];
      fields[fieldBelow(side, "address")] = host[1];
    }
  }
  const ours = /\bI=\[([^\]]{1,64})\](?::(\d+))?/.exec(text);
  if (ours && fields["destination.ip"] === undefined) setEndpoint(fields, "destination", ours[1]!, ours[2]);
  const protocol = /\bP=([a-z]{2,12})\b/.exec(text);
  if (protocol) fields["network.protocol"] = protocol[1]!;
  const pid = /^\[(\d{1,10})\] /.exec(text);
  if (pid) fields["process.pid"] = Number(pid[1]);
  const tls = /\bX=(TLS[\w.]{1,12}):(\S{1,80})/.exec(text);
  if (tls) fields["tls.cipher"] = tls[2]!;
  const authenticated = /\bA=[\w-]+:(\S+)/.exec(text);
  if (authenticated) fields["user.name"] = authenticated[1]!;
  const size = /\bS=(\d+)/.exec(text);
  if (size) {
    fields["firebreak.raw.size"] = size[1]!;
    fields["source.bytes"] = Number(size[1]);
  }
  const subject = /\bT="((?:[^"\\]|\\.)*)"/.exec(text);
  if (subject) fields["email.subject"] = subject[1]!;
  const messageId = /\bid=(\S+)/.exec(text);
  if (messageId) fields["email.message_id"] = messageId[1]!;
  return fields;
}
