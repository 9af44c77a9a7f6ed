import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { readWording } from "../../network/cisco/wording.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

export const payload = {
  name: "network/huawei",
  title: "Huawei (VRP: USG, switches, routers) and H3C (Comware)",
  programs: [],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/** "%%01POLICY/6/POLICYDENY(l):" of Huawei, "%%10FILTER/6/FILTER_ZONE_IPV4_EXECUTION: " of H3C, whose name may be in front of "%%: ". */
const header =
  /^(?:%%: ?)?%%(\d\d)([A-Z][A-Z0-9_]{0,40})\/(?:[A-Z0-9_]+\/)?([0-7])\/([A-Za-z0-9_]{1,60})(?:\([a-z]\))?(?:\[\d+\])?: ?/;
const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

/** Names of Huawei's "Log Reference" and of H3C's "System Log Messages Reference" (there with a number behind each). */
const known = dictionary({
  "source-ip": "source.ip:ip",
  "source-port": "source.port:port",
  "destination-ip": "destination.ip:ip",
  "destination-port": "destination.port:port",
  protocol: "network.transport:transport",
  "source-zone": "observer.ingress.zone",
  "destination-zone": "observer.egress.zone",
  "application-name": "network.application",
  "rule-name": "rule.name",
  SourceIP: "source.ip:ip",
  SourcePort: "source.port:port",
  DestinationIP: "destination.ip:ip",
  DestinationPort: "destination.port:port",
  SourceNatIP: "source.nat.ip:ip",
  SourceNatPort: "source.nat.port:port",
  DestinationNatIP: "destination.nat.ip:ip",
  DestinationNatPort: "destination.nat.port:port",
  SendBytes: "source.bytes:integer",
  SendPkts: "source.packets:integer",
  RcvBytes: "destination.bytes:integer",
  RcvPkts: "destination.packets:integer",
  SrcIp: "source.ip:ip",
  SrcPort: "source.port:port",
  DstIp: "destination.ip:ip",
  DstPort: "destination.port:port",
  SrcZone: "observer.ingress.zone",
  DstZone: "observer.egress.zone",
  User: "user.name",
  UserName: "user.name",
  user: "user.name",
  Application: "network.application",
  Policy: "rule.name",
  SignName: "rule.name",
  SignId: "rule.id",
  FileName: "file.name",
  Url: "url.original",
  Host: "url.domain",
  SrcIPAddr: "source.ip:ip",
  SrcIPv6Addr: "source.ip:ip",
  DstIPAddr: "destination.ip:ip",
  DstIPv6Addr: "destination.ip:ip",
  SrcMacAddr: "source.mac:mac",
  NATSrcIPAddr: "source.nat.ip:ip",
  NATSrcPort: "source.nat.port:port",
  NATDstIPAddr: "destination.nat.ip:ip",
  NATDstPort: "destination.nat.port:port",
  InitPktCount: "source.packets:integer",
  InitByteCount: "source.bytes:integer",
  RplyPktCount: "destination.packets:integer",
  RplyByteCount: "destination.bytes:integer",
  SrcZoneName: "observer.ingress.zone",
  DstZoneName: "observer.egress.zone",
  SecurityPolicy: "rule.ruleset",
  RuleName: "rule.name",
  RuleID: "rule.id",
  PolicyName: "rule.ruleset",
  AttackName: "rule.name",
  AttackID: "rule.id",
  IPAddr: "source.ip:ip",
  Ip: "source.ip:ip",
  AuthenticationIP: "source.ip:ip",
});
/** Both vendors print the transport under a name that elsewhere means an application protocol. */
const transports = new Set(["Protocol", "protocol", "Proto"]);

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const isHuawei = match[1]!.startsWith("0");
  const severity = Number(match[3]);
  const fields: Fields = {
    ...noFields,
    "observer.vendor": isHuawei ? "Huawei" : "H3C",
    "observer.type": "firewall",
    "event.code": match[4]!,
    "event.severity": severity,
    "log.level": levels[severity]!,
    "firebreak.raw.module": match[2]!,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const text = withoutSentence(message.slice(match[0].length).replace(/[.;]\s*$/, ""));
  const values = readValues(text, fields);
  finish(fields, values, text, match[4]!);
  return { dataset: isHuawei ? "network/huawei" : "network/h3c", fields };
}

/** "An intrusion was detected. (SyslogId=1, VSys="public", …)": the pairs of threat logs stand in parentheses behind a sentence. */
function withoutSentence(text: string): string {
  return /^[^=]{1,120}\((\w{1,30}=.*?)\)?$/.exec(text)?.[1] ?? text;
}

/** "SrcIPAddr(1003)=10.0.0.5;DstPort(1008)=80", "protocol=6, source-ip=10.0.0.5"; prose has none. */
function readValues(text: string, fields: Fields): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if ((text.match(/=/g)?.length ?? 0) < 3) return values;
  const separator = /^[^,]{0,200};/.test(text) ? ";" : ",";
  const cut = readPairs(
    text,
    0,
    (recorded, raw) => {
      const name = recorded.replace(/\(\d+\)$/, "").trim();
      const value = raw.trim();
      values.set(name, value);
      if (transports.has(name)) assign(fields, protocolOnly, "protocol", value.toLowerCase());
      else if (value !== "unknown" || !/^user/i.test(name)) assign(fields, known, name, value);
    },
    { separator },
  );
  if (cut) fields["firebreak.truncated"] = true;
  return values;
}

