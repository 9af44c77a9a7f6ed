import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../ecs/ip.ts";

const denied = /Access denied for user '([^']{0,128})'@'([^']{1,255})'/;
const aborted =
  /Aborted connection \d{1,20} to db: '([^']{0,128})' user: '([^']{1,128})' host: '([^']{1,255})'/;

/** Sets what a message of MySQL's or MariaDB's error log tells; also where it arrives within syslog. */
export function setMysqlMessage(fields: Fields, message: string): void {
  fields.message = message;
  fields["event.kind"] = "event";
  fields["event.category"] = ["database"];
  fields["event.type"] = ["info"];
  const match = denied.exec(message);
  if (match) {
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["start"];
    fields["event.action"] = "login";
    fields["event.outcome"] = "failure";
    if (match[1] !== "") fields["user.name"] = match[1]!;
    setHost(fields, match[2]!);
    return;
  }
  const lost = aborted.exec(message);
  if (!lost) return;
  fields["event.action"] = "connection-aborted";
  if (lost[2] !== "unauthenticated") fields["user.name"] = lost[2]!;
  setHost(fields, lost[3]!);
}

export function setHost(fields: Fields, host: string): void {
  const ip = cleanIp(host);
  if (ip !== undefined) fields["source.ip"] = ip;
  else if (/^[\w.-]{1,255}$/.test(host)) fields["source.domain"] = host;
}
