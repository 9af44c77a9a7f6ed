/**
 * Logs as they are on an ordinary day, where fixtures hold one line of each rare kind: most lines are alike, values vary from line to line
 * (addresses, ports, paths, counts; a new second every few lines). Deterministic, documentation addresses only.
 */
export interface OrdinaryLog {
  readonly name: string;
  readonly fileName: string;
  /** As many whole records as give about so many bytes; another seed, other values. */
  make(bytes: number, seed?: number): Uint8Array;
}

/** Numbers below `end` (xorshift32), the same in every run. */
class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(end: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % end;
  }
  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
  inside(): string {
    return `10.1.${this.below(8)}.${this.below(250) + 1}`;
  }
  outside(): string {
    return `${this.of(["192.0.2", "198.51.100", "203.0.113"])}.${this.below(250) + 1}`;
  }
  port(): number {
    return 1024 + this.below(64_000);
  }
  service(): number {
    return this.of([443, 443, 443, 80, 53, 445, 22, 25, 8443]);
  }
}

const start = Date.UTC(2026, 2, 2);
const perSecond = 5;
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** ISO 8601 with milliseconds and "Z" of the n-th record. */
function isoOf(n: number): string {
  return new Date(start + Math.floor((n * 1000) / perSecond)).toISOString();
}

const pages = ["/", "/index.html", "/shop/cart", "/images/logo.png", "/api/v1/items", "/css/site.css"];
const agents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4",
  "curl/8.5.0",
];

function windowsFirewall(n: number, dice: Dice): string {
  const at = isoOf(n);
  const out = dice.below(3) > 0;
  const udp = dice.below(4) === 0;
  const ends = out ? `${dice.inside()} ${dice.outside()}` : `${dice.outside()} ${dice.inside()}`;
  const flags = udp ? "- - - -" : `S ${dice.below(4e9)} 0 ${dice.of([8192, 64_240, 65_535])}`;
  return `${at.slice(0, 10)} ${at.slice(11, 19)} ${out ? "ALLOW" : "DROP"} ${udp ? "UDP" : "TCP"} ${ends} ${dice.port()} ${dice.service()} ${out ? 0 : 52} ${flags} - - - ${out ? "SEND" : "RECEIVE"}`;
}

function combined(n: number, dice: Dice): string {
  const at = isoOf(n);
  const date = `${at.slice(8, 10)}/${months[Number(at.slice(5, 7)) - 1]}/${at.slice(0, 4)}:${at.slice(11, 19)} +0000`;
  const query = dice.below(3) === 0 ? `?id=${dice.below(1e5)}&page=${dice.below(20)}` : "";
  const referrer = dice.below(2) === 0 ? "-" : `https://shop.example.com${dice.of(pages)}`;
  return `${dice.outside()} - - [${date}] "${dice.below(9) === 0 ? "POST" : "GET"} ${dice.of(pages)}${query} HTTP/1.1" ${dice.of([200, 200, 200, 304, 302, 404])} ${dice.below(90_000)} "${referrer}" "${dice.of(agents)}"`;
}

function ufw(n: number, dice: Dice): string {
  const at = isoOf(n);
  return `Mar ${String(Number(at.slice(8, 10))).padStart(2)} ${at.slice(11, 19)} gw1 kernel: [${(n / perSecond + 5000).toFixed(6)}] [UFW ${dice.below(4) === 0 ? "ALLOW" : "BLOCK"}] IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=${dice.outside()} DST=192.0.2.10 LEN=${40 + dice.below(40)} TOS=0x00 PREC=0x00 TTL=${dice.below(128)} ID=${dice.below(65_536)} DF PROTO=TCP SPT=${dice.port()} DPT=${dice.service()} WINDOW=${dice.below(65_536)} RES=0x00 SYN URGP=0`;
}

function fortigate(n: number, dice: Dice): string {
  const at = isoOf(n);
  return `date=${at.slice(0, 10)} time=${at.slice(11, 19)} devname="FG-EDGE" devid="FGT000000001" eventtime=${Date.parse(at)}000000 tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${dice.inside()} srcport=${dice.port()} srcintf="port2" srcintfrole="lan" dstip=${dice.outside()} dstport=${dice.service()} dstintf="wan1" dstintfrole="wan" srccountry="Reserved" dstcountry="Reserved" sessionid=${n} proto=6 action="${dice.of(["accept", "close", "deny"])}" policyid=${dice.below(90)} policytype="policy" service="HTTPS" trandisp="snat" transip=198.51.100.7 transport=${dice.port()} duration=${dice.below(900)} sentbyte=${dice.below(1e6)} rcvdbyte=${dice.below(9e6)} sentpkt=${dice.below(900)} rcvdpkt=${dice.below(900)} appcat="unscanned"`;
}

