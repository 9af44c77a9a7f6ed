import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/cisco-asa.ts";

export const format = bareFormat(payload, {
  notes:
    "`%ASA-6-302013: …` or `%FTD-…`, in syslog or with the header cut off (then undated). The stamp has no zone.",
});
