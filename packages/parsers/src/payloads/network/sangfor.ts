import type { Fields } from "@firebreak/model/event";
import { setSourceAccount } from "../../ecs/account.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { classify } from "../../network/classify.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/sangfor";

export const payload = {
  name: dataset,
  title: "Sangfor NGAF",
  programs: ["fwlog", "nat_log", "localhost fwlog"],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/** "Log type: service control or application control, policy name:deny-all, user:anna, source IP:10.0.0.5, …". */
const header = /^(?:fwlog: ?)?[Ll]og type: ?[^,]{2,80}, ?[A-Za-z ]{3,40}:/;

const known = dictionary({
  "policy name": "rule.name",
  "rule id": "rule.id",
  "source ip": "source.ip:ip",
  "src ip": "source.ip:ip",
  "source port": "source.port:port",
  "src port": "source.port:port",
  "destination ip": "destination.ip:ip",
  "dst ip": "destination.ip:ip",
  "destination port": "destination.port:port",
  "dst port": "destination.port:port",
  protocol: "network.transport:transport",
  application: "network.application",
  "application name": "network.application",
  "attack type": "rule.category",
  "virus name": "rule.name",
  "vulnerability id": "rule.id",
  "translated ip": "source.nat.ip:ip",
  "translated port": "source.nat.port:port",
  "threat level": "log.level:lower",
  description: "rule.description",
});

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const fields: Fields = { "observer.vendor": "Sangfor", "observer.type": "firewall" };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(
    message.replace(/^fwlog: ?/, ""),
    0,
    (recorded, raw) => {
      const name = recorded.trim().toLowerCase();
      const value = raw.trim();
      values[name] = value;
      if (!own.has(name) && !isAbsent(value)) assign(fields, known, name, value);
    },
    { separator: ",", assign: ":" },
  );
  if (cut) fields["firebreak.truncated"] = true;
  finish(fields, values);
  return { dataset, fields };
}

const own = new Set(["log type", "user", "user name", "action", "system action", "url"]);

function finish(fields: Fields, values: Record<string, string>): void {
  const user = values["user name"] ?? values.user ?? "";
  if (!isAbsent(user) && user !== "(null)") setSourceAccount(fields, user);
  if (values.url) setBareUrl(fields, values.url);
  const label = values["log type"] ?? "";
  fields["firebreak.raw.log_type"] = label;
  const word = values["system action"] ?? values.action ?? "";
  classify(fields, label, word === "" ? undefined : word.toLowerCase());
  const verdict = connectionVerdict(word);
  if (verdict !== undefined && !/attack|virus|ips/i.test(label))
    setVerdict(fields, verdict, word.toLowerCase());
  fields["event.category"] ??= ["network"];
  fields["event.type"] ??= ["info"];
}
