import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/clavister";

export const payload = {
  name: dataset,
  title: "Clavister NetWall (cOS Core)",
  programs: ["efw"],
  accepts: (message) => start.test(message),
  parse,
} satisfies SyslogPayload;

/** `[2024-03-03 10:22:33] EFW: CONN: prio=1 id=00600005 rev=1 event=conn_close action=close …` (cOS Core, "Log Reference Guide"). */
const start =
  /^(?:\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] )?(?:EFW: )?([A-Z][A-Z0-9_]{1,30}): prio=\d{1,2} id=\d{6,9} /;

const known = dictionary({
  id: "event.code",
  rule: "rule.name",
  recvif: "observer.ingress.interface.name",
  connrecvif: "observer.ingress.interface.name",
  destif: "observer.egress.interface.name",
  conndestif: "observer.egress.interface.name",
  recvzone: "observer.ingress.zone",
  destzone: "observer.egress.zone",
  hwsender: "source.mac:mac",
  hwdest: "destination.mac:mac",
  srcip: "source.ip:ip",
  srcport: "source.port:port",
  destip: "destination.ip:ip",
  destport: "destination.port:port",
  ipproto: "network.transport:transport",
  connsrcip: "source.ip:ip",
  connsrcport: "source.port:port",
  conndestip: "destination.ip:ip",
  conndestport: "destination.port:port",
  connipproto: "network.transport:transport",
  connnewsrcip: "source.nat.ip:ip",
  connnewsrcport: "source.nat.port:port",
  connnewdestip: "destination.nat.ip:ip",
  connnewdestport: "destination.nat.port:port",
  origsent: "source.bytes:integer",
  termsent: "destination.bytes:integer",
  username: "user.name",
  authrule: "rule.name",
  userauth: "firebreak.raw.userauth",
  client_ip: "source.ip:ip",
  server_ip: "server.ip:ip",
  reason: "event.reason",
  url: "url.original",
  app_name: "network.application",
  application: "network.application",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const head = start.exec(message);
  if (!head) return undefined;
  const fields: Fields = {
    "observer.vendor": "Clavister",
    "observer.product": "NetWall",
    "observer.type": "firewall",
    "firebreak.raw.log_type": head[2]!,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(message, message.indexOf("prio="), (name, value) => {
    if (name === "event" || name === "action" || name === "conntime") values[name] = value;
    else assign(fields, known, name, value);
  });
  if (cut) fields["firebreak.truncated"] = true;
  finish(fields, values);
  const time = head[1] === undefined ? undefined : context.time.iso(head[1]);
  return time && envelope.time === undefined ? { dataset, fields, time } : { dataset, fields };
}

function finish(fields: Fields, { event = "", action = "", conntime }: Record<string, string>): void {
  if (event !== "") fields["firebreak.raw.event"] = event;
  setSeconds(fields, conntime);
  addTotals(fields);
  const isConnection = fields["source.ip"] !== undefined && fields["destination.ip"] !== undefined;
  const verdict = connectionVerdict(action) ?? (isConnection && action === "open" ? "allowed" : undefined);
  fields["event.category"] = [isConnection ? "network" : "host"];
  fields["event.type"] = [isConnection ? "connection" : "info"];
  if (verdict !== undefined && isConnection) {
    setVerdict(fields, verdict, action);
    const ending = event.includes("close") ? "end" : event.includes("open") ? "start" : undefined;
    if (ending !== undefined) fields["event.type"] = ["connection", "allowed", ending];
  } else if (/login|auth/.test(event)) {
    const isFailed = /fail|deny|reject|invalid/.test(event);
    fields["event.category"] = ["authentication"];
    fields["event.type"] = [isFailed ? "info" : event.includes("logout") ? "end" : "start"];
    fields["event.outcome"] = isFailed ? "failure" : "success";
    fields["event.action"] = event;
  } else if (action !== "" && action !== "none") fields["event.action"] = action;
  else if (event !== "") fields["event.action"] = event;
}
