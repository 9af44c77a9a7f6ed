import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/barracuda";

export const payload = {
  name: dataset,
  title: "Barracuda CloudGen Firewall and Web Application Firewall",
  programs: [],
  accepts: (message) =>
    (message.includes("|proto=") && cloudGen.test(message)) ||
    ((message.includes(" ALLOW ") || message.includes(" DENY ")) && network.test(message)) ||
    attack.test(message),
  parse,
} satisfies SyslogPayload;

/** "Allow: type=FWD|proto=TCP|srcIF=eth1|srcIP=…", the activity log with key=value. */
const cloudGen =
  /\b(Allow|Deny|Block|Drop|Remove|Detect|Fail|ARP|LocalBlock|LocalAllow):? (?=type=\w+\|proto=)/;
/** The WAF's network firewall log: "NF INFO TCP 198.51.100.9 52676 192.0.2.1 80 ALLOW rule details". */
const network =
  /^(?:[\w.:-]+ )?(?:NF )?(?:EMER|ALER|CRIT|ERR|WARN|NOTI|INFO|DEBU) (TCP|UDP|ICMP) (\S+) (\d+) (\S+) (\d+) (ALLOW|DENY) (\S+) (.*)$/;
/** The WAF's web firewall log with names: "src=… spt=… dst=… dpt=… actionTaken=DENY attackDescription=…". */
const attack = /^(?:- )?src=\S+ spt=\d+ dst=\S+ dpt=\d+ actionTaken=/;

const known = dictionary({
  proto: "network.transport:transport",
  srcIF: "observer.ingress.interface.name",
  dstIF: "observer.egress.interface.name",
  srcIP: "source.ip:ip",
  srcPort: "source.port:port",
  srcMAC: "source.mac:mac",
  dstIP: "destination.ip:ip",
  dstPort: "destination.port:port",
  dstService: "network.protocol:lower",
  srcNAT: "source.nat.ip:ip",
  dstNAT: "destination.nat.ip:ip",
  rule: "rule.name",
  receivedBytes: "destination.bytes:integer",
  sentBytes: "source.bytes:integer",
  receivedPackets: "destination.packets:integer",
  sentPackets: "source.packets:integer",
  user: "user.name",
  info: "event.reason",
  application: "network.application",
  src: "source.ip:ip",
  spt: "source.port:port",
  dst: "destination.ip:ip",
  dpt: "destination.port:port",
  attackDescription: "rule.name",
  attackId: "rule.id",
  attackGroup: "rule.category",
  request: "url.original",
  requestMethod: "http.request.method",
  userAgent: "user_agent.original",
  referer: "http.request.referrer",
});

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const fields: Fields = { ...noFields, "observer.vendor": "Barracuda", "observer.type": "firewall" };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const flow = cloudGen.exec(message);
  if (flow) readFlow(message, flow, fields);
  else if (attack.test(message)) readAttack(message, fields);
  else {
    const line = network.exec(message);
    if (!line) return undefined;
    fields["event.category"] = ["network"];
    fields["network.transport"] = line[1]!.toLowerCase();
    setEndpoint(fields, "source", line[2]!, line[3]);
    setEndpoint(fields, "destination", line[4]!, line[5]);
    setVerdict(fields, line[6] === "ALLOW" ? "allowed" : "denied", line[6]!.toLowerCase());
    fields["rule.name"] = line[7]!;
    if (line[8]) fields["event.reason"] = line[8];
  }
  return { dataset, fields };
}

function readFlow(message: string, flow: RegExpExecArray, fields: Fields): void {
  let seconds: string | undefined;
  readPairs(
    message,
    flow.index + flow[0].length,
    (name, value) => {
      if (name === "duration") seconds = value;
      else assign(fields, known, name, value);
    },
    { separator: "|" },
  );
  if (seconds !== undefined && /^\d+$/.test(seconds))
    setSeconds(fields, String(Math.floor(Number(seconds) / 1000)));
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  const word = flow[1]!.replace(/^Local/, "");
  const verdict = connectionVerdict(word);
  if (verdict !== undefined) setVerdict(fields, verdict, word.toLowerCase());
  else if (word === "Remove") {
    fields["event.action"] = "connection-closed";
    fields["event.type"] = ["connection", "end"];
  }
  fields["firebreak.raw.action"] = flow[1]!;
  addTotals(fields);
}

function readAttack(message: string, fields: Fields): void {
  let taken = "";
  readPairs(
    message,
    0,
    (name, value) => {
      if (name === "actionTaken") taken = value;
      else if (name !== "rt") assign(fields, known, name, value);
    },
    { spaces: true },
  );
  fields["event.kind"] = "alert";
  fields["event.category"] = ["intrusion_detection", "web"];
  const verdict = connectionVerdict(taken) ?? "detected";
  setVerdict(fields, verdict, taken === "" ? verdict : taken.toLowerCase());
  fields["event.type"] = [verdict === "detected" || verdict === "allowed" ? "info" : "denied"];
}
