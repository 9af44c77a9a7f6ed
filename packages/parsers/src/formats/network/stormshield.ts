import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/stormshield.ts";

export const format = bareFormat(payload, {
  notes: "`id=firewall time= fw= tz= …` pairs, bare or in syslog. Local time with the offset in `tz`.",
});
