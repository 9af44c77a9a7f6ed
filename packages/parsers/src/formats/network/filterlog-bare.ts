import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/pfsense-filterlog.ts";

export const format = bareFormat(payload, {
  notes: "`5,,,tracker,em0,match,block,in,4,…` without a syslog header: undated.",
});
