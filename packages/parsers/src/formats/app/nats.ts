import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { integerOf } from "../../text/numbers.ts";
import { rule } from "../../text/rules.ts";

const head =
  "^\\[(\\d{1,10})\\] (\\d{4}\\/\\d\\d\\/\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?) \\[(INF|DBG|TRC|WRN|ERR|FTL)\\] ";
const levels: Record<string, string> = {
  INF: "info",
  DBG: "debug",
  TRC: "trace",
  WRN: "warning",
  ERR: "error",
  FTL: "fatal",
};
const fixed = { "network.protocol": "nats" };
const client = (rest: string) =>
  new RegExp(
    `${head}(?:\\[?([0-9a-fA-F.:]{2,45}?)\\]?:(\\d{1,5}) - )?(?:cid|rid|lid|wid|mid|gid):(\\d{1,20}) - ${rest}`,
  );

/** NATS server log (docs.nats.io, "Logging"). Local time without a zone. */
export const format = {
  kind: "line",
  name: "app/nats",
  title: "NATS server log",
  version: 1,
  notes: "`[pid] YYYY/MM/DD hh:mm:ss.ffffff [INF] address:port - cid:n - text`. Local time without a zone.",
  ...lineTable({
    dataset: "app/nats",
    vote: 0.95,
    rules: [
      rule(
        client("(<<-|->>) \\[([A-Z+-]{1,10}) ?([\\s\\S]{0,4096}?)\\]$"),
        "process.pid:n @ log.level source source.port firebreak.raw.client_id network.direction event.action firebreak.raw.arguments",
        { ...fixed, "event.category": ["network"], "event.type": ["protocol"] },
      ),
      rule(
        client("([\\s\\S]*)$"),
        "process.pid:n @ log.level source source.port firebreak.raw.client_id message",
        { ...fixed, "event.category": ["network"], "event.type": ["info"] },
      ),
      rule(new RegExp(`${head}([\\s\\S]*)$`), "process.pid:n @ log.level message", {}),
    ],
    finish,
  }),
} satisfies LineFormat;

function finish(fields: Fields, record: string): undefined {
  const level = fields["log.level"];
  if (typeof level === "string" && Object.hasOwn(levels, level)) fields["log.level"] = levels[level]!;
  const direction = fields["network.direction"];
  if (direction !== undefined) fields["network.direction"] = direction === "<<-" ? "inbound" : "outbound";
  if (fields["source.ip"] !== undefined) fields["client.ip"] = fields["source.ip"];
  if (fields["source.port"] !== undefined) fields["client.port"] = fields["source.port"];
  const action = fields["event.action"];
  if (typeof action === "string") {
    fields["event.action"] = action.toLowerCase();
    // PUB and MSG end with the number of bytes that follow.
    const size = / (\d{1,15})\]$/.exec(record.trimEnd())?.[1];
    if (size !== undefined && /^H?(?:PUB|MSG)$/.test(action)) {
      const bytes = integerOf(size);
      if (bytes !== undefined) fields["network.bytes"] = bytes;
    }
  }
  const message = fields.message;
  if (typeof message !== "string") return;
  if (/authorization violation|authentication (?:error|timeout)/i.test(message)) {
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["start"];
    fields["event.outcome"] = "failure";
    const user = /(?:User|Username) "([^"]{1,128})"/.exec(message)?.[1];
    if (user !== undefined) fields["user.name"] = user;
  } else if (/connection (?:created|closed)/i.test(message))
    fields["event.type"] = ["connection", /created/i.test(message) ? "start" : "end"];
}
