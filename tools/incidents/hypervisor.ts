import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { logon, toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { type FortiGate, tunnelLine } from "./fortigate.ts";
import { createLines, scatter, utc } from "./lines.ts";
import { made } from "./sysmon.ts";

const from = utc("2025-02-27 05:00:00");
const to = utc("2025-02-27 23:00:00");
const strike = utc("2025-02-27 19:40:00");
const tunnel = "10.77.9.14";
const controller = "DC1.bau.example";
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;

/**
 * A builder's hypervisors: a supplier's VPN account, an administrator's account from there, a group that rules every host, SSH switched on,
 * machines stopped and their disks encrypted. In the morning the real administrator had SSH on for a look, at night the backup signs in.
 */
export function hypervisorIncident(): ExampleFile[] {
  const random = createRandom(227);
  const hosts = ["esx1", "esx2"].map((name, i) => ({
    path: `evidence/${name}/syslog.log`,
    content: hypervisor(random, name, i * 240_000),
  }));
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/DC1/Security.evtx", content: writeEvtx(toEvtxRecords(security(random))) },
    { path: "evidence/firewall/vpn.log", content: sessions({ name: "FG-BAU", offset: 1, random }) },
    { path: "evidence/vc01/vpxd.log", content: center(random) },
    ...hosts,
  ];
}

function security(random: Random): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  let id = 0x9000;
  const session = (ms: number, user: string, address: string, workstation: string) =>
    logon({
      time: at(ms),
      computer: controller,
      user,
      domain: "BAU",
      type: 3,
      address,
      port: 50_000,
      workstation,
      logonId: ++id,
    });
  scatter(random, 400, from, to, (ms) => {
    const n = random.between(40, 70);
    events.push(session(ms, `u${n}`, `10.77.2.${n}`, `PC${n}`));
  });
  events.push(session(strike + 1_500_000, "adm-lenz", tunnel, "LAPTOP-7"));
  const by = {
    SubjectUserSid: "S-1-5-21-1-2-3-1120",
    SubjectUserName: "adm-lenz",
    SubjectDomainName: "BAU",
    SubjectLogonId: `0x${id.toString(16)}`,
    PrivilegeList: "-",
  };
  const group = { TargetUserName: "ESX Admins", TargetDomainName: "BAU", TargetSid: "S-1-5-21-1-2-3-1900" };
  const audited = (ms: number, eventId: number, data: Record<string, string>) =>
    made(
      { time: at(ms), computer: controller },
      "Microsoft-Windows-Security-Auditing",
      "Security",
      eventId,
      data,
      0,
    );
  events.push(
    audited(strike + 1_800_000, 4727, { ...group, ...by, SamAccountName: "ESX Admins", SidHistory: "-" }),
  );
  const member = { MemberName: "CN=adm-lenz,OU=IT,DC=bau,DC=example", MemberSid: "S-1-5-21-1-2-3-1120" };
  events.push(audited(strike + 1_815_000, 4728, { ...member, ...group, ...by }));
  return events;
}

function sessions(gate: FortiGate): string {
  const log = createLines();
  const { random } = gate;
  const add = (ms: number, user: string, source: string, address: string) =>
    log.add(ms, tunnelLine(gate, ms, { user, from: source, address }));
  scatter(random, 20, from, to, (ms) =>
    add(
      ms,
      `u${random.between(40, 60)}`,
      `84.130.${random.between(1, 9)}.7`,
      `10.77.9.${random.between(20, 90)}`,
    ),
  );
  add(utc("2025-02-27 08:00:00"), "extern-bau", "84.130.3.9", "10.77.9.21");
  add(strike, "extern-bau", "203.0.113.51", tunnel);
  return log.text();
}

