import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/fortigate.ts";

export const format = bareFormat(payload, {
  notes:
    "`date= time= devname= logid= type= subtype=` pairs, with or without a syslog header. `eventtime` (s, ms, µs or ns) is taken first, then date and time with `tz`, else local time without zone.",
});
