import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const events: Record<string, readonly [action: string, type: string]> = {
  "+": ["connection-opened", "start"],
  "-": ["connection-closed", "end"],
  ">": ["command-sent", "protocol"],
  "<": ["command-received", "protocol"],
  "*": ["information", "info"],
};

/** Exchange SMTP protocol logs (SmtpReceive, SmtpSend): with their header or one line of them. UTC. */
export const format = {
  kind: "line",
  name: "windows/exchange-protocol",
  title: "Exchange SMTP protocol log (receive and send connectors)",
  version: 1,
  notes:
    "By date-time, connector, session, sequence, two endpoints and one of + - < > * between commas. UTC with Z.",
  ...lineTable({
    dataset: "windows/exchange-protocol",
    rules: [
      rule(
        /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z),([^,]{1,255}),([0-9A-F]{6,20}),(\d{1,9}),([^,]{0,80}),([^,]{0,80}),([-+<>*]),([\s\S]*?),([^,]*)$/,
        "@ firebreak.raw.connector firebreak.raw.session_id firebreak.raw.sequence destination:port source:port firebreak.raw.event message event.reason",
        {
          "event.category": ["email", "network"],
          "event.provider": "Microsoft Exchange",
          "network.protocol": "smtp",
        },
      ),
    ],
    vote: 0.97,
    finish(fields) {
      const [action, type] = events[String(fields["firebreak.raw.event"] ?? "-")]!;
      fields["event.action"] = action;
      fields["event.type"] = [type];
      const text = String(fields.message ?? "");
      if (text.startsWith('"') && text.endsWith('"'))
        fields.message = text.slice(1, -1).replaceAll('""', '"');
      const from = /^MAIL FROM:<([^>]{1,320})>/i.exec(String(fields.message ?? ""))?.[1];
      const to = /^RCPT TO:<([^>]{1,320})>/i.exec(String(fields.message ?? ""))?.[1];
      if (from !== undefined) fields["email.from.address"] = [from];
      if (to !== undefined) fields["email.to.address"] = [to];
      return undefined;
    },
  }),
} satisfies LineFormat;
