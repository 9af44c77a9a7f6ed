import type { Fields } from "@firebreak/model/event";
import type { LineFormat, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../../ecs/related.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "network/globalprotect";
/** "(P1234-T5678)Debug( 123): 03/05/24 11:12:13:123 text", and the older "(T5678) 03/05/24 11:12:13:123 Debug( 123): text". */
const newer =
  /^\((?:P(\d{1,10})-)?T(\d{1,10})\) ?(Debug|Info|Error|Dump|Warning) ?\( *(\d{1,6})\): (\d\d)\/(\d\d)\/(\d\d(?:\d\d)?) (\d\d):(\d\d):(\d\d)[:.](\d{3}) ?(.*)$/;
const older =
  /^\((?:P(\d{1,10})-)?T(\d{1,10})\) ?(\d\d)\/(\d\d)\/(\d\d(?:\d\d)?) (\d\d):(\d\d):(\d\d)[:.](\d{3}) (Debug|Info|Error|Dump|Warning) ?\( *(\d{1,6})\): ?(.*)$/;

/** The client's own log (PanGPS.log, PanGPA.log) of a machine that connects through GlobalProtect. */
export const format = {
  kind: "line",
  name: dataset,
  title: "GlobalProtect client log (PanGPS.log, PanGPA.log)",
  version: 1,
  notes:
    "`(P1234-T5678)Debug( 123): MM/DD/YY hh:mm:ss:mmm text`, or with the time in front. The machine's local time.",
  sniff: (line) => (newer.test(line) || older.test(line) ? 0.95 : 0),
  open: (context) => ({
    parse(record) {
      const line = record.trimEnd();
      const first = newer.exec(line);
      if (first) {
        const [, pid, thread, level, source, ...rest] = first;
        return read({ pid, thread: thread!, level: level!, source: source! }, rest as string[], context);
      }
      const second = older.exec(line);
      if (!second) return undefined;
      const [, pid, thread, ...rest] = second;
      const [level, source, text] = rest.slice(7) as [string, string, string];
      return read(
        { pid, thread: thread!, level, source },
        [...(rest.slice(0, 7) as string[]), text],
        context,
      );
    },
  }),
} satisfies LineFormat;

interface Origin {
  pid: string | undefined;
  thread: string;
  level: string;
  source: string;
}

const vpn = (action: string, type: string) => eventFields("network session", `connection ${type}`, action);
const rules = [
  rule(/^-{2,}Portal Login starts-{2,}/i, "", vpn("portal-login-started", "start")),
  rule(/^-{2,}Network Discover starts-{2,}/i, "", vpn("network-discovery-started", "info")),
  rule(
    /\bFailed to pre-?login to the portal (\S+?)[.,]?(?: |$)/i,
    "destination",
    loginFields("failure", "portal-login-failed"),
  ),
  rule(
    /\b(?:portal|gateway) (\S+?)(?:'s)? (?:login|authentication) failed/i,
    "destination",
    loginFields("failure", "vpn-login-failed"),
  ),
  rule(
    /\bSet state to (Connected|Disconnected|Connecting\.\.\.|Disconnecting|Discovering network)/i,
    "event.reason",
    vpn("state-changed", "info"),
  ),
  rule(
    /\btunnel to (\S+?)(?::(\d{1,5}))? (?:is )?(?:up|created|connected)/i,
    "destination destination.port",
    vpn("tunnel-up", "start"),
  ),
  rule(/\b(?:Tunnel is down|tunnel (?:is )?disconnected)/i, "", vpn("tunnel-down", "end")),
  rule(
    /\bgateway (?:address|ip)(?: is)?:? ([\da-fA-F.:]{3,45})/i,
    "destination",
    vpn("gateway-chosen", "info"),
  ),
];
const user = /\b(?:user ?name|username) ?(?:=|is|:) ?'?([^\s',;]{1,100})/i;

function read(origin: Origin, parts: readonly string[], context: ParseContext) {
  const [month, day, year, hour, minute, second, ms, text = ""] = parts as string[];
  const fields: Fields = applyRules(rules, text) ?? eventFields("host", "info", "log");
  fields["event.kind"] = "event";
  fields["observer.vendor"] = "Palo Alto Networks";
  fields["observer.product"] = "GlobalProtect";
  fields["log.level"] = origin.level.toLowerCase();
  fields["log.origin.file.line"] = Number(origin.source);
  if (origin.pid !== undefined) fields["process.pid"] = Number(origin.pid);
  fields["process.thread.id"] = Number(origin.thread);
  const name = user.exec(text.slice(0, 1000))?.[1];
  if (name !== undefined) fields["user.name"] = name;
  if (text !== "") fields.message = text;
  addRelated(fields);
  const time: EventTime | undefined = context.time.local(
    {
      year: year!.length === 2 ? 2000 + Number(year) : Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      nanos: Number(ms) * 1e6,
    },
    `${month}/${day}/${year} ${hour}:${minute}:${second}:${ms}`,
  );
  return time ? { dataset, time, fields } : { dataset, fields };
}
