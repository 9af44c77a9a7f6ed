import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/pfsense-web";

/** Sign-ins to the web interface: pfSense in php-fpm, OPNsense in audit. */
const login =
  /(?:(Successful login|Session timed out|User logged out) for user '([^']*)'|authentication error for (?:user )?'?([^\s']*)'?|Web ?GUI authentication (?:failure|error) for '?([^\s']*)'?|user (\S+) (authenticated successfully|could not authenticate) for WebGui)(?: from:? ([0-9a-fA-F.:]{3,45}))?/i;
const changed = /Configuration Change: ([^\s@]+)@([0-9a-fA-F.:]{3,45})[^:]*: (.*)$/;

export const payload = {
  name: dataset,
  title: "pfSense and OPNsense web interface",
  programs: ["php-fpm", "php", "audit"],
  parse(message): PayloadDraft | undefined {
    const fields: Fields = {};
    const found = login.exec(message);
    const change = found ? undefined : changed.exec(message);
    if (found) setLogin(fields, found);
    else if (change) {
      fields["event.category"] = ["configuration"];
      fields["event.type"] = ["change"];
      fields["event.action"] = "configuration-changed";
      fields["user.name"] = change[1]!;
      setEndpoint(fields, "source", change[2]!);
    } else return undefined;
    return { dataset, fields };
  },
} satisfies SyslogPayload;

function setLogin(fields: Fields, match: RegExpExecArray): void {
  const ended = /timed out|logged out/i.test(match[1] ?? "");
  const good = match[1] !== undefined || /success/i.test(match[6] ?? "");
  fields["event.category"] = [ended ? "session" : "authentication"];
  fields["event.type"] = [ended ? "end" : good ? "start" : "info"];
  fields["event.action"] = ended ? "logout" : good ? "login" : "login-failed";
  if (!ended) fields["event.outcome"] = good ? "success" : "failure";
  const user = match[2] ?? match[3] ?? match[4] ?? match[5];
  if (user !== undefined && user !== "") fields["user.name"] = user;
  if (match[7] !== undefined) setEndpoint(fields, "source", match[7]);
}