function suricata(n: number, dice: Dice): string {
  const at = `${isoOf(n).slice(0, 23)}000+0000`;
  const ends = `"src_ip":"${dice.inside()}","src_port":${dice.port()},"dest_ip":"${dice.outside()}","dest_port":${dice.service()},"proto":"TCP"`;
  const head = `{"timestamp":"${at}","flow_id":${dice.below(2 ** 31)},"in_iface":"eth0"`;
  switch (dice.below(4)) {
    case 0:
      return `${head},"event_type":"http",${ends},"tx_id":0,"http":{"hostname":"www.example.com","url":"${dice.of(pages)}","http_user_agent":"curl/8.5.0","http_content_type":"text/html","http_method":"GET","protocol":"HTTP/1.1","status":200,"length":${dice.below(90_000)}}}`;
    case 1:
      return `${head},"event_type":"dns",${ends},"dns":{"type":"query","id":${dice.below(65_536)},"rrname":"host${dice.below(500)}.example.com","rrtype":"A","tx_id":0}}`;
    default:
      return `${head},"event_type":"flow",${ends},"app_proto":"tls","flow":{"pkts_toserver":${dice.below(900)},"pkts_toclient":${dice.below(900)},"bytes_toserver":${dice.below(1e6)},"bytes_toclient":${dice.below(1e6)},"start":"${at}","end":"${at}","age":${dice.below(60)},"state":"closed","reason":"timeout","alerted":false},"tcp":{"tcp_flags":"1b","syn":true,"fin":true,"psh":true,"ack":true,"state":"closed"}}`;
  }
}

function zeekConnection(n: number, dice: Dice): string {
  return `{"ts":${(start / 1000 + n / perSecond).toFixed(6)},"uid":"C${dice.below(2 ** 31).toString(36)}${n.toString(36)}","id.orig_h":"${dice.inside()}","id.orig_p":${dice.port()},"id.resp_h":"${dice.outside()}","id.resp_p":${dice.service()},"proto":"tcp","service":"ssl","duration":${(dice.below(9e6) / 1e6).toFixed(6)},"orig_bytes":${dice.below(1e5)},"resp_bytes":${dice.below(1e6)},"conn_state":"SF","local_orig":true,"local_resp":false,"missed_bytes":0,"history":"ShADadFf","orig_pkts":${dice.below(900)},"orig_ip_bytes":${dice.below(1e5)},"resp_pkts":${dice.below(900)},"resp_ip_bytes":${dice.below(1e6)}}`;
}

function cloudTrail(n: number, dice: Dice): string {
  const user = dice.of(["deploy", "backup", "a.meier", "auditor"]);
  return `{"eventVersion":"1.09","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE${user}","arn":"arn:aws:iam::111122223333:user/${user}","accountId":"111122223333","accessKeyId":"AKIAEXAMPLE","userName":"${user}"},"eventTime":"${isoOf(n).slice(0, 19)}Z","eventSource":"${dice.of(["s3", "ec2", "iam"])}.amazonaws.com","eventName":"${dice.of(["GetObject", "DescribeInstances", "ListUsers", "PutObject"])}","awsRegion":"eu-central-1","sourceIPAddress":"${dice.outside()}","userAgent":"aws-cli/2.15","requestParameters":{"bucketName":"backups-example","key":"db/${dice.below(1e5)}.gz"},"responseElements":null,"requestID":"${dice.below(2 ** 31).toString(16)}-${n.toString(16)}","eventID":"${dice.below(2 ** 31).toString(16)}-${dice.below(2 ** 31).toString(16)}","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}`;
}

/** An application's log of no known make. */
function application(n: number, dice: Dice): string {
  return `{"time":"${isoOf(n)}","level":"${dice.of(["info", "info", "warn"])}","src_ip":"${dice.inside()}","dest_ip":"${dice.outside()}","dest_port":${dice.service()},"user":"user${dice.below(300)}","action":"${dice.of(["allow", "deny"])}","bytes":${dice.below(1e7)},"detail":{"note":"order ${dice.below(1e5)} kept","list":[${dice.below(9)},${dice.below(9)}]}}`;
}

function log(
  name: string,
  record: (n: number, dice: Dice) => string,
  fileName = "a.log",
  head = "",
): OrdinaryLog {
  return {
    name,
    fileName,
    make(bytes, seed = 1) {
      const dice = new Dice(seed);
      const lines = [head];
      for (let size = head.length, n = 0; size < bytes; n++) {
        const line = `${record(n, dice)}\n`;
        lines.push(line);
        size += line.length;
      }
      return new TextEncoder().encode(lines.join(""));
    },
  };
}

const firewallHead =
  "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Time Format: Local\n#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path\n\n";

export const ordinaryLogs: readonly OrdinaryLog[] = [
  log("windows/firewall", windowsFirewall, "pfirewall.log", firewallHead),
  log("web/access, combined", combined, "access.log"),
  log("linux/netfilter, UFW", ufw, "kern.log"),
  log("network/fortigate, traffic", fortigate),
  log("ids/suricata, EVE", suricata, "eve.json"),
  log("ids/zeek, conn as JSON", zeekConnection, "conn.log"),
  log("cloud/cloudtrail, lines", cloudTrail, "cloudtrail.json"),
  log("generic/json-lines", application, "app.json"),
];
