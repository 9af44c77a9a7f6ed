import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { addRelated } from "../../ecs/related.ts";

const pattern =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d{4})) ([DIWEF]\d?) {1,2}([A-Z_-]{1,20}) {1,12}(?:\[([^\]]{1,100})\] )?([\s\S]*)$/;

/** MongoDB before 4.4, which wrote text. The zone is in the record. */
export const format = {
  kind: "line",
  name: "database/mongodb",
  title: "MongoDB log (text, before 4.4)",
  version: 1,
  notes:
    "By time with zone, severity letter, component and [context]. Newer versions write JSON, read by generic/json-lines.",
  sniff(line) {
    return pattern.test(line) ? 0.95 : 0;
  },
  open(context) {
    return { parse: (record) => parseMongo(record, context) };
  },
} satisfies LineFormat;

function parseMongo(record: string, context: ParseContext): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const time = context.time.iso(match[1]!);
  if (!time) return { reject: "no valid time" };
  const message = match[5]!;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["database"],
    "event.type": ["info"],
    "log.level": match[2]!,
    "service.name": match[3]!,
    message,
  };
  const peer = /(?:from|connection accepted from|end connection|from client) ([0-9a-fA-F.:[\]]{3,50})/.exec(
    message,
  );
  const { ip, port } = splitAddressPort(peer?.[1] ?? "");
  if (ip !== undefined) fields["source.ip"] = ip;
  if (port !== undefined) fields["source.port"] = port;
  const login =
    /^(?:Successfully authenticated as principal (\S{1,128})|(?:SCRAM\S* )?authentication failed for (\S{1,128}))/i.exec(
      message,
    );
  if (login) {
    const user = (login[1] ?? login[2])!;
    fields["user.name"] = user.replace(/@\w+$|,$/, "");
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["start"];
    fields["event.action"] = "login";
    fields["event.outcome"] = login[1] === undefined ? "failure" : "success";
  }
  addRelated(fields);
  return { dataset: "database/mongodb", time, fields };
}
