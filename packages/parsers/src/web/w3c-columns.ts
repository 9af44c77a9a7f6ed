import type { Fields } from "@firebreak/model/event";
import { splitAddressPort } from "../ecs/address-port.ts";
import { cleanIp } from "../ecs/ip.ts";
import { rawField } from "../ecs/raw.ts";
import { setPath, setUrl } from "../ecs/url.ts";
import { integerOf } from "../text/numbers.ts";

/** What a column of a W3C extended log means: writes its value. Date and time columns are read by the caller. */
export type ColumnWriter = (fields: Fields, value: string) => void;

/** Where the log was written: a proxy's "s-ip" is the proxy, a server's is the machine that was asked. */
export type LogRole = "server" | "proxy";

const text =
  (name: string): ColumnWriter =>
  (fields, value) => {
    fields[name] = value;
  };
const integer =
  (name: string): ColumnWriter =>
  (fields, value) => {
    const number = integerOf(value);
    if (number !== undefined) fields[name] = number;
  };
const address =
  (ipField: string, nameField: string | undefined): ColumnWriter =>
  (fields, value) => {
    const { address: host, ip, port } = splitAddressPort(value);
    if (ip !== undefined) fields[ipField] = ip;
    else if (nameField !== undefined) fields[nameField] = host;
    if (port !== undefined && ipField === "source.ip") fields["source.port"] = port;
  };
/** IIS writes a blank as "+"; a text that was quoted holds its blanks itself and comes without "+". */
const plusText =
  (name: string): ColumnWriter =>
  (fields, value) => {
    fields[name] = value.includes(" ") ? value : value.replaceAll("+", " ");
  };

const user: ColumnWriter = (fields, value) => {
  const slash = value.indexOf("\\");
  if (slash > 0 && slash < value.length - 1) {
    fields["user.domain"] = value.slice(0, slash);
    fields["user.name"] = value.slice(slash + 1);
  } else fields["user.name"] = value;
};

const host: ColumnWriter = (fields, value) => {
  const { address: name, port } = splitAddressPort(value);
  fields["url.domain"] = name;
  if (port !== undefined) fields["url.port"] = port;
};

const forwarded: ColumnWriter = (fields, value) => {
  const ip = cleanIp(value.split(/[,+ ]/, 1)[0]!);
  if (ip !== undefined) fields["network.forwarded_ip"] = ip;
  else fields[rawField("X-Forwarded-For")] = value;
};

const serverAddress: ColumnWriter = (fields, value) => {
  const ip = cleanIp(value);
  if (ip === undefined) return;
  fields["destination.ip"] = ip;
  fields["host.ip"] = ip;
};

const url: ColumnWriter = (fields, value) => setUrl(fields, value);

const common: Record<string, ColumnWriter> = {
  "c-ip": address("source.ip", "source.domain"),
  "c-port": integer("source.port"),
  "c-dns": text("source.domain"),
  "cs-username": user,
  "cs-auth-username": user,
  "c-auth-id": user,
  "cs-userdn": user,
  "cs-method": text("http.request.method"),
  "cs-uri": url,
  "c-uri": url,
  "cs-uri-scheme": text("url.scheme"),
  "cs-uri-port": integer("url.port"),
  "cs-uri-query": (fields, value) => {
    const query = value.charCodeAt(0) === 63 ? value.slice(1) : value;
    if (query !== "") fields["url.query"] = query;
  },
  "cs-uri-extension": text("url.extension"),
  "cs-uri-stem": setPath,
  "cs-uri-path": setPath,
  "cs-host": host,
  "cs(host)": host,
  "cs-version": (fields, value) => {
    fields["http.version"] = value.startsWith("HTTP/") ? value.slice(5) : value;
  },
  "cs-protocol": text("network.application"),
  "cs(user-agent)": plusText("user_agent.original"),
  "c-agent": plusText("user_agent.original"),
  "cs(referer)": text("http.request.referrer"),
  "cs(referrer)": text("http.request.referrer"),
  "cs(x-forwarded-for)": forwarded,
  "x-forwarded-for": forwarded,
  "c-xff": forwarded,
  "s-xff": forwarded,
  "sc-status": integer("http.response.status_code"),
  "sc-bytes": integer("http.response.bytes"),
  bytes: integer("http.response.bytes"),
  "cs-bytes": integer("http.request.bytes"),
  "s-computername": text("host.name"),
  "s-dns": text("host.name"),
  "rs(content-type)": text("http.response.mime_type"),
  "r-host": text("destination.domain"),
  "r-port": integer("destination.port"),
  "r-ip": address("destination.ip", "destination.domain"),
  "x-fullpath": text("file.path"),
  "s-reason": text("event.reason"),
};

const byRole: Record<LogRole, Record<string, ColumnWriter>> = {
  server: {
    "s-ip": serverAddress,
    "s-port": integer("destination.port"),
  },
  proxy: {
    "s-ip": address("observer.ip", undefined),
    "s-port": integer(rawField("s-port")),
    "r-supplier-ip": address("destination.ip", "destination.domain"),
    "s-supplier-ip": address("destination.ip", "destination.domain"),
    "s-supplier-name": text("destination.domain"),
    "cs-categories": text("rule.category"),
    "sc-filter-category": text("rule.category"),
    "cs-category": text("rule.category"),
    "x-virus-id": text("rule.name"),
    "s-hierarchy": text(rawField("s-hierarchy")),
  },
};

/** The writer of a column; a column without an ECS home keeps its recorded name under `firebreak.raw.`. */
export function columnWriter(name: string, role: LogRole): ColumnWriter {
  const lower = name.toLowerCase();
  const own = byRole[role];
  if (Object.hasOwn(own, lower)) return own[lower]!;
  if (Object.hasOwn(common, lower)) return common[lower]!;
  return text(rawField(name));
}
