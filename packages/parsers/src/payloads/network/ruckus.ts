import type { Fields } from "@firebreak/model/event";
import { setSourceAccount } from "../../ecs/account.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/ruckus";

export const payload = {
  name: dataset,
  title: "Ruckus SmartZone",
  programs: [],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/** "@@202,clientJoin,"apMac"="aa:…","clientMac"="…"" (SmartZone, "Alarm and Event Reference Guide"). */
const header = /^(?:Core|WSG|SZ|ruckus|AP)?:? ?@@(\d{1,6}),(\w{1,60}),/;

const known = dictionary({
  apName: "observer.name",
  apMac: "observer.mac:mac",
  apIpAddress: "observer.ip:ip",
  fwVersion: "observer.version",
  model: "observer.product",
  clientMac: "source.mac:mac",
  clientIP: "source.ip:ip",
  hostname: "source.domain",
  ssid: "network.name",
  vlanId: "network.vlan.id",
  rxBytes: "source.bytes:integer",
  txBytes: "destination.bytes:integer",
  rxFrames: "source.packets:integer",
  txFrames: "destination.packets:integer",
  reason: "event.reason",
  disconnectReason: "event.reason",
  srcIp: "source.ip:ip",
  authServerIP: "server.ip:ip",
});

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const name = match[2]!;
  const fields: Fields = {
    "observer.vendor": "Ruckus",
    "observer.type": "wireless",
    "event.code": match[1]!,
    "event.action": kebabCase(name),
  };
  const cut = readPairs(
    message,
    match[0].length,
    (key, value) => {
      const own = key.replace(/^"|"$/g, "");
      if (own === "userName" || own === "userId" || own === "adminId") {
        if (value !== "" && !/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(value)) setSourceAccount(fields, value);
      } else assign(fields, known, own, value);
    },
    { separator: "," },
  );
  if (cut) fields["firebreak.truncated"] = true;
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  const isLogin = /Auth(?:orization|entication)?|login|Login/.test(name);
  fields["event.category"] = [
    isLogin ? "authentication" : fields["source.mac"] === undefined ? "host" : "network",
  ];
  fields["event.type"] = [
    /Join|Connect/.test(name) ? "start" : /Leave|Disconnect|Logout/.test(name) ? "end" : "info",
  ];
  if (/Fail|Reject|Denied/i.test(name)) fields["event.outcome"] = "failure";
  else if (isLogin && /Success/i.test(name)) fields["event.outcome"] = "success";
  return { dataset, fields };
}
