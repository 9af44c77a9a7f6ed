import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/linux/netfilter.ts";

export const format = bareFormat(payload, {
  notes: "`[UFW BLOCK] IN=eth0 OUT= MAC= SRC= DST= …` without a syslog header: undated.",
});
