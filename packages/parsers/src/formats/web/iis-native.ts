import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const cell = "([^,]{0,255})";

/** Microsoft IIS log file format (Microsoft Learn, "IIS Log File Format"): fixed columns, comma and blank. Local time. */
export const format = {
  kind: "line",
  name: "web/iis-native",
  title: "Microsoft IIS log file format (not W3C)",
  version: 1,
  notes:
    "By client, user, date, time, service (W3SVC1, MSFTPSVC1, SMTPSVC1) between commas. Local time without a zone, month first.",
  ...lineTable({
    dataset: "web/iis",
    rules: [
      rule(
        new RegExp(
          `^([\\da-fA-F.:%]{3,60}), ${cell}, (\\d{1,2}\\/\\d{1,2}\\/\\d{2,4}, \\d{1,2}:\\d\\d:\\d\\d), ((?:W3SVC|MSFTPSVC|SMTPSVC|NNTPSVC|FTPSVC)\\d{0,10}), ${cell}, ([\\da-fA-F.:]{3,60}), (\\d{1,15}), (\\d{1,15}), (\\d{1,15}), (\\d{1,5}), (\\d{1,10}), ([^,]{0,40}), ([^,]{0,2000}), ([\\s\\S]{0,4000}?),?\\s*$`,
        ),
        "source user.name @ firebreak.raw.service host.name destination firebreak.raw.time_taken http.request.bytes:n http.response.bytes:n http.response.status_code:n firebreak.raw.win32_status http.request.method url.path url.query",
        { "event.category": ["web"], "event.type": ["access"] },
      ),
    ],
    vote: 0.97,
    order: "month-first",
    finish(fields) {
      const status = fields["http.response.status_code"];
      if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
      const path = fields["url.path"];
      const query = fields["url.query"];
      if (typeof path === "string")
        fields["url.original"] = typeof query === "string" ? `${path}?${query}` : path;
      const user = String(fields["user.name"] ?? "");
      const slash = user.indexOf("\\");
      if (slash > 0) {
        fields["user.domain"] = user.slice(0, slash);
        fields["user.name"] = user.slice(slash + 1);
      }
      if (String(fields["firebreak.raw.service"]).includes("FTP")) {
        fields["event.category"] = ["file"];
        return "windows/iis-ftp";
      }
      return undefined;
    },
  }),
} satisfies LineFormat;
