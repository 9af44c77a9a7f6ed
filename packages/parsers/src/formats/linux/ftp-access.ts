import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { integerOf } from "../../text/numbers.ts";
import { eventFields, loginFields } from "../../text/rules.ts";

const dataset = "linux/ftp-access";
const maxClients = 10_000;

/** `203.0.113.9 UNKNOWN bob [05/Mar/2024:10:14:02 +0100] "STOR a.zip" 226 1234`: Common Log Format with FTP's verbs. */
const line =
  /^(\S{2,255}) (\S{1,64}) (.{1,200}?) \[(\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "([A-Z]{3,5})(?: (.{0,4096}?))?" (\d{3}|-)(?: (\d{1,20}|-))?\s*$/;
const verbs: Readonly<Record<string, readonly [action: string, type: string]>> = {
  STOR: ["file-uploaded", "creation"],
  STOU: ["file-uploaded", "creation"],
  APPE: ["file-uploaded", "change"],
  PUT: ["file-uploaded", "creation"],
  RETR: ["file-downloaded", "access"],
  GET: ["file-downloaded", "access"],
  DELE: ["file-deleted", "deletion"],
  RNTO: ["file-renamed", "change"],
  MKD: ["directory-created", "creation"],
  XMKD: ["directory-created", "creation"],
  RMD: ["directory-deleted", "deletion"],
  XRMD: ["directory-deleted", "deletion"],
};
/** Verbs that HTTP has not; Pure-FTPd writes PUT and GET, which only the missing "HTTP/1.1" tells from a web server's. */
const ftpOnly =
  /^(?:STOR|STOU|APPE|RETR|DELE|RNFR|RNTO|X?MKD|X?RMD|X?CWD|X?PWD|CDUP|XCUP|USER|PASS|QUIT|LIST|NLST|MLSD|MLST|PASV|EPSV|PORT|EPRT|TYPE|SYST|FEAT|SITE|SIZE|MDTM|REST|ABOR|NOOP|AUTH|PBSZ|PROT|OPTS|CCC|INIT|OPEN|READ|WRITE)$/;

/** ProFTPD's ExtendedLog and Pure-FTPd's AltLog in the Common Log Format. */
export const format = {
  kind: "line",
  name: dataset,
  title: "FTP access log (ProFTPD ExtendedLog, Pure-FTPd clf)",
  version: 1,
  notes:
    "Common Log Format with an FTP verb and no HTTP version in the request; the offset is in the record.",
  sniff(text, head) {
    const match = line.exec(text);
    if (!match || / HTTP\/\d/.test(match[6] ?? "")) return 0;
    if (ftpOnly.test(match[5]!) || match[5] === "PUT") return 0.96;
    return match[5] === "GET" && /ftp/i.test(head.fileName) ? 0.92 : 0;
  },
  open(context) {
    const readDate = createClfDateReader(context.time);
    const claimed = new Map<string, string>();
    return { parse: (record) => parse(record, readDate, claimed) };
  },
} satisfies LineFormat;

function parse(
  record: string,
  readDate: (text: string) => EventTime | undefined,
  claimed: Map<string, string>,
): LineResult {
  const match = line.exec(record);
  if (!match) return undefined;
  const time = readDate(match[4]!);
  if (!time) return { reject: "no valid time" };
  const verb = match[5]!;
  const argument = match[6] ?? "";
  const code = match[7]!;
  // Pure-FTPd writes 200 for all that went well; FTP's own codes below 400 did too.
  const isDone = code !== "-" && code < "400";
  const fields: Fields = fieldsOf(verb, argument, code, isDone);
  fields["event.kind"] = "event";
  fields["network.protocol"] = "ftp";
  fields["firebreak.raw.command"] = verb;
  if (code !== "-") fields["event.code"] = code;
  setEndpoint(fields, "source", match[1]!);
  const user = userOf(match, claimed);
  if (user !== undefined) fields["user.name"] = user;
  const size = match[8] === undefined ? undefined : integerOf(match[8]);
  if (size !== undefined && fields["file.path"] !== undefined) fields["file.size"] = size;
  fields.message = record.trimEnd();
  addRelated(fields);
  return { dataset, time, fields };
}

/** Until a login succeeds the log names nobody: the user is the one that the same client named last with USER. */
function userOf(match: RegExpExecArray, claimed: Map<string, string>): string | undefined {
  const client = match[1]!;
  if (match[5] === "USER" && match[6]) {
    if (claimed.size >= maxClients) claimed.clear();
    claimed.set(client, match[6]);
  }
  const isNobody = match[3] === "-" || match[3] === "nobody" || match[3] === "UNKNOWN";
  return isNobody ? claimed.get(client) : match[3];
}

function fieldsOf(verb: string, argument: string, code: string, isDone: boolean): Fields {
  if (verb === "PASS" && (code === "230" || code === "530"))
    return loginFields(code === "230" ? "success" : "failure");
  const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!known) return eventFields("network", "protocol info", "ftp-command");
  const fields = isDone
    ? eventFields("file network", known[1], known[0], { "event.outcome": "success" })
    : eventFields("file network", "denied", "file-access-failed", { "event.outcome": "failure" });
  if (argument !== "") fields["file.path"] = argument;
  return fields;
}
