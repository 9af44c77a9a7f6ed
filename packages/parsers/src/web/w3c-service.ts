import type { Fields } from "@firebreak/model/event";

const ftpLogin = new Set(["PASS", "USER", "AUTH"]);
const ftpFile: Record<string, readonly [action: string, type: string]> = {
  STOR: ["upload", "creation"],
  APPE: ["upload", "change"],
  CREATED: ["upload", "creation"],
  RETR: ["download", "access"],
  SENT: ["download", "access"],
  DELE: ["delete", "deletion"],
  RNTO: ["rename", "change"],
  MKD: ["create-directory", "creation"],
  RMD: ["delete-directory", "deletion"],
};
const ftpVerb =
  /^(?:\[(\d{1,10})\])?(USER|PASS|AUTH|STOR|APPE|CREATED|SENT|RETR|DELE|RNFR|RNTO|MKD|RMD|CWD|CDUP|PWD|LIST|NLST|MLSD|PASV|EPSV|PORT|EPRT|TYPE|SYST|FEAT|SIZE|MDTM|OPTS|ABOR|NOOP|QUIT|CLOSED|SITE|REST|ControlChannelOpened|ControlChannelClosed|DataChannelOpened|DataChannelClosed)$/i;
const smtpVerb =
  /^(?:HELO|EHLO|MAIL|RCPT|DATA|RSET|VRFY|BDAT|STARTTLS|XEXCH50|OutboundConnectionResponse|OutboundConnectionCommand)$/;

/** The IIS service that wrote a record, from its method, with the fields that FTP and SMTP read differently from HTTP. */
export function setService(fields: Fields, port: unknown): string | undefined {
  const method = fields["http.request.method"];
  if (typeof method !== "string") return undefined;
  const ftp = ftpVerb.exec(method);
  if (ftp && !(method === "QUIT" && port === 25)) return setFtp(fields, ftp[2]!.toUpperCase(), ftp[1]);
  if (!smtpVerb.test(method)) return undefined;
  fields["network.protocol"] = "smtp";
  fields["event.category"] = ["email"];
  fields["event.type"] = ["info"];
  fields["event.action"] = method.toLowerCase();
  moveMethod(fields);
  return "smtp/iis";
}

function moveMethod(fields: Fields): void {
  delete fields["http.request.method"];
  const status = fields["http.response.status_code"];
  delete fields["http.response.status_code"];
  if (typeof status !== "number") return;
  fields["event.code"] = String(status);
  if (status >= 200) fields["event.outcome"] = status < 400 ? "success" : "failure";
  else delete fields["event.outcome"];
}

/** The argument of an FTP command stood in the URL's column. */
function dropPath(fields: Fields): void {
  delete fields["url.path"];
  delete fields["url.extension"];
}

function setFtp(fields: Fields, verb: string, session: string | undefined): string {
  fields["network.protocol"] = "ftp";
  fields["event.category"] = ["network"];
  fields["event.type"] = ["info"];
  fields["event.action"] = verb.toLowerCase();
  if (session !== undefined) fields["firebreak.raw.session"] = session;
  moveMethod(fields);
  const path = fields["url.path"];
  const file = Object.hasOwn(ftpFile, verb) ? ftpFile[verb] : undefined;
  if (file) {
    fields["event.action"] = file[0];
    fields["event.category"] = ["file"];
    fields["event.type"] = [file[1]];
    if (typeof path === "string") fields["file.path"] ??= path;
    dropPath(fields);
  } else if (ftpLogin.has(verb)) {
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["start"];
    if (verb === "USER" && typeof path === "string") {
      fields["user.name"] ??= path;
    }
    dropPath(fields);
    if (verb === "PASS") fields["event.action"] = "login";
    // 331 asks for the password: neither success nor failure.
    if (fields["event.code"] === "331" || verb !== "PASS") delete fields["event.outcome"];
  }
  return "ftp/iis";
}
