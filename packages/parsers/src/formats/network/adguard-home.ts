import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { applyRules, loginFields, rule } from "../../text/rules.ts";

const dataset = "network/adguard-home";
const line =
  /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{6}) (?:\d+#\d+ )?\[(info|debug|error|warn)\] (?=auth: |[A-Z]+ \S+ \/control\/)/;

const rules = [
  rule(
    /^([A-Z]+) (\S+) (\/control\/login): (?:from ip (\S+): )?invalid username or password/,
    "http.request.method url.domain url.path source",
    loginFields("failure"),
  ),
  rule(
    /^auth: user "([^"]*)" successfully logged in from ip (\S+)/,
    "user.name source",
    loginFields("success"),
  ),
  rule(/^auth: failed to login user "([^"]*)" from ip (\S+)/, "user.name source", loginFields("failure")),
  rule(/^([A-Z]+) (\S+) (\/control\/\S+): (.*)$/, "http.request.method url.domain url.path event.reason", {}),
];

export const format = {
  kind: "line",
  name: dataset,
  title: "AdGuard Home server log (logins)",
  version: 1,
  notes:
    '`YYYY/MM/DD hh:mm:ss.ffffff [info] auth: user "x" successfully logged in from ip …`; local time without zone.',
  sniff: (text) => (line.test(text) ? 0.95 : 0),
  open: (context) => ({
    parse(record) {
      const match = line.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields = applyRules(rules, text) ?? {};
      // Before version 0.107.44 the address stood where the host of the request stands now.
      const host = fields["url.domain"];
      if (
        typeof host === "string" &&
        fields["source.ip"] === undefined &&
        /^[\d.:a-fA-F]{7,45}$/.test(host)
      ) {
        fields["source.ip"] = host;
        delete fields["url.domain"];
      }
      fields["event.kind"] = "event";
      fields["log.level"] = match[2]!;
      fields.message = text;
      addRelated(fields);
      const time = context.time.iso(match[1]!.replaceAll("/", "-").replace(/^(\d{4}-\d\d-\d\d) /, "$1 "));
      return time ? { dataset, time: { ...time, original: match[1]! }, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