const protocolOnly = dictionary({ protocol: "network.transport:transport" });
/** "Built an udp session, 10.1.1.1:1 (trust) to 10.1.1.2:1 (trust)", the content format "mtn". */
const session = /^(Built|Teardown) an? (\w+) session, (\S+?):(\d+) ?\((\S+?)\) to (\S+?):(\d+) ?\((\S+?)\)/;
const signIn =
  /(?:^|user[: ]|User )["']?([^\s"',:()]{1,64})["']? (?:login|logged in|logged out|failed to log)(?:.*?from ([\da-fA-F.:]{3,45}))?/i;

function finish(fields: Fields, values: ReadonlyMap<string, string>, text: string, brief: string): void {
  const built = session.exec(text);
  if (built) {
    fields["network.transport"] = built[2]!.toLowerCase();
    setEndpoint(fields, "source", built[3]!, built[4]);
    setEndpoint(fields, "destination", built[6]!, built[7]);
    fields["observer.ingress.zone"] = built[5]!;
    fields["observer.egress.zone"] = built[8]!;
  } else if (values.size === 0) {
    readWording(text, fields);
    readSignIn(text, fields);
    const who = signIn.exec(text);
    if (who) {
      fields["user.name"] ??= who[1]!;
      if (who[2] !== undefined) setEndpoint(fields, "source", who[2].replace(/\.$/, ""));
    }
  }
  addTotals(fields);
  fields["event.action"] = kebabCase(brief);
  const word =
    values.get("Event") ?? values.get("Action") ?? /PERMIT|DENY|BLOCK|ALERT/.exec(brief)?.[0] ?? "";
  const verdict = connectionVerdict(word);
  const isAlert = /ATTACK|IPS|VIRUS|AV_|BOTNET|CNC|ATK|^IPS |^AV /.test(
    `${String(fields["firebreak.raw.module"])} ${brief}`,
  );
  if (/LOGIN|LOGOUT|AUTHEN|AAA/i.test(brief) && values.get("Event") === undefined) setLogin(fields, brief);
  else if (verdict !== undefined) setVerdict(fields, verdict, word.toLowerCase());
  else if (fields["destination.ip"] !== undefined) {
    const ended = /TEARDOWN|deleted|removed/i.test(`${brief} ${values.get("Event") ?? ""}`);
    fields["event.category"] = ["network"];
    fields["event.type"] = ["connection", ended ? "end" : "start"];
  }
  if (isAlert) {
    fields["event.kind"] = "alert";
    fields["event.category"] = ["intrusion_detection", "network"];
    fields["event.type"] = [
      verdict === undefined || verdict === "allowed" || verdict === "detected" ? "info" : "denied",
    ];
  }
  fields["event.category"] ??= ["host"];
  fields["event.type"] ??= ["info"];
}

function setLogin(fields: Fields, brief: string): void {
  fields["event.category"] = ["authentication"];
  const out = /LOGOUT/i.test(brief);
  if (/FAIL/i.test(brief)) fields["event.outcome"] = "failure";
  else if (/LOGIN$|LOGOUT$|SUCC|PASS/i.test(brief)) fields["event.outcome"] = "success";
  fields["event.type"] = [out ? "end" : fields["event.outcome"] === "success" ? "start" : "info"];
}
