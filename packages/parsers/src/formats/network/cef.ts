import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/cef.ts";

export const format = bareFormat(payload, {
  notes:
    "`CEF:0|vendor|product|version|id|name|severity|extension`, bare or in syslog. `rt`, `start` or `end` as epoch or text; text has no zone unless it says one.",
});
