import type { Fields } from "@firebreak/model/event";
import { setAccount } from "../../ecs/account.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";

const dataset = "network/clearpass";

export const payload = {
  name: dataset,
  title: "Aruba ClearPass Policy Manager",
  programs: [],
  accepts: (message) => start.test(message),
  parse,
} satisfies SyslogPayload;

/** "Failed_Authentications 5 1 0 Common.Username=anna,RADIUS.…": the export filter's name, three counters, pairs of a name space. */
const start =
  /^([\w() -]{3,60}?) \d{1,10} \d{1,4} \d{1,4} (?=(?:Common|RADIUS|TACACS|CppmNode|CppmAlert|Endpoint|Auth|WEBAUTH|Audit)[\w-]*\.[\w-]{2,60}=)/;

/** Attributes of "ClearPass Policy Manager User Guide", syslog export filters. */
const known = dictionary({
  "Common.Host-MAC-Address": "source.mac:mac",
  "Common.NAS-IP-Address": "observer.ip:ip",
  "Common.Service": "rule.name",
  "Common.Alerts": "event.reason",
  "Common.Session-Log-Timestamp": "firebreak.raw.session_log_timestamp",
  "RADIUS.Acct-Framed-IP-Address": "source.ip:ip",
  "RADIUS.Acct-NAS-IP-Address": "observer.ip:ip",
  "RADIUS.Acct-Calling-Station-Id": "source.mac:mac",
  "RADIUS.Acct-Session-Id": "event.id",
  "TACACS.Remote-Address": "source.ip:ip",
  "TACACS.Remote-Host": "source.ip:ip",
  "Endpoint.IP-Address": "source.ip:ip",
  "Endpoint.MAC-Address": "source.mac:mac",
  "Endpoint.Hostname": "source.domain",
});
const users = new Set(["Common.Username", "RADIUS.Acct-Username", "TACACS.Username", "WEBAUTH.Username"]);

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const head = start.exec(message);
  if (!head) return undefined;
  const fields: Fields = {
    "observer.vendor": "Aruba",
    "observer.product": "ClearPass",
    "observer.type": "nac",
    "firebreak.raw.filter": head[1]!,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const values: Record<string, string> = Object.create(null);
  // A value may hold commas: it ends before the next "Name.space=".
  for (const part of message.slice(head[0].length).split(/,(?=[A-Z][\w-]{1,30}\.[\w-]{2,60}=)/, 300)) {
    const equals = part.indexOf("=");
    if (equals < 1) continue;
    const name = part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trim();
    values[name] = value;
    if (users.has(name)) {
      if (!isAbsent(value)) setAccount(fields, value);
    } else assign(fields, known, name, value);
  }
  finish(head[1]!, values, fields);
  return { dataset, fields };
}

function finish(filter: string, values: Record<string, string>, fields: Fields): void {
  const status = values["Common.Login-Status"] ?? values["Common.Request-Status"] ?? "";
  const code = values["Common.Error-Code"];
  const failed = /reject|fail|timeout/i.test(status || filter) || (code !== undefined && code !== "0");
  fields["event.action"] = kebabCase(filter);
  if (code !== undefined) fields["event.code"] = code;
  const isAccounting = values["RADIUS.Acct-Session-Id"] !== undefined;
  fields["event.category"] = [isAccounting ? "session" : "authentication"];
  fields["event.type"] = [failed || isAccounting ? "info" : "start"];
  if (!isAccounting) fields["event.outcome"] = failed ? "failure" : "success";
}
