import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { logon, toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { createLines, scatter, stampOf, utc } from "./lines.ts";

const from = utc("2025-05-12 05:00:00");
const to = utc("2025-05-14 18:00:00");
const strike = utc("2025-05-13 20:05:00");
/** After hours of the day before, an administrator's own work. */
const overtime = utc("2025-05-12 21:15:00");
const sprayer = "193.29.13.5";
const scanner = "45.155.205.99";
const inside = "10.60.1.27";
const dc = "DC1.schule.example";
const teachers = Array.from({ length: 30 }, (_, i) => `lehrer${String(i + 1).padStart(2, "0")}`);
const realm = "SCHULE.EXAMPLE";

/**
 * A school: one password for all accounts on the mail service, tickets and directory secrets taken from an inside machine, the log emptied. The
 * evening before, an administrator made a new domain administrator from his own machine; and a scanner on the web got nothing but refusals.
 */
export function schoolIncident(): ExampleFile[] {
  return [
    { path: "organisation.yml", content: organisation },
    {
      path: "evidence/DC1/Security.evtx",
      content: writeEvtx(toEvtxRecords([...tickets(), ...signIns(), ...changes()])),
    },
    { path: "evidence/EX1/u_ex2505.log", content: mailService() },
  ];
}

function security(ms: number, eventId: number, data: Record<string, string>): WindowsEvent {
  return {
    time: new Date(ms).toISOString().replace("Z", "0000Z"),
    provider: { name: "Microsoft-Windows-Security-Auditing", guid: "54849625-5478-4994-A5BA-3E3B0328C30D" },
    eventId,
    level: 0,
    keywords: 0x8020000000000000n,
    channel: "Security",
    computer: dc,
    data: Object.entries(data).map(([name, value]) => ({ name, value })),
  };
}

function tickets(): WindowsEvent[] {
  const random = createRandom(361);
  const events: WindowsEvent[] = [];
  const service = (ms: number, user: string, name: string, cipher: string, ip: string) =>
    events.push(
      security(ms, 4769, {
        TargetUserName: `${user}@${realm}`,
        TargetDomainName: realm,
        ServiceName: name,
        TicketOptions: "0x40810000",
        TicketEncryptionType: cipher,
        IpAddress: `::ffff:${ip}`,
        IpPort: "50000",
        Status: "0x0",
      }),
    );
  const someone = () => random.between(0, 29);
  scatter(random, 600, from, to, (ms) => {
    const i = someone();
    service(ms, teachers[i]!, random.pick(["FS1$", "DC1$", "PRINT1$"]), "0x12", `10.60.1.${20 + i}`);
  });
  // An old program still asks for the old cipher, for one service.
  scatter(random, 20, from, to, (ms) => {
    const i = someone();
    service(ms, teachers[i]!, "svc_legacy", "0x17", `10.60.1.${20 + i}`);
  });
  const accounts = ["svc_sql", "svc_web", "svc_bkp", "svc_print", "svc_mail", "svc_lib", "svc_zeit"];
  for (const [i, name] of accounts.entries())
    service(strike + 60_000 + i * 900, "lehrer08", name, "0x17", inside);
  return events;
}

function signIns(): WindowsEvent[] {
  const random = createRandom(362);
  const events: WindowsEvent[] = [];
  let id = 9;
  const add = (ms: number, user: string, type: number, address: string, workstation: string) =>
    events.push(
      logon({
        time: new Date(ms).toISOString().replace("Z", "0000Z"),
        computer: dc,
        user,
        domain: "SCHULE",
        type,
        address,
        port: 50_100,
        workstation,
        logonId: ++id,
      }),
    );
  scatter(random, 400, from, to, (ms) => {
    const i = random.between(0, 29);
    add(ms, teachers[i]!, 3, `10.60.1.${20 + i}`, `PC${i}`);
  });
  for (let day = 0; day < 3; day++)
    add(utc("2025-05-12 06:10:00") + day * 86_400_000, "adm.frey", 10, "10.60.1.5", "ADMPC");
  add(overtime - 60_000, "adm.frey", 10, "10.60.1.5", "ADMPC");
  add(strike + 3_600_000, "svc_bkp", 3, inside, "PC7");
  return events;
}

function changes(): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  const by = {
    SubjectUserSid: "S-1-5-21-1-2-3-1110",
    SubjectUserName: "adm.frey",
    SubjectDomainName: "SCHULE",
    SubjectLogonId: "0x77",
  };
  events.push(
    security(overtime, 4720, {
      TargetUserName: "adm.neu",
      TargetDomainName: "SCHULE",
      TargetSid: "S-1-5-21-1-2-3-1901",
      ...by,
    }),
  );
  events.push(
    security(overtime + 40_000, 4728, {
      MemberName: "CN=adm.neu,OU=Admins,DC=schule,DC=example",
      MemberSid: "S-1-5-21-1-2-3-1901",
      TargetUserName: "Domänen-Admins",
      TargetDomainName: "SCHULE",
      TargetSid: "S-1-5-21-1-2-3-512",
      ...by,
    }),
  );
  const secrets = (ms: number, sid: string, user: string) =>
    events.push(
      security(ms, 4662, {
        SubjectUserSid: sid,
        SubjectUserName: user,
        SubjectDomainName: "SCHULE",
        ObjectServer: "DS",
        OperationType: "Object Access",
        AccessMask: "0x100",
        Properties:
          "%%7688\n\t{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}\n{19195a5b-6da0-11d0-afd3-00c04fd930c9}",
      }),
    );
  // The second domain controller asks for them all day.
  for (let i = 0; i < 20; i++) secrets(from + i * 9_000_000, "S-1-5-21-1-2-3-1002", "DC2$");
  for (let i = 0; i < 4; i++) secrets(strike + 3_660_000 + i * 400, "S-1-5-21-1-2-3-1605", "svc_bkp");
  events.push({
    ...security(strike + 7_200_000, 1102, { SubjectUserName: "svc_bkp", SubjectDomainName: "SCHULE" }),
    provider: { name: "Microsoft-Windows-Eventlog" },
  });
  return events;
}

