import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { setFile } from "../../ecs/parts.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { noFields } from "../../ecs/shape.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { splitCsvRow } from "../../text/csv-row.ts";
import { isKnownZone, offsetOfAbbreviation } from "../../time/zone.ts";

const pattern = /^\d{2}\/\d{2}\/\d{4},\d{2}:\d{2}:\d{2},[\w/+:-]{2,40},[MACB.]{4},[A-Z0-9]{2,12},/;
const columns =
  "date time timezone MACB source sourcetype type user host short desc version filename inode notes format extra".split(
    " ",
  );
const header =
  "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra";

/** Rows of a plaso timeline (psort's l2t_csv) whose header is missing; with it generic/csv reads them by their names. */
export const format = {
  kind: "line",
  name: "generic/plaso-line",
  title: "Plaso timeline row (l2t_csv) without its header",
  version: 1,
  notes:
    "By date, time, zone, the four letters MACB and a source in capitals. The zone is in the record; the month stands first.",
  sniff: (line, head) => (pattern.test(line) && head.lines[0] !== header ? 0.9 : 0),
  open: (context) => ({
    parse(record) {
      if (!pattern.test(record)) return undefined;
      const cells = splitCsvRow(record, ",", 40);
      const held: Record<string, string> = {};
      for (const [i, cell] of cells.entries())
        if (i < columns.length && cell !== "" && cell !== "-") held[columns[i]!] = cell;
      const zone = offsetOfAbbreviation(held.timezone ?? "") ?? held.timezone ?? "UTC";
      const hint = { zone: isKnownZone(zone) ? zone : "UTC", source: "in-record" as const };
      const time = readTimeValue(`${held.date} ${held.time}`, context.time, "month-first", hint);
      if (!time) return { reject: "no valid time" };
      const fields: Fields = {
        ...noFields,
        "event.kind": "event",
        "event.category": ["file"],
        "event.type": ["info"],
      };
      for (const name of columns) if (held[name] !== undefined) fields[rawField(name)] = held[name];
      if (held.desc ?? held.short) fields.message = (held.desc ?? held.short)!;
      if (held.user !== undefined) fields["user.name"] = held.user;
      if (held.host !== undefined) fields["host.name"] = held.host;
      if (held.type !== undefined) fields["event.action"] = held.type;
      if (held.source !== undefined) fields["event.provider"] = held.source;
      if (held.filename !== undefined)
        setFile(fields, "file", held.filename.replace(/^[A-Z]{2,10}:(?=[/\\])/, ""));
      addRelated(fields);
      return { dataset: "endpoint/plaso", time, fields };
    },
  }),
} satisfies LineFormat;
