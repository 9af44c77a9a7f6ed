import type { Fields } from "@firebreak/model/event";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/radius";

export const payload = {
  name: dataset,
  title: "FreeRADIUS",
  programs: ["radiusd", "freeradius"],
  parse,
} satisfies SyslogPayload;

const tail = String.raw`\[([^\]]*)\](?: \(from client (\S+) port (\d+)(?: cli (\S+?))?(?: via TLS tunnel)?\))?`;

const rules = [
  rule(
    new RegExp(`^(?:\\(\\d+\\) )?(?:Auth: )?(?:\\(\\d+\\) )?Login OK: ${tail}`),
    "user.name firebreak.raw.client firebreak.raw.nas_port firebreak.raw.calling_station",
    loginFields("success"),
  ),
  rule(
    new RegExp(
      `^(?:\\(\\d+\\) )?(?:Auth: )?(?:\\(\\d+\\) )?(?:Login incorrect|Invalid user)(?: \\((.*?)\\))?: ${tail}`,
    ),
    "event.reason user.name firebreak.raw.client firebreak.raw.nas_port firebreak.raw.calling_station",
    loginFields("failure"),
  ),
];

function parse(message: string): PayloadDraft {
  const fields: Fields = applyRules(rules, message) ?? {};
  const user = fields["user.name"];
  // "[bob/password]": FreeRADIUS prints the password when told to; it must not become part of the name.
  if (typeof user === "string" && user.includes("/")) fields["user.name"] = user.slice(0, user.indexOf("/"));
  const station = fields["firebreak.raw.calling_station"];
  if (typeof station === "string") {
    const mac = macOf(station);
    if (mac !== undefined) fields["source.mac"] = mac;
    else setEndpoint(fields, "source", station);
  }
  return { dataset, fields };
}
