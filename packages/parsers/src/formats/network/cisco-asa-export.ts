import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { asaFields, readAsaText, readAsaWording } from "../../network/cisco/message.ts";
import { monthNumber } from "../../text/months.ts";

const dataset = "network/cisco-asa";

/** "6|Nov 28 2014 12:59:03|302021: Teardown …", "6|Nov 28 2014|12:59:03|302021|192.0.2.1|80|…|Teardown …". */
const row =
  /^([0-7])\|([A-Z][a-z]{2}) (\d{1,2}) (\d{4})[ |](\d\d):(\d\d):(\d\d)\|(\d{6})(?:: |\|(?:[^|]*\|){0,4})(.+)$/;

/** The texts of traffic messages when nothing stands before them. */
const opening =
  /^(?:\d{6}: )?(?:Deny (?:inbound |outbound |protocol )?\S{1,40} (?:src |from |\(no connection\) from )|access-list \S{1,100} (?:permitted|denied|est-allowed) |Built (?:inbound|outbound|dynamic|static) |Teardown \S{1,20} (?:\S{1,20} )?(?:connection|translation) |No matching connection for ICMP error message: |\S{1,160} Accessed (?:JAVA )?URL |(?:Inbound|Outbound) \S{1,20} connection denied from )/;

/** Messages of an ASA whose tag is gone: ASDM's log viewer export, and texts that a collector cut free. */
export const format = {
  kind: "line",
  name: "network/cisco-asa-export",
  title: "Cisco ASA messages without their tag (ASDM export)",
  version: 1,
  notes:
    "`6|Nov 28 2014 12:59:03|302021: …` of ASDM's log viewer, local time without zone; or the text alone, then undated and without an id.",
  sniff: (line) => (row.test(line) ? 0.97 : opening.test(line) ? 0.7 : 0),
  open: (context) => ({
    parse(record) {
      const match = row.exec(record);
      if (!match) {
        if (!opening.test(record)) return undefined;
        const id = /^(\d{6}): /.exec(record)?.[1];
        const fields = asaFields("ASA", undefined, id);
        const text = record.slice(id === undefined ? 0 : 8).trimEnd();
        return readAsaWording(text, fields, context) ? finish(fields, record) : undefined;
      }
      const fields = asaFields("ASA", Number(match[1]), match[8]!);
      readAsaText(Number(match[8]), match[9]!.trimEnd(), fields, context);
      const civil = {
        year: Number(match[4]),
        month: monthNumber(match[2]!),
        day: Number(match[3]),
        hour: Number(match[5]),
        minute: Number(match[6]),
        second: Number(match[7]),
      };
      const time =
        civil.month > 0
          ? context.time.local(civil, record.slice(2, match[0].indexOf(match[8]!) - 1))
          : undefined;
      return { ...finish(fields, record), ...(time && { time }) };
    },
  }),
} satisfies LineFormat;

function finish(fields: Fields, record: string) {
  fields.message ??= record.trimEnd();
  fields["event.kind"] ??= "event";
  addRelated(fields);
  return { dataset, fields };
}
