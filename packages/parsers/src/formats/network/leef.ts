import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/leef.ts";

export const format = bareFormat(payload, {
  notes: "`LEEF:1.0|…` or `LEEF:2.0|…|separator|…`, bare or in syslog. `devTime` as epoch or text.",
});
