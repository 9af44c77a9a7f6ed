import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { isAlert, readAlert, readSnortStamp, snortStamp } from "../../network/snort.ts";

const dataset = "network/snort-fast";

export const format = {
  kind: "line",
  name: dataset,
  title: "Snort alert_fast and Suricata fast.log",
  version: 1,
  notes:
    "`MM/DD-hh:mm:ss.ffffff [**] [gid:sid:rev] message [**] …`; the year is often missing, a zone always (sensor local time).",
  sniff: (line) => {
    const match = snortStamp.exec(line);
    return match && isAlert(line.slice(match[0].length)) ? 0.98 : 0;
  },
  open: (context) => ({
    parse(record) {
      const match = snortStamp.exec(record);
      if (!match) return undefined;
      const fields = readAlert(record.slice(match[0].length));
      if (!fields) return undefined;
      fields["observer.type"] = "ids";
      addRelated(fields);
      const time = readSnortStamp(match, context);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
