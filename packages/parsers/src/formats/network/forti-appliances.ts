import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/forti-appliances.ts";

export const format = bareFormat(payload, {
  notes:
    "Pairs like FortiGate's whose `device_id` or `devid` begins with FE, FV, FMG, FAZ, FL or FCT, bare or in syslog. Local time unless `tz` or `timezone` says more.",
  vote: 0.98,
});
