import type { LineFormat, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../../ecs/related.ts";
import { isAlert, readAlert } from "../../network/snort.ts";

const dataset = "network/snort-fast";

const stamp = /^(?:(\d{2,4})\/)?(\d\d)\/(\d\d)(?:\/(\d{2,4}))?-(\d\d):(\d\d):(\d\d)\.(\d{1,9})\s+/;

export const format = {
  kind: "line",
  name: dataset,
  title: "Snort alert_fast and Suricata fast.log",
  version: 1,
  notes:
    "`MM/DD-hh:mm:ss.ffffff [**] [gid:sid:rev] message [**] …`; the year is often missing, a zone always (sensor local time).",
  sniff: (line) => {
    const match = stamp.exec(line);
    return match && isAlert(line.slice(match[0].length)) ? 0.98 : 0;
  },
  open: (context) => ({
    parse(record) {
      const match = stamp.exec(record);
      if (!match) return undefined;
      const fields = readAlert(record.slice(match[0].length));
      if (!fields) return undefined;
      fields["observer.type"] = "ids";
      addRelated(fields);
      const time = readStamp(match, context);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;

/** "MM/DD-" (Snort), "MM/DD/YY-" (snort -y), "MM/DD/YYYY-" (Suricata), "YY/MM/DD-" where the first number can be no month. */
function readStamp(match: RegExpExecArray, context: ParseContext): EventTime | undefined {
  let [year, month, day] = [match[1] ?? match[4], match[2]!, match[3]!];
  if (match[4] === undefined && match[1] !== undefined && match[1].length === 2 && Number(match[1]) <= 12) {
    // Three two-digit numbers that begin with a possible month: month, day, year.
    [month, day, year] = [match[1], match[2]!, match[3]!];
  }
  const original = match[0].trim();
  const civil = {
    month: Number(month),
    day: Number(day),
    hour: Number(match[5]),
    minute: Number(match[6]),
    second: Number(match[7]),
    nanos: Number(match[8]!.padEnd(9, "0")),
  };
  if (year === undefined) return context.time.yearless(civil, original);
  return context.time.local(
    { ...civil, year: year.length === 2 ? 2000 + Number(year) : Number(year) },
    original,
  );
}
