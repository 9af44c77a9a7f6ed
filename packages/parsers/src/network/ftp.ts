import type { Fields } from "@firebreak/model/event";
import { applyRules, eventFields, loginFields, rule } from "../text/rules.ts";

const peer = String.raw`\((\S+?)\[([^\]]+)\]\)`;

const proftpdRules = [
  rule(new RegExp(`^(\\S+) ${peer}: USER (.*?): no such user found from`), ". . source user.name", {
    ...loginFields("failure"),
    "event.reason": "no such user",
  }),
  rule(
    new RegExp(`^(\\S+) ${peer}: USER (.*?) \\(Login failed\\): (.*)$`),
    ". . source user.name event.reason",
    loginFields("failure"),
  ),
  rule(
    new RegExp(`^(\\S+) ${peer}: (?:USER|ANON) (.*?): Login successful`),
    ". . source user.name",
    loginFields("success"),
  ),
  rule(new RegExp(`^(\\S+) ${peer}: SECURITY VIOLATION: (.*?) login attempted`), ". . source user.name", {
    ...loginFields("failure"),
    "event.reason": "security violation",
  }),
  rule(
    new RegExp(`^(\\S+) ${peer}: (?:FTP|SSH2|SFTP|FTPS) session opened`),
    ". . source",
    eventFields("session network", "start", "session-opened"),
  ),
  rule(
    new RegExp(`^(\\S+) ${peer}: (?:FTP|SSH2|SFTP|FTPS) session closed`),
    ". . source",
    eventFields("session network", "end", "session-closed"),
  ),
  rule(
    new RegExp(`^(\\S+) ${peer}: Maximum login attempts \\((\\d+)\\) exceeded`),
    ". . source firebreak.raw.attempts",
    { ...loginFields("failure"), "event.reason": "maximum login attempts exceeded" },
  ),
  rule(
    new RegExp(`^(\\S+) ${peer}: (.*)$`),
    ". . source event.reason",
    eventFields("network", "info", "ftp-event"),
  ),
];

/** ProFTPD's system log: "host (client[198.51.100.9]): USER bob (Login failed): Incorrect password". */
export function readProftpd(text: string): Fields | undefined {
  const fields = applyRules(proftpdRules, text.replace(/^- /, ""));
  if (fields) fields["network.protocol"] = /SSH2|SFTP/.test(text) ? "sftp" : "ftp";
  return fields;
}

const file = (action: string, type: string) =>
  eventFields("file network", type, action, { "event.outcome": "success" });

const pureRules = [
  rule(/^\((.*?)@(.*?)\) \[INFO\] (.*?) is now logged in/, ". source user.name", loginFields("success")),
  rule(
    /^\((.*?)@(.*?)\) \[WARNING\] Authentication failed for user \[(.*?)\]/,
    ". source user.name",
    loginFields("failure"),
  ),
  rule(
    /^\((.*?)@(.*?)\) \[NOTICE\] (.*) uploaded +\((\d+) bytes/,
    "user.name source file.path file.size:n",
    file("file-uploaded", "creation"),
  ),
  rule(
    /^\((.*?)@(.*?)\) \[NOTICE\] (.*) downloaded +\((\d+) bytes/,
    "user.name source file.path file.size:n",
    file("file-downloaded", "access"),
  ),
  rule(
    /^\((.*?)@(.*?)\) \[NOTICE\] Deleted (.*)$/,
    "user.name source file.path",
    file("file-deleted", "deletion"),
  ),
  rule(
    /^\((.*?)@(.*?)\) \[NOTICE\] File successfully renamed or moved: \[(.*?)\]->\[(.*?)\]/,
    "user.name source firebreak.raw.old_path file.path",
    file("file-renamed", "change"),
  ),
  rule(
    /^\((.*?)@(.*?)\) \[INFO\] New connection from (\S+)/,
    ". source source",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(/^\((.*?)@(.*?)\) \[INFO\] Logout/, "user.name source", eventFields("session", "end", "logout")),
];

/** Pure-FTPd: "(bob@198.51.100.9) [NOTICE] /home/bob/x.zip uploaded (1234 bytes, 5KB/sec)"; "?" stands for nobody yet. */
export function readPureFtpd(text: string): Fields | undefined {
  const fields = applyRules(pureRules, text);
  if (!fields) return undefined;
  if (fields["user.name"] === "?") delete fields["user.name"];
  fields["network.protocol"] = "ftp";
  return fields;
}

const name = String.raw`(?:\[pid \d+\] )?(?:\[([^\]]*)\] )?`;

const vsftpdRules = [
  rule(
    new RegExp(`^${name}OK LOGIN: Client "([^"]+)"(?:, anon password "([^"]*)")?`),
    "user.name source firebreak.raw.anon_password",
    loginFields("success"),
  ),
  rule(new RegExp(`^${name}FAIL LOGIN: Client "([^"]+)"`), "user.name source", loginFields("failure")),
  rule(
    new RegExp(`^${name}CONNECT: Client "([^"]+)"(?:, "([^"]*)")?`),
    "user.name source event.reason",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    new RegExp(`^${name}OK UPLOAD: Client "([^"]+)", "(.*?)"(?:, (\\d+) bytes)?`),
    "user.name source file.path file.size:n",
    file("file-uploaded", "creation"),
  ),
  rule(
    new RegExp(`^${name}OK DOWNLOAD: Client "([^"]+)", "(.*?)"(?:, (\\d+) bytes)?`),
    "user.name source file.path file.size:n",
    file("file-downloaded", "access"),
  ),
  rule(
    new RegExp(`^${name}OK DELETE: Client "([^"]+)", "(.*)"`),
    "user.name source file.path",
    file("file-deleted", "deletion"),
  ),
  rule(
    new RegExp(`^${name}OK (?:MKDIR|RMDIR): Client "([^"]+)", "(.*)"`),
    "user.name source file.path",
    file("directory-changed", "change"),
  ),
  rule(
    new RegExp(`^${name}OK RENAME: Client "([^"]+)", "(.*?)"`),
    "user.name source file.path",
    file("file-renamed", "change"),
  ),
  rule(
    new RegExp(`^${name}OK CHMOD: Client "([^"]+)", "(.*)"`),
    "user.name source file.path",
    file("file-permissions-changed", "change"),
  ),
  rule(
    new RegExp(
      `^${name}FAIL (?:UPLOAD|DOWNLOAD|DELETE|MKDIR|RMDIR|RENAME|CHMOD): Client "([^"]+)"(?:, "(.*?)")?`,
    ),
    "user.name source file.path",
    eventFields("file network", "denied", "file-access-failed", { "event.outcome": "failure" }),
  ),
  rule(
    new RegExp(`^${name}FTP (?:command|response): Client "([^"]+)", "(.*)"`),
    "user.name source firebreak.raw.command",
    eventFields("network", "protocol info", "ftp-command"),
  ),
  rule(
    new RegExp(`^${name}DEBUG: Client "([^"]+)", "(.*)"`),
    "user.name source event.reason",
    eventFields("network", "info", "ftp-debug"),
  ),
];

/** vsftpd: `[pid 2] [bob] OK UPLOAD: Client "198.51.100.9", "/x.zip", 1234 bytes, 5Kbyte/sec`. */
export function readVsftpd(text: string): Fields | undefined {
  const fields = applyRules(vsftpdRules, text);
  if (!fields) return undefined;
  fields["network.protocol"] = "ftp";
  const pid = /^\[pid (\d{1,9})\]/.exec(text);
  if (pid) fields["process.pid"] = Number(pid[1]);
  return fields;
}
