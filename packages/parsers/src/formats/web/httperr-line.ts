import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const ip = "([\\da-fA-F.:%]{3,60})";

/** HTTP.sys error log (HTTPERR) whose header is missing: rotated, cut or forwarded line by line. UTC. */
export const format = {
  kind: "line",
  name: "web/httperr-line",
  title: "HTTP.sys error log (HTTPERR) without its header",
  version: 1,
  notes:
    "By date, time, client, port, server, port and a protocol version. With its header it is read as web/iis. UTC.",
  ...lineTable({
    dataset: "web/httperr",
    zone: { zone: "UTC", source: "format-default" },
    rules: [
      rule(
        new RegExp(
          `^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) ${ip} (\\d{1,5}) ${ip} (\\d{1,5}) (?:HTTP\\/(\\d(?:\\.\\d)?)|-) (\\S{1,30}) (\\S{1,4000})(?: -)? (\\d{3}|-) (\\S{1,20}) ([A-Z]\\S{1,60})(?: (\\S{1,200}))?\\s*$`,
        ),
        "@ source source.port destination destination.port http.version http.request.method url http.response.status_code:n firebreak.raw.site_id event.reason firebreak.raw.queue",
        { "event.category": ["web"], "event.type": ["error"], "event.outcome": "failure" },
      ),
    ],
    vote: 0.93,
  }),
} satisfies LineFormat;
