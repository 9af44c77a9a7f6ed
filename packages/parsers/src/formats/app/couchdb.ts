import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const head =
  "^\\[(debug|info|notice|warning|error|critical|alert|emergency)\\] (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z) (\\S{1,200}) <[\\d.]{3,30}> (\\S{1,40}) ";

/** CouchDB's log (docs.couchdb.org, "Logging"): level, time, node, process, request; requests name host, client and user. UTC with Z. */
export const format = {
  kind: "line",
  name: "database/couchdb",
  title: "Apache CouchDB log",
  version: 1,
  notes: "`[level] time node <pid> request host client user METHOD path status ok ms`. UTC with Z.",
  ...lineTable({
    dataset: "database/couchdb",
    vote: 0.97,
    rules: [
      rule(
        new RegExp(
          `${head}(\\S{1,255}) ([\\da-fA-F.:]{3,45}) (\\S{1,128}) ([A-Z]{3,10}) (\\S{1,4000}) (\\d{3}) (\\w{2,10}) (\\d{1,9})`,
        ),
        "log.level @ host.name http.request.id url.domain source user.name http.request.method url http.response.status_code:n . .",
        { "event.category": ["web", "database"], "event.type": ["access"] },
      ),
      rule(new RegExp(`${head}([\\s\\S]*)$`), "log.level @ host.name http.request.id message", {
        "event.category": ["database"],
        "event.type": ["info"],
      }),
    ],
    finish(fields) {
      const status = fields["http.response.status_code"];
      if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
      const domain = fields["url.domain"];
      if (typeof domain !== "string") return undefined;
      const [name, port] = domain.split(":");
      fields["url.domain"] = name!;
      if (port !== undefined && /^\d{1,5}$/.test(port)) fields["url.port"] = Number(port);
      return undefined;
    },
  }),
} satisfies LineFormat;
