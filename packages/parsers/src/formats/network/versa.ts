import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { payload } from "../../payloads/network/versa.ts";

const noEnvelope = { program: "", host: undefined, time: undefined };

export const format = {
  kind: "line",
  name: payload.name,
  title: payload.title,
  version: 1,
  notes:
    "`ISO time kind, applianceName=…, tenantName=…`: pairs between commas, as the analytics nodes forward them over TCP. The zone is in the time.",
  sniff: (line) => (payload.accepts(line) ? 0.95 : 0),
  open: (context) => ({
    parse(record) {
      const draft = payload.parse(record, noEnvelope, context);
      if (!draft) return undefined;
      draft.fields.message = record.trimEnd();
      draft.fields["event.kind"] ??= "event";
      addRelated(draft.fields);
      return draft;
    },
  }),
} satisfies LineFormat;
