import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import type { JsonObject } from "../../json/parse.ts";
import { mimecastSiem } from "../../json-products/mail-gateways.ts";

const pattern = /^datetime=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}\|/;

/** Mimecast SIEM logs in their key=value form, "|" between. The offset is in the record. */
export const format = {
  kind: "line",
  name: "mail/mimecast",
  title: "Mimecast SIEM log (key=value)",
  version: 1,
  notes: "By datetime= and keys with | between. The offset is in the record.",
  sniff: (line) => (pattern.test(line) ? 0.97 : 0),
  open: (context) => ({
    parse(record) {
      if (!pattern.test(record)) return undefined;
      const held: JsonObject = {};
      const fields: Fields = {};
      for (const part of record.split("|", 200)) {
        const equals = part.indexOf("=");
        const name = part.slice(0, equals);
        if (equals <= 0 || !/^[A-Za-z]\w{0,60}$/.test(name)) continue;
        held[name] = part.slice(equals + 1);
        if (part.length > equals + 1) fields[rawField(name)] = part.slice(equals + 1);
      }
      const draft: Parameters<typeof mimecastSiem.read>[1] = { dataset: mimecastSiem.name, fields };
      mimecastSiem.read(held, draft, context);
      fields["event.kind"] ??= "event";
      addRelated(fields);
      return draft.time ? { dataset: draft.dataset, time: draft.time, fields } : { reject: "no valid time" };
    },
  }),
} satisfies LineFormat;
