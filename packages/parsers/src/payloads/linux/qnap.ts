import type { SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const head = "Users: (.{1,128}?), Source IP: ([\\da-fA-F.:]{3,45}|---), Computer name: (.{1,255}?), ";
const accepts = /^(?:conn|event) log: Users: /;

const rules = [
  rule(
    new RegExp(
      `^conn log: ${head}Connection type: (.{1,60}?), Accessed resources: ([\\s\\S]{1,1000}?), Action: (.{1,60}?)\\s*$`,
    ),
    "user.name source source.domain network.protocol file.path event.action",
    eventFields("session", "info", "connection"),
  ),
  rule(
    new RegExp(
      `^event log: ${head}(?:Application: .{1,60}?, Category: .{1,60}?, )?Content: ([\\s\\S]{1,4000})$`,
    ),
    "user.name source source.domain message",
    eventFields("host", "info", "system-event"),
  ),
];

/** QNAP NAS (QuLog Center): connection and event log. */
export const payload = {
  name: "linux/qnap",
  title: "QNAP NAS (QuLog Center)",
  programs: ["qulogd"],
  accepts: (message) => accepts.test(message),
  parse(message) {
    const fields = applyRules(rules, message.replace(/^qulogd\[\d+\]: /, ""));
    if (fields === undefined) return undefined;
    // "---" stands where it is not known, and what a login is to is no file.
    if (fields["source.domain"] === "---") delete fields["source.domain"];
    const deed = String(fields["event.action"]);
    if (/^log(?:in|out)/i.test(deed)) {
      fields["event.category"] = ["authentication"];
      fields["event.type"] = [/^logout/i.test(deed) ? "end" : "start"];
      delete fields["file.path"];
      fields["event.outcome"] = /fail/i.test(deed) ? "failure" : "success";
    } else if (/^(?:read|write|delete|add|rename|move|open)/i.test(deed)) {
      fields["event.category"] = ["file"];
      fields["event.type"] = [
        /^delete/i.test(deed) ? "deletion" : /^(?:read|open)/i.test(deed) ? "access" : "change",
      ];
    }
    fields["event.action"] = deed.toLowerCase().replaceAll(" ", "-");
    if (fields["network.protocol"] !== undefined)
      fields["network.protocol"] = String(fields["network.protocol"]).toLowerCase();
    return { dataset: "linux/qnap", fields };
  },
} satisfies SyslogPayload;
