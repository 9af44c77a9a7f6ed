import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { apacheStamp, createLines, scatter, utc } from "../incidents/lines.ts";
import { json, organisation } from "./parts.ts";

const browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36";

function accessLine(
  ms: number,
  client: string,
  request: string,
  status: number,
  bytes: number,
  agent = browser,
): string {
  return `${client} - - [${apacheStamp(ms)}] "${request} HTTP/1.1" ${status} ${bytes} "-" "${agent}"`;
}

function visitors(random: Random, lines: ReturnType<typeof createLines>, from: number, to: number): void {
  scatter(random, 500, from, to, (ms) => {
    const [path, bytes] = random.pick([
      ["/", 5120],
      ["/catalogue?item=7", 7340],
      ["/catalogue?item=12", 7410],
      ["/contact", 2210],
    ] as const);
    lines.add(
      ms,
      accessLine(ms, `192.0.2.${random.between(10, 200)}`, `GET ${path}`, 200, bytes + random.between(0, 60)),
    );
  });
}

const from = utc("2025-06-03 04:00:00");
const to = utc("2025-06-03 20:00:00");
const attacker = "203.0.113.41";
const strike = utc("2025-06-03 13:20:05");

/** SQL injection that answers with far more than the page ever does. */
export function webAttackDrill(): ExampleFile[] {
  const random = createRandom(603);
  const lines = createLines();
  visitors(random, lines, from, to);
  const requests: [string, number, number][] = [
    ["/catalogue?item=7%27", 500, 310],
    ["/catalogue?item=7%20AND%201%3D1", 200, 7350],
    ["/catalogue?item=7%20UNION%20SELECT%20NULL%2CNULL--", 200, 7120],
    ["/catalogue?item=-1%20UNION%20SELECT%20username%2Cpassword%20FROM%20users--", 200, 48_221],
  ];
  for (const [i, [path, status, bytes]] of requests.entries())
    lines.add(strike + i * 9000, accessLine(strike + i * 9000, attacker, `GET ${path}`, status, bytes));
  return [
    {
      path: "alert.json",
      content: json({
        timestamp: "2025-06-03T13:20:15.000+0000",
        id: "1748956815.41",
        rule: {
          id: "31106",
          level: 9,
          description: "A web attack returned code 200 (success): SQL injection",
          groups: ["web", "attack"],
          mitre: { id: ["T1190"] },
        },
        agent: { id: "004", name: "shop-web", ip: "10.40.1.8" },
        manager: { name: "wazuh" },
        data: {
          srcip: attacker,
          protocol: "GET",
          id: "200",
          url: "/catalogue?item=7%20UNION%20SELECT%20NULL%2CNULL--",
        },
      }),
    },
    {
      path: "organisation.yml",
      content: organisation("Shop", ["10.40.0.0/16"], [["shop-web", "10.40.1.8", "web server"]]),
    },
    { path: "evidence/shop-web/access.log", content: lines.text() },
    { path: "key.yml", content: webKey },
  ];
}

const webKey = `# Practice: the status says 200 for every page; the length tells.
title: Two hundred, and far too long
teaches: A status of 200 is not success. Compare the length with the page's own.
answers:
  - { kind: web-malicious, accept: [malicious], cites: [access.log], because: 'UNION SELECT in four requests.' }
  - { kind: web-attack-type, accept: [SQL injection], because: 'UNION SELECT.' }
  - { kind: planned-test, accept: [insufficient evidence], because: 'No mail or change record was collected: nothing can be said.', wrong: { not planned: 'No record that could announce it was looked at.', planned: 'Nothing announces it.' } }
  - { kind: direction, accept: [internet to company], because: 'From outside to the shop.' }
  - { kind: web-success, accept: ["yes"], cites: [access.log], because: 'One answer is six times as long as the page ever is.', wrong: { "no": 'The last answer has 48 kB where the page has 7.', insufficient evidence: 'The page has hundreds of ordinary answers to compare with.' } }
  - { kind: escalate, accept: ["yes"], because: 'Data came back.' }
scope:
  - { value: ${attacker}, because: 'The source.' }
verdict: { accept: [true positive], because: 'An attack that succeeded.' }
timing:
  happened: { value: ${attacker}, first: 2025-06-03T13:20:05Z, last: 2025-06-03T13:20:32Z }
  closeWithinMinutes: 45
`;

const scanner = "10.40.9.9";

/** Trap: the same kind of requests, from the organisation's own declared scanner, all refused. */
export function plannedScanDrill(): ExampleFile[] {
  const random = createRandom(604);
  const lines = createLines();
  visitors(random, lines, from, to);
  for (let i = 0; i < 40; i++) {
    const path = random.pick([
      "/catalogue?item=1%27%20OR%20%271%27%3D%271",
      "/../../etc/passwd",
      "/catalogue?item=%3Cscript%3Ealert(1)%3C/script%3E",
    ]);
    lines.add(
      strike + i * 4000,
      accessLine(
        strike + i * 4000,
        scanner,
        `GET ${path}`,
        random.pick([403, 404]),
        199,
        "Mozilla/5.0 (compatible; Nikto/2.5)",
      ),
    );
  }
  return [
    {
      path: "alert.txt",
      content: `Rule : Web Attack - SQL Injection Pattern in URL
Event Time : 2025-06-03 13:20:08 +00:00
Level : medium
Source IP : ${scanner}
Destination IP : 10.40.1.8
Hostname : shop-web
HTTP Request Method : GET
Requested URL : /catalogue?item=1%27%20OR%20%271%27%3D%271
Alert Trigger Reason : SQL pattern in the query
Device Action : Blocked
`,
    },
    {
      path: "organisation.yml",
      content: organisation(
        "Shop",
        ["10.40.0.0/16"],
        [
          ["shop-web", "10.40.1.8", "web server"],
          ["scan-01", scanner, "vulnerability scanner"],
        ],
      ),
    },
    { path: "evidence/shop-web/access.log", content: lines.text() },
    {
      path: "evidence/mail/announcements.csv",
      content: `Time,Sender,Recipient,Subject\n2025-06-02 09:00:00,security@shop.example,operations@shop.example,Vulnerability scan of shop-web from ${scanner} on 3 June\n2025-06-03 08:00:00,anna@shop.example,ops@shop.example,Lunch\n2025-06-03 15:00:00,ben@shop.example,ops@shop.example,Invoice 12\n`,
    },
    { path: "key.yml", content: scanKey },
  ];
}

const scanKey = `# Trap: an attack in form, and a planned one.
title: The scan that was announced
teaches: A true match of a rule may be planned work. That is a benign true positive, neither false nor an incident.
trap: true
answers:
  - { kind: web-malicious, accept: [malicious], cites: [access.log], because: 'The requests are attacks in form.', wrong: { non-malicious: 'The requests carry payloads; that they were planned is another question.' } }
  - { kind: planned-test, accept: [planned], cites: [announcements.csv], because: 'Declared as a scanner, and announced by mail the day before.', wrong: { not planned: 'The mail of 2 June announces it.' } }
  - { kind: direction, accept: [company to company], because: 'Both addresses are internal.' }
  - { kind: web-success, accept: ["no"], cites: [access.log], because: 'Every request was answered 403 or 404.' }
  - { kind: contain, accept: [no containment needed], because: 'Planned and refused.' }
scope: []
verdict: { accept: [benign true positive], because: 'A planned scan.', wrong: { false positive: 'The rule was right about the requests.', true positive: 'The source is the own scanner, and the scan was announced.' } }
timing:
  closeWithinMinutes: 20
`;
