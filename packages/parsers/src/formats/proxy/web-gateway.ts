import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { isWebGatewayRow, readWebGatewayRow } from "../../network/web-gateway.ts";
import { createClfDateReader } from "../../text/clf-date.ts";

const dataset = "proxy/web-gateway";

export const format = {
  kind: "line",
  name: dataset,
  title: "McAfee (Skyhigh) Web Gateway access log",
  version: 1,
  notes:
    '`[dd/Mon/yyyy:hh:mm:ss +zzzz] "user" client status "GET url HTTP/1.1" "category" …`, the default columns.',
  sniff: (line) => (isWebGatewayRow(line) ? 0.96 : 0),
  open: (context) => {
    const readDate = createClfDateReader(context.time);
    return {
      parse(record) {
        const read = readWebGatewayRow(record.trimEnd());
        if (!read) return undefined;
        const { fields, stamp } = read;
        fields["event.kind"] ??= "event";
        addRelated(fields);
        const time = readDate(stamp);
        return time ? { dataset, time, fields } : { dataset, fields };
      },
    };
  },
} satisfies LineFormat;
