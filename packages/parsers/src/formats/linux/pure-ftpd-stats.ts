import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { readEpoch } from "../../infer/time-value.ts";
import { integerOf } from "../../text/numbers.ts";
import { eventFields } from "../../text/rules.ts";

const dataset = "linux/pure-ftpd";
/** Pure-FTPd, README "AltLog stats": time, session, user, address, U or D, bytes, seconds, file. */
const line =
  /^(\d{9,10}) ([0-9a-f]{1,16}\.[0-9a-f]{1,16}) (\S{1,128}) (\S{2,255}) ([UD]) (\d{1,20}) (\d{1,10}) (.+)$/;

/** Pure-FTPd's `stats` log of transfers. */
export const format = {
  kind: "line",
  name: "linux/pure-ftpd-stats",
  title: "Pure-FTPd transfer statistics",
  version: 1,
  notes: "`epoch session user address U|D bytes seconds file`; UTC. U is an upload, D a download.",
  sniff: (text) => (line.test(text) ? 0.97 : 0),
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = line.exec(record.trimEnd());
  if (!match) return undefined;
  const time = readEpoch(match[1]!, context.time);
  if (!time) return { reject: "no valid time" };
  const isUpload = match[5] === "U";
  const fields: Fields = eventFields(
    "file network",
    isUpload ? "creation" : "access",
    isUpload ? "file-uploaded" : "file-downloaded",
    { "event.outcome": "success" },
  );
  fields["event.kind"] = "event";
  fields["network.protocol"] = "ftp";
  fields["event.duration"] = Number(match[7]) * 1e9;
  fields["user.name"] = match[3]!;
  fields["file.path"] = match[8]!;
  fields["firebreak.raw.session"] = match[2]!;
  setEndpoint(fields, "source", match[4]!);
  const size = integerOf(match[6]!);
  if (size !== undefined) fields["file.size"] = size;
  fields.message = record.trimEnd();
  addRelated(fields);
  return { dataset, time, fields };
}
