import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/sophos.ts";

export const format = bareFormat(payload, {
  notes:
    'SFOS: `device="SFW" date= time= timezone=` or `timestamp=` with offset; UTM: `id="2000" severity= sys=`. Bare or in syslog.',
});
