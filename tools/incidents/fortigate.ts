import type { Random } from "../examples/random.ts";
import { stampOf } from "./lines.ts";

/** A FortiGate that writes the local time and its offset from UTC. */
export interface FortiGate {
  name: string;
  /** Hours ahead of UTC. */
  offset: number;
  random: Random;
}

/** The head of every line: device, time, kind. */
function head({ name, offset }: FortiGate, ms: number, kind: string, level: string): string {
  const { date, clock } = stampOf(ms, offset);
  return `date=${date} time=${clock} devname="${name}" devid="FG100F0000000011" tz="+0${offset}00" ${kind} level="${level}" vd="root"`;
}

/** A session that was forwarded. */
export function trafficLine(
  gate: FortiGate,
  ms: number,
  t: { from: string; to: string; port: number; action?: string; sent: number; received?: number },
): string {
  const { random } = gate;
  const isInside = t.to.startsWith("10.");
  return `${head(gate, ms, 'logid="0000000013" type="traffic" subtype="forward"', "notice")} srcip=${t.from} srcport=${random.between(1024, 65_000)} srcintf="lan" srcintfrole="lan" dstip=${t.to} dstport=${t.port} dstintf="${isInside ? "dmz" : "wan1"}" dstintfrole="${isInside ? "dmz" : "wan"}" sessionid=${random.between(1000, 9_999_999)} proto=6 action="${t.action ?? "close"}" policyid=3 service="HTTPS" duration=9 sentbyte=${t.sent} rcvdbyte=${t.received ?? 4000}`;
}

/** A session of the VPN that was opened. */
export function tunnelLine(
  gate: FortiGate,
  ms: number,
  t: { user: string; from: string; address: string },
): string {
  return `${head(gate, ms, 'logid="0101039947" type="event" subtype="vpn"', "information")} logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=${gate.random.between(1_000_000, 9_000_000)} remip=${t.from} tunnelip=${t.address} user="${t.user}" group="vpn" dst_host="N/A" reason="tunnel established" msg="SSL tunnel established"`;
}

/** What the device says of itself: sign-ins of administrators, changes, backups. */
export function systemLine(gate: FortiGate, ms: number, logid: string, text: string): string {
  return `${head(gate, ms, `logid="${logid}" type="event" subtype="system"`, "information")} ${text}`;
}
