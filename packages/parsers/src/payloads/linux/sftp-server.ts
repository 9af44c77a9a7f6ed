import { setFile } from "../../ecs/parts.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/sftp-server";

const rules = [
  rule(
    /^session opened for local user (\S{1,128}) from \[([\da-fA-F.:]{3,45})\]/,
    "user.name source",
    loginFields("success", "session-opened"),
  ),
  rule(
    /^session closed for local user (\S{1,128}) from \[([\da-fA-F.:]{3,45})\]/,
    "user.name source",
    eventFields("session", "end", "session-closed"),
  ),
  rule(/^open "([^"]{1,4000})" flags READ mode/, "file.path", eventFields("file", "access", "file-opened")),
  rule(
    /^open "([^"]{1,4000})" flags (\S{1,80})/,
    "file.path firebreak.raw.flags",
    eventFields("file", "creation", "file-opened"),
  ),
  rule(
    /^close "([^"]{1,4000})" bytes read 0 written (\d{1,18})/,
    "file.path file.size:n",
    eventFields("file", "creation", "upload", { "event.outcome": "success" }),
  ),
  rule(
    /^close "([^"]{1,4000})" bytes read (\d{1,18}) written 0/,
    "file.path file.size:n",
    eventFields("file", "access", "download", { "event.outcome": "success" }),
  ),
  rule(
    /^(?:remove name|rmdir name) "([^"]{1,4000})"/,
    "file.path",
    eventFields("file", "deletion", "delete", { "event.outcome": "success" }),
  ),
  rule(
    /^(?:mkdir name) "([^"]{1,4000})"/,
    "file.path",
    eventFields("file", "creation", "create-directory", { "event.outcome": "success" }),
  ),
  rule(
    /^(?:rename|posix-rename) old "([^"]{1,4000})" new "([^"]{1,4000})"/,
    "firebreak.raw.old_path file.path",
    eventFields("file", "change", "rename", { "event.outcome": "success" }),
  ),
  rule(
    /^(?:opendir|lstat name|stat name|setstat name) "([^"]{1,4000})"/,
    "file.path",
    eventFields("file", "access", "file-examined"),
  ),
  rule(
    /^sent status (.{1,100})$/,
    "event.reason",
    eventFields("file", "info", "status-sent", { "event.outcome": "failure" }),
  ),
];

/** OpenSSH's SFTP server with log level INFO or VERBOSE. */
export const payload = {
  name: dataset,
  title: "OpenSSH SFTP server",
  programs: ["sftp-server", "internal-sftp"],
  parse(message) {
    const fields = applyRules(rules, message);
    if (fields === undefined) return undefined;
    if (typeof fields["file.path"] === "string") setFile(fields, "file", fields["file.path"]);
    fields["network.protocol"] = "sftp";
    return { dataset, fields };
  },
} satisfies SyslogPayload;
