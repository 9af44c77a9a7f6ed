import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { createLines, scatter, stampOf, utc } from "./lines.ts";

const from = utc("2024-09-16 05:00:00");
const to = utc("2024-09-20 20:00:00");
const strike = utc("2024-09-19 16:30:00");
const proxy = "10.44.2.5";
const storage = "66.203.127.13";
const users = ["jnowak", "akowal", "pwisn", "mlew", "tzak", "kdab", "bwoj", "emaz"];
const people = users.map((user, i) => ({ user, ip: `10.44.2.${30 + i}`, pc: `STN${30 + i}` }));
const leaver = people[3]!;

/**
 * Machine builders in Poland: somebody who leaves copies the drawings from the share, to a stick and to a storage in the internet. The firewall
 * sees only the proxy; the device control writes Polish. The nightly backup moves far more, and is declared.
 */
export function insiderIncident(): ExampleFile[] {
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/proxy/access.log", content: proxyLog() },
    { path: "evidence/firewall/traffic.log", content: firewall() },
    { path: "evidence/FS1/Security.evtx", content: writeEvtx(toEvtxRecords(share())) },
    { path: "evidence/device-control.csv", content: deviceControl() },
  ];
}

function proxyLog(): string {
  const random = createRandom(351);
  const lines = createLines();
  const add = (ms: number, who: (typeof people)[number], request: string, bytes: number, target: string) =>
    lines.add(
      ms,
      `${(ms / 1000).toFixed(3)} ${random.between(50, 9000)} ${who.ip} TCP_MISS/200 ${bytes} ${request} ${who.user} HIER_DIRECT/${target} -`,
    );
  const sites = [
    "CONNECT outlook.office365.com:443",
    "CONNECT www.google.com:443",
    "CONNECT www.dropbox.com:443",
  ];
  scatter(random, 1500, from, to, (ms) =>
    add(ms, random.pick(people), random.pick(sites), random.between(2000, 900_000), "104.18.2.2"),
  );
  for (let i = 0; i < 40; i++)
    add(
      strike + 1_830_000 + i * 45_000,
      leaver,
      `POST http://gfs270.userstorage.mega.co.nz/ul/${i}`,
      random.between(200, 900),
      storage,
    );
  return lines.text();
}

function firewall(): string {
  const random = createRandom(352);
  const lines = createLines();
  const add = (ms: number, source: string, target: string, sent: number) => {
    const { date, clock } = stampOf(ms, 2);
    lines.add(
      ms,
      `date=${date} time=${clock} devname="FW" tz="+0200" logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=${source} srcport=${random.between(40_000, 65_000)} dstip=${target} dstport=443 proto=6 action="close" policyid=3 service="HTTPS" sentbyte=${sent} rcvdbyte=${random.between(1000, 500_000)}`,
    );
  };
  scatter(random, 1200, from, to, (ms) =>
    add(ms, proxy, random.pick(["52.97.1.1", "142.250.1.1", "104.18.2.2"]), random.between(900, 90_000)),
  );
  for (let i = 0; i < 40; i++)
    add(strike + 1_830_000 + i * 45_000, proxy, storage, random.between(30_000_000, 60_000_000));
  for (const day of ["2024-09-16", "2024-09-17", "2024-09-18"])
    for (let i = 0; i < 10; i++)
      add(
        utc(`${day} 21:00:00`) + i * 90_000,
        "10.44.2.8",
        "20.60.1.1",
        random.between(150_000_000, 250_000_000),
      );
  return lines.text();
}

function share(): WindowsEvent[] {
  const random = createRandom(353);
  const events: WindowsEvent[] = [];
  const read = (ms: number, who: (typeof people)[number], path: string) =>
    events.push({
      time: new Date(ms).toISOString().replace("Z", "0000Z"),
      provider: { name: "Microsoft-Windows-Security-Auditing", guid: "54849625-5478-4994-A5BA-3E3B0328C30D" },
      eventId: 5145,
      level: 0,
      task: 12_811,
      keywords: 0x8020000000000000n,
      channel: "Security",
      computer: "FS1.maszyny.example",
      data: Object.entries({
        SubjectUserName: who.user,
        SubjectDomainName: "MASZYNY",
        ObjectType: "File",
        IpAddress: who.ip,
        IpPort: "50123",
        ShareName: "\\\\*\\Projekty",
        RelativeTargetName: path,
        AccessMask: "0x1",
      }).map(([name, value]) => ({ name, value })),
    });
  scatter(random, 700, from, to, (ms) =>
    read(ms, random.pick(people), `P${random.between(1, 60)}\\rys_${random.between(1, 300)}.dwg`),
  );
  for (let i = 0; i < 500; i++) read(strike + i * 900, leaver, `P${i % 60}\\rys_${i}.dwg`);
  return events;
}

function deviceControl(): string {
  const random = createRandom(354);
  const lines = createLines(["Data i godzina;Komputer;Użytkownik;Zdarzenie;Urządzenie;Plik;Rozmiar;Akcja"]);
  const add = (ms: number, who: (typeof people)[number], event: string, file: string, size: number) => {
    const { date, clock } = stampOf(ms, 2);
    lines.add(
      ms,
      `${date} ${clock};${who.pc};MASZYNY\\${who.user};${event};SanDisk Ultra;${file};${size};Zezwolono`,
    );
  };
  // Pictures for a trade fair, a few.
  for (let i = 0; i < 6; i++)
    add(utc("2024-09-17 08:00:00") + i * 5000, people[7]!, "Zapis pliku", `E:\\targi_${i}.jpg`, 2_000_000);
  for (let i = 0; i < 200; i++)
    add(
      strike + 920_000 + i * 1500,
      leaver,
      "Zapis pliku",
      `E:\\k\\rys_${i}.dwg`,
      random.between(1_000_000, 9_000_000),
    );
  return lines.text();
}

const organisation = `name: Machine builders
timeZone: Europe/Warsaw
operatingCountries: [PL]
internalNetworks: [10.44.0.0/16]
gateways: [10.44.2.1]
assets:
  - { name: FS1, addresses: [10.44.2.10], role: file server, critical: true }
  - { name: PROXY, addresses: [${proxy}], role: proxy }
  - { name: BKP, addresses: [10.44.2.8], role: backup server }
  - { name: STN33, addresses: [${leaver.ip}], role: workstation }
`;
