import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/mikrotik.ts";

export const format = bareFormat(payload, {
  notes:
    "`firewall,info forward: in:ether1 out:bridge, …, proto TCP (SYN), a:p->b:p, len 60`, in syslog or bare (then undated).",
});
