import type { Fields } from "@firebreak/model/event";
import { noFields } from "../../ecs/shape.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { iosRules } from "../../network/cisco/ios-rules.ts";
import { readWording } from "../../network/cisco/wording.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/cisco-ios";

export const payload = {
  name: dataset,
  title: "Cisco IOS, IOS XE, IOS XR and NX-OS",
  programs: [],
  accepts: (message) => header.test(message) && !others.test(message),
  parse,
} satisfies SyslogPayload;

/** Virtual device contexts of NX-OS put "%$ VDC-1 %$ " in front. "%SEC-6-IPACCESSLOGP: ", "%SYSMGR-STANDBY-3-SHUTDOWN_START: ", "%LOG_LOCAL0-2-SYSTEM_MSG [". */
const header =
  /^(?:%\$ VDC-\d{1,3} %\$ )?%([A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*?)-(?:SP-|SW\d-|STDBY-)?([0-7])-([A-Z][A-Z0-9_]*) ?:? /;
/** What other products of the vendor write in the same form: firewalls, and wireless controllers with their source file. */
const others =
  /^%(?:(?:ASA|FTD|PIX|FWSM|NGIPS)-|[A-Z0-9_]+-[0-7]-[A-Z0-9_]+: (?:\[\w{1,4}\])?[\w.-]+\.c:\d+ )/;
const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

/** "%IOSXE-6-PLATFORM: R0/0: cpp_cp: QFP:0.0 … %FW-6-SESS_AUDIT_TRAIL: …": the platform passes on another part's message. */
const passedOn = /^%IOSXE-\d-PLATFORM: [^%]{1,200}(?=%[A-Z][A-Z0-9_]*-\d-[A-Z])/;

function parse(recorded: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const message = recorded.replace(passedOn, "");
  const match = header.exec(message);
  if (!match || others.test(message)) return undefined;
  const mnemonic = match[3]!;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Cisco",
    "observer.product": "IOS",
    "observer.type": "router",
    "event.code": mnemonic,
    "event.severity": Number(match[2]),
    "log.level": levels[Number(match[2])]!,
    "event.action": kebabCase(mnemonic),
    "firebreak.raw.facility": match[1]!,
    "firebreak.raw.mnemonic": mnemonic,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const text = message.slice(match[0].length);
  for (const { pattern, build } of Object.hasOwn(iosRules, mnemonic) ? iosRules[mnemonic]! : []) {
    const found = pattern.exec(text);
    if (!found) continue;
    build(found, fields);
    return { dataset, fields };
  }
  readWording(text, fields);
  readSignIn(text, fields);
  fields["event.category"] ??= fields["source.ip"] === undefined ? ["host"] : ["network"];
  fields["event.type"] ??= ["info"];
  return { dataset, fields };
}
