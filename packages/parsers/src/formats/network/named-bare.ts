import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/linux/named.ts";

/** Query lines of BIND whose time a collector took away. */
export const format = bareFormat(payload, {
  notes: "`client @0x… 10.0.0.1#53211 (name): query: name IN A +E(0)K (…)` without its time: undated.",
});
