import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "network/infoblox-audit";
const head = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z) \[([^\]]{1,200})\]: /;

const rules = [
  rule(/^Login_Allowed\b.*? ip=(\S+)/, "source", loginFields("success")),
  rule(/^Login_Denied\b.*? ip=(\S+)(?:.* info=(.*))?/, "source event.reason", loginFields("failure")),
  rule(/^First_Login\b.*? ip=(\S+)/, "source", loginFields("success")),
  rule(/^Logout\b.*? ip=(\S+)/, "source", eventFields("session", "end", "logout")),
  rule(/^Password_Reset_Error\b.*? ip=(\S+)/, "source", loginFields("failure", "password-reset")),
  rule(
    /^(Created|Modified|Deleted) (\w+) ([^:]+)(?:: (.*))?$/,
    "event.action firebreak.raw.object_type firebreak.raw.object event.reason",
    eventFields("configuration", "change", "changed"),
  ),
  rule(/^Called - (\w+)/, "firebreak.raw.operation", eventFields("configuration", "access", "called")),
];

/** Administrators' actions on Infoblox NIOS: "2024-03-05 10:00:00.123Z [admin]: Login_Allowed - - to=AdminConnector ip=… auth=LOCAL". UTC. */
export const payload = {
  name: dataset,
  title: "Infoblox NIOS audit log",
  programs: [],
  accepts: (message) => head.test(message),
  parse(message, _envelope, context): PayloadDraft | undefined {
    const match = head.exec(message);
    if (!match) return undefined;
    const text = message.slice(match[0].length);
    const fields = applyRules(rules, text) ?? {};
    fields["observer.vendor"] = "Infoblox";
    fields["observer.product"] = "NIOS";
    // Blanks in names are written as octal.
    fields["user.name"] = match[2]!.replace(/\\040/g, " ");
    fields["event.category"] ??= ["configuration"];
    fields["event.type"] ??= ["info"];
    const action = fields["event.action"];
    if (typeof action === "string") fields["event.action"] = action.toLowerCase();
    fields["firebreak.raw.audit"] = text;
    const time = context.time.iso(match[1]!);
    return time ? { dataset, fields, time } : { dataset, fields };
  },
} satisfies SyslogPayload;