/** As a relay writes it: ISO stamp, host and tag, without a priority. */
function hypervisor(random: Random, name: string, lateMs: number): string {
  const log = createLines();
  const add = (ms: number, text: string) => log.add(ms, `${new Date(ms).toISOString()} ${name} ${text}`);
  const event = (ms: number, text: string) =>
    add(
      ms,
      `Hostd: info hostd[2099999] [Originator@6876 sub=Vimsvc.ha-eventmgr] Event ${random.between(100, 9999)} : ${text}`,
    );
  scatter(random, 300, from, to, (ms) =>
    event(ms, random.pick(["The dvPort 20 was unblocked", "Backup snapshot of app03 created by svc-veeam"])),
  );
  for (let i = 0; i < 5; i++)
    event(
      utc("2025-02-27 22:00:00") + i * 60_000,
      "User svc-veeam@10.77.1.30 logged in as VMware vim-java 1.0",
    );
  const morning = utc("2025-02-27 06:00:00");
  event(morning, "SSH access has been enabled.");
  add(
    morning + 60_000,
    "sshd[2090000]: Accepted keyboard-interactive/pam for vmadm from 10.77.1.20 port 51000 ssh2",
  );
  add(morning + 120_000, "shell[2090100]: [vmadm]: esxcli software vib list");
  const start = strike + 2_400_000 + lateMs;
  event(start, `User adm-lenz@${tunnel} logged in as Mozilla/5.0`);
  event(start + 60_000, "SSH access has been enabled.");
  add(
    start + 600_000,
    `sshd[2100300]: Accepted keyboard-interactive/pam for root from ${tunnel} port 51022 ssh2`,
  );
  for (const [i, command] of commands.entries())
    add(start + 660_000 + i * 20_000, `shell[2100321]: [root]: ${command}`);
  for (let i = 0; i < 4; i++)
    event(start + 900_000 + i * 3000, `Virtual machine app0${i} on ${name} in ha-datacenter is powered off`);
  return log.text();
}

const commands = [
  "esxcli vm process list",
  "vim-cmd vmsvc/getallvms",
  "chmod +x /tmp/enc",
  "esxcli vm process kill --type=force --world-id=2101234",
  "for i in $(vim-cmd vmsvc/getallvms | awk '{print $1}'); do vim-cmd vmsvc/snapshot.removeall $i; done",
  "nohup /tmp/enc /vmfs/volumes/ &",
  "rm -f /var/log/shell.log",
];

function center(random: Random): string {
  const log = createLines();
  const add = (ms: number, name: string, user: string, text: string) =>
    log.add(
      ms,
      `<14>1 ${new Date(ms).toISOString()} vc01 vpxd 5811 - - Event [${random.between(1000, 9000)}] [1-1] [${new Date(ms).toISOString()}] [vim.event.${name}] [info] [${user}] [] [100] [${text}]`,
    );
  scatter(random, 120, from, to, (ms) =>
    add(ms, "AlarmStatusChangedEvent", "", "Alarm 'Host CPU' changed from Green to Gray"),
  );
  add(
    utc("2025-02-27 06:00:00"),
    "UserLoginSessionEvent",
    "BAU\\vmadm",
    "User BAU\\vmadm@10.77.1.20 logged in as Mozilla/5.0",
  );
  add(
    strike + 2_340_000,
    "UserLoginSessionEvent",
    "BAU\\adm-lenz",
    `User BAU\\adm-lenz@${tunnel} logged in as Mozilla/5.0`,
  );
  return log.text();
}

const organisation = `name: Builder
timeZone: Europe/Berlin
operatingCountries: [DE]
internalNetworks: [10.77.0.0/16]
gateways: [10.77.0.1]
domains: [bau.example]
assets:
  - { name: DC1, addresses: [10.77.1.2], role: domain controller, critical: true }
  - { name: esx1, addresses: [10.77.1.11], role: hypervisor, critical: true }
  - { name: esx2, addresses: [10.77.1.12], role: hypervisor, critical: true }
  - { name: vc01, addresses: [10.77.1.10], role: management of the hypervisors }
  - { name: BACKUP, addresses: [10.77.1.30], role: backup server }
`;
