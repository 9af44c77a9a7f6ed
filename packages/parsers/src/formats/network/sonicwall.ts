import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/sonicwall.ts";

export const format = bareFormat(payload, {
  notes:
    "`id=firewall sn= time= fw= pri= c= m=` pairs, bare or in syslog. Local time unless the stamp ends in UTC.",
});
