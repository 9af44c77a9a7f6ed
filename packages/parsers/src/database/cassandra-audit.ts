import type { Fields } from "@firebreak/model/event";
import { setAddressPort } from "../ecs/endpoint.ts";
import { addRelated } from "../ecs/related.ts";
import { kebabCase } from "../ecs/verdict.ts";
import { integerOf } from "../text/numbers.ts";

const audit = /^(?:LogMessage: )?(?:user|host):[^|\n]{0,300}\|/;
/** The statement stands last and may hold pipes of its own. */
const pair = /(?:^|\|)(user|host|source|port|timestamp|type|batch|category|ks|scope|cf):([^|]{0,300})/g;

/**
 * What the file logger of Cassandra's audit writes, and DataStax's: `user:x|host:h/ip:7000|source:/ip|port:n|timestamp:ms|type:T|category:C|…|operation:…`.
 * False where the message is another.
 */
export function setCassandraAudit(fields: Fields): boolean {
  const message = String(fields.message ?? "");
  if (!audit.test(message)) return false;
  const last = message.indexOf("|operation:");
  const told = new Map<string, string>();
  for (const [, name, value] of message.slice(0, last < 0 ? 2000 : last).matchAll(pair))
    told.set(name!, value!);
  const type = told.get("type");
  if (type === undefined || !told.has("category")) return false;
  const isLogin = told.get("category") === "AUTH" || type.startsWith("LOGIN");
  fields["event.kind"] = "event";
  fields["event.category"] = [isLogin ? "authentication" : "database"];
  fields["event.type"] = [isLogin ? "start" : "access"];
  fields["event.action"] = isLogin ? "login" : kebabCase(type);
  if (type === "LOGIN_SUCCESS") fields["event.outcome"] = "success";
  if (/ERROR|UNAUTHORIZED|FAILURE/.test(type)) fields["event.outcome"] = "failure";
  const user = told.get("user");
  if (user && user !== "null") fields["user.name"] = user;
  const host = told.get("host");
  if (host) setAddressPort(fields, "destination", afterSlash(host));
  const source = told.get("source");
  if (source) setAddressPort(fields, "source", afterSlash(source));
  const port = integerOf(told.get("port") ?? "");
  if (port !== undefined) fields["source.port"] = port;
  for (const [name, field] of [
    ["ks", "keyspace"],
    ["scope", "table"],
    ["cf", "table"],
  ] as const) {
    const value = told.get(name);
    if (value) fields[`firebreak.raw.${field}`] = value;
  }
  fields["firebreak.raw.type"] = type;
  if (last >= 0) fields["firebreak.raw.operation"] = message.slice(last + 11);
  addRelated(fields);
  return true;
}

/** `node1/192.0.2.5:7000`: the name is looked up, the address is what was used. */
function afterSlash(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
