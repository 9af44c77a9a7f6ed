import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setSourceAccount } from "../../ecs/account.ts";
import { setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/watchguard";

export const payload = {
  name: dataset,
  title: "WatchGuard Firebox",
  programs: [],
  accepts: (message) => /\bmsg_id="[0-9A-F]{2,4}-[0-9A-F]{2,4}"/.test(message.slice(0, 300)),
  parse,
} satisfies SyslogPayload;

/** Names of "Fireware Log Catalog". */
const known = dictionary({
  msg_id: "event.code",
  proxy_act: "rule.ruleset",
  dstname: "url.domain",
  op: "http.request.method",
  rcvd_bytes: "destination.bytes:integer",
  sent_bytes: "source.bytes:integer",
  app_name: "network.application",
  msg: "message",
  reason: "event.reason",
  signature_name: "rule.name",
  signature_id: "rule.id",
});

/** "Deny 1-Trusted 0-External 60 tcp 20 64 192.0.2.10 203.0.113.5 50000 443 … (Policy-00)". */
const traffic =
  /msg_id="[^"]*" (Allow|Deny|ProxyAllow|ProxyDeny|ProxyDrop|ProxyBlock|ProxyStrip|ProxyReplace)[^\s]*:? (\S+) (\S+) (?:(\d+) )?([a-z][\w/-]*) (?:(\d+) (\d+) )?([0-9a-fA-F.:]+) ([0-9a-fA-F.:]+)(?: (\d+) (\d+))?/;
const login =
  /(?:User|Authentication of .*? user|Management user|Admin(?:istrator)?) \[?'?([^\s\]'@]+)(?:@(\S+?))?\]?'? (?:from (\S+) )?.*?(logged in|logged out|log(?:ged)? in|was accepted|accepted|was rejected|rejected|failed|denied)/i;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "WatchGuard",
    "observer.product": "Firebox",
    "observer.type": "firewall",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const at = message.indexOf("msg_id=");
  if (at < 0) return undefined;
  // The serial number may stand before the stamp.
  const head = /^(?:[0-9A-F]{8,14} )?\((\d{4}-\d\d-\d\dT[\d:.]+Z?)\) (?:([\w.-]+)(?:\[(\d+)\])?: )?/.exec(
    message,
  );
  if (head?.[2]) fields["process.name"] = head[2];
  if (head?.[3]) fields["process.pid"] = Number(head[3]);
  readPairs(message, at, (name, value) => {
    if (name === "src_user" || name === "user") setUser(fields, value);
    else if (name === "duration") setSeconds(fields, value);
    else if (name === "arg") setTarget(fields, value);
    else assign(fields, known, name, value);
  });
  addTotals(fields);
  const found = traffic.exec(message);
  if (found) readTraffic(found, message, fields);
  else readLogin(message, fields);
  // The stamp in brackets is the device's UTC time (WatchGuard, "Read a log message").
  const time = head ? context.time.iso(head[1]!, { zone: "UTC", source: "format-default" }) : undefined;
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** "/a?b=1" behind the host in dstname. */
function setTarget(fields: Fields, target: string): void {
  if (isAbsent(target)) return;
  const host = fields["url.domain"];
  setBareUrl(fields, target);
  if (host !== undefined) fields["url.domain"] = host;
}

/** "anna@Firebox-DB": the name and the authentication server that knows it. */
function setUser(fields: Fields, recorded: string): void {
  if (isAbsent(recorded)) return;
  const at = recorded.lastIndexOf("@");
  setSourceAccount(fields, at > 0 ? recorded.slice(0, at) : recorded);
  if (at > 0) fields["user.domain"] = recorded.slice(at + 1);
}

function readTraffic(match: RegExpExecArray, message: string, fields: Fields): void {
  fields["event.category"] = ["network"];
  const word = match[1]!;
  setVerdict(
    fields,
    word.endsWith("Allow")
      ? "allowed"
      : word === "ProxyDrop"
        ? "dropped"
        : word === "ProxyBlock"
          ? "blocked"
          : word.endsWith("Deny")
            ? "denied"
            : "allowed",
    word.toLowerCase(),
  );
  fields["firebreak.raw.disposition"] = word;
  fields["observer.ingress.interface.name"] = match[2]!;
  fields["observer.egress.interface.name"] = match[3]!;
  if (match[4] !== undefined) fields["network.bytes"] = Number(match[4]);
  // "https/tcp" or "tcp".
  const protocol = match[5]!.split("/");
  const transport = transportOf(protocol.at(-1)!);
  if (transport !== undefined) fields["network.transport"] = transport;
  if (protocol.length > 1) fields["network.protocol"] = protocol[0]!;
  // ICMP prints its type and code where the ports stand.
  const hasPorts = transport !== "icmp" && transport !== "ipv6-icmp";
  setEndpoint(fields, "source", match[8]!, hasPorts ? match[10] : undefined);
  setEndpoint(fields, "destination", match[9]!, hasPorts ? match[11] : undefined);
  const policy = /\(([^()]{1,100}?)(?:-\d\d)?\)\s*$/.exec(message);
  if (policy) fields["rule.name"] ??= policy[1]!;
}

function readLogin(message: string, fields: Fields): void {
  const match = login.exec(message);
  if (!match) return;
  const failed = /reject|fail|denied|invalid/i.test(message.slice(match.index, match.index + 500));
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [failed ? "info" : /out/.test(match[4]!) ? "end" : "start"];
  fields["event.action"] = failed ? "login-failed" : /out/.test(match[4]!) ? "logout" : "login";
  fields["event.outcome"] = failed ? "failure" : "success";
  fields["user.name"] ??= match[1]!;
  if (match[3] !== undefined) setEndpoint(fields, "source", match[3]);
}
