import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { fieldBelow } from "../../ecs/field-name.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/sendmail";
const queue = "([0-9A-Za-z]{12,20}): ";

export const payload = {
  name: dataset,
  title: "Sendmail",
  programs: ["sendmail", "sm-mta", "sm-msp-queue", "sm-acceptingconnections"],
  parse,
} satisfies SyslogPayload;

const rules = [
  rule(
    new RegExp(`^${queue}from=<?([^>,]*)>?, size=(\\d+),`),
    "firebreak.raw.queue_id email.from.address source.bytes:n",
    eventFields("email", "info", "mail-received"),
  ),
  rule(
    new RegExp(`^${queue}to=<?([^>,]*)>?,.*? dsn=([\\d.]+), stat=(Sent.*)$`),
    "firebreak.raw.queue_id email.to.address firebreak.raw.dsn event.reason",
    eventFields("email", "info", "mail-sent", { "event.outcome": "success" }),
  ),
  rule(
    new RegExp(`^${queue}to=<?([^>,]*)>?,.*? stat=(.*)$`),
    "firebreak.raw.queue_id email.to.address event.reason",
    eventFields("email", "info", "mail-not-sent", { "event.outcome": "failure" }),
  ),
  rule(
    new RegExp(`^${queue}ruleset=(\\w+), arg1=<?([^>,]*)>?,.*? reject=(.*)$`),
    "firebreak.raw.queue_id firebreak.raw.ruleset email.from.address event.reason",
    eventFields("email network", "denied", "mail-rejected", { "event.outcome": "failure" }),
  ),
  rule(
    /^AUTH=server, relay=.*?, authid=([^,]+), mech=(\S+),/,
    "user.name firebreak.raw.mechanism",
    loginFields("success"),
  ),
  rule(
    /^.*AUTH failure \((\S+)\): (.*?), relay=/,
    "firebreak.raw.mechanism event.reason",
    loginFields("failure"),
  ),
];

function parse(message: string): PayloadDraft {
  const fields: Fields = applyRules(rules, message) ?? {};
  const relay = /\brelay=(?:([\w.-]{0,252}[\w-])\.? )?\[([^\]]{3,60})\]/.exec(message.slice(0, 4000));
  const side = fields["email.to.address"] === undefined ? "source" : "destination";
  if (relay) {
    setEndpoint(fields, side, relay[2]!.replace(/^IPv6:/, ""));
    if (relay[1] !== undefined) fields[fieldBelow(side, "domain")] = relay[1];
  }
  const id = /\bmsgid=<([^>]{1,998})>/.exec(message)?.[1];
  if (id !== undefined) fields["email.message_id"] = id;
  return { dataset, fields };
}