function mailService(): string {
  const random = createRandom(363);
  const lines = createLines([
    "#Software: Microsoft Internet Information Services 10.0",
    "#Version: 1.0",
    "#Date: 2025-05-12 00:00:00",
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken",
  ]);
  const add = (
    ms: number,
    method: string,
    path: string,
    user: string,
    ip: string,
    status: number,
    agent = "Mozilla/5.0",
  ) => {
    const { date, clock } = stampOf(ms);
    lines.add(
      ms,
      `${date} ${clock} 10.60.1.9 ${method} ${path} - 443 ${user} ${ip} ${agent} ${status} 0 0 ${random.between(5, 400)}`,
    );
  };
  scatter(random, 600, from, to, (ms) =>
    add(
      ms,
      "POST",
      "/Microsoft-Server-ActiveSync/default.eas",
      `SCHULE\\${random.pick(teachers)}`,
      `91.7.${random.between(1, 200)}.${random.between(1, 250)}`,
      random.next() < 0.98 ? 200 : 401,
    ),
  );
  const probes = ["/wp-login.php", "/.env", "/shell.aspx", "/cmd.aspx", "/..%2f..%2fwindows/win.ini"];
  for (let i = 0; i < 250; i++)
    add(
      utc("2025-05-12 13:00:00") + i * 700,
      "GET",
      random.pick(probes),
      "-",
      scanner,
      random.pick([403, 404]),
      "python-requests/2.31",
    );
  for (const [i, user] of teachers.entries())
    add(
      strike - 7_200_000 + i * 40_000,
      "POST",
      "/EWS/Exchange.asmx",
      `SCHULE\\${user}`,
      sprayer,
      user === "lehrer08" ? 200 : 401,
    );
  for (let i = 0; i < 30; i++)
    add(strike - 5_000_000 + i * 15_000, "POST", "/EWS/Exchange.asmx", "SCHULE\\lehrer08", sprayer, 200);
  return lines.text();
}

const organisation = `name: School
timeZone: Europe/Berlin
operatingCountries: [DE]
internalNetworks: [10.60.0.0/16]
domains: [schule.example]
assets:
  - { name: DC1, addresses: [10.60.1.2], role: domain controller, critical: true }
  - { name: EX1, addresses: [10.60.1.9], role: mail server }
  - { name: ADMPC, addresses: [10.60.1.5], role: administrator's workstation }
`;
