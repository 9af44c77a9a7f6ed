/**
 * Writes one large file: `npm run script bench/volume/generate.ts -- syslog|json FILE GIB`. Values vary from record to record
 * (addresses, ports, accounts, counts, texts), so that no cache of values flatters a reader. Deterministic.
 */
import { closeSync, openSync, writeSync } from "node:fs";

const flushChars = 4 << 20;
const [kind, file, gib] = [process.argv[2], process.argv[3], Number(process.argv[4])];
if ((kind !== "syslog" && kind !== "json") || file === undefined || !(gib > 0))
  throw new Error("give syslog or json, a file, and a size in GiB");

let state = 1;
/** Numbers below `end` (xorshift32). */
function below(end: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % end;
}

const start = Date.UTC(2026, 2, 1);
const address = (net: string) => `${net}.${below(250) + 1}`;
const words = ["login", "backup", "report", "invoice", "photo", "update", "session", "query"];
const word = () => `${words[below(words.length)]}-${below(100_000)}`;

function firewallLine(n: number): string {
  const at = new Date(start + n * 250).toISOString();
  const action = below(5) === 0 ? "deny" : "accept";
  return `<134>${at.slice(0, 19)}Z fg1 date=${at.slice(0, 10)} time=${at.slice(11, 19)} devname="FG-EDGE" devid="FGT000000001" eventtime=${start + n * 250}000000 tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${address("10.1.7")} srcport=${1024 + below(64_000)} srcintf="port2" srcintfrole="lan" dstip=${address("203.0.113")} dstport=${[443, 80, 53, 25, 8443][below(5)]} dstintf="wan1" dstintfrole="wan" srccountry="Reserved" dstcountry="Reserved" sessionid=${n} proto=6 action="${action}" policyid=${below(90)} policytype="policy" service="HTTPS" trandisp="snat" transip=198.51.100.7 transport=${1024 + below(64_000)} duration=${below(900)} sentbyte=${below(1_000_000)} rcvdbyte=${below(9_000_000)} sentpkt=${below(900)} rcvdpkt=${below(900)} appcat="unscanned" user="${word()}"\n`;
}

function signInLine(n: number): string {
  const at = new Date(start + n * 250).toISOString().slice(0, 19);
  const verb = below(3) === 0 ? "Failed password" : "Accepted password";
  return `<86>${at}Z web${below(40)} sshd[${below(60_000)}]: ${verb} for ${word()} from ${address("198.51.100")} port ${1024 + below(64_000)} ssh2\n`;
}

function member(n: number): string {
  return `{"time":"${new Date(start + n * 250).toISOString()}","src_ip":"${address("10.1.7")}","dest_ip":"${address("203.0.113")}","dest_port":${below(65_536)},"user":"${word()}","action":"${below(2) === 0 ? "allow" : "deny"}","bytes":${below(10_000_000)},"detail":{"note":"${word()} ${word()}","list":[${below(9)},${below(9)}]}}`;
}

const record =
  kind === "json"
    ? (n: number) => `${n === 0 ? "[" : ","}${member(n)}`
    : (n: number) => (below(8) === 0 ? signInLine(n) : firewallLine(n));

const handle = openSync(file, "w");
const wanted = gib * 2 ** 30;
let written = 0;
let pending = "";
let n = 0;
for (; written + pending.length < wanted; n++) {
  pending += record(n);
  if (pending.length >= flushChars) {
    written += writeSync(handle, pending);
    pending = "";
  }
}
if (kind === "json") pending += "]";
written += writeSync(handle, pending);
closeSync(handle);
console.log(`${n} records, ${written} bytes`);
