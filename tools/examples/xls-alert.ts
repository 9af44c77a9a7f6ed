import type { ExampleFile } from "./files.ts";
import { createRandom, type Random } from "./random.ts";

const inside = [
  "172.16.17.21",
  "172.16.17.30",
  "172.16.17.34",
  "172.16.17.41",
  "172.16.17.48",
  "172.16.17.56",
  "172.16.17.24",
];
const outside = [
  "142.250.74.46",
  "13.107.42.14",
  "104.16.132.229",
  "151.101.1.69",
  "52.109.8.20",
  "23.52.40.12",
];

/** The alert case's evidence: a firewall whose clock has no zone, a proxy, endpoint exports, and the alert itself. */
export function buildXlsAlert(): ExampleFile[] {
  const random = createRandom(20210313);
  return [
    { path: "alert.json", content: alert() },
    { path: "evidence/firewall.log", content: firewall(random) },
    { path: "evidence/proxy-access.log", content: proxy(random) },
    { path: "evidence/endpoint/processes.csv", content: processes(random) },
    { path: "evidence/endpoint/terminal-history.csv", content: terminal() },
    { path: "evidence/endpoint/network-actions.csv", content: networkActions() },
  ];
}

function alert(): string {
  return `${JSON.stringify(
    {
      event_id: 77,
      rule: "SOC138 - Detected Suspicious Xls File",
      type: "malware",
      level: "medium",
      event_time: "2021-03-13T20:20:58+03:00",
      source_address: "172.16.17.56",
      source_hostname: "Sofia",
      username: "Sofia2020",
      operating_system: "Windows 10 64-bit",
      file_name: "ORDER SHEET & SPEC.xlsm",
      file_size: "2.66 MB",
      file_hash_md5: "7ccf88c0bbe3b29bf19d877c4596a8d4",
      file_hash_sha256: "7bcd31bd41686c32663c7cabf42b18c50399e3b3b4533fc2ff002d9f2e058813",
      device_action: "Allowed",
    },
    null,
    2,
  )}\n`;
}

function stamp(ms: number): { date: string; clock: string } {
  const iso = new Date(ms).toISOString();
  return { date: iso.slice(0, 10), clock: iso.slice(11, 19) };
}

/** FortiGate key=value without a zone; its clock shows UTC+1. */
function firewall(random: Random): string {
  const lines: { ms: number; text: string }[] = [];
  const add = (ms: number, from: string, sourcePort: number, to: string, port: number, action: string) => {
    const { date, clock } = stamp(ms);
    lines.push({
      ms,
      text: `date=${date} time=${clock} devname="FGT-EDGE" devid="FG100E0000000001" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${from} srcport=${sourcePort} srcintf="lan" srcintfrole="lan" dstip=${to} dstport=${port} dstintf="wan1" dstintfrole="wan" sessionid=${random.between(100000, 9999999)} proto=6 action="${action}" policyid=4 policytype="policy" service="HTTPS" trandisp="snat" duration=${random.between(1, 240)} sentbyte=${random.between(500, 60000)} rcvdbyte=${random.between(500, 900000)}`,
    });
  };
  const from = Date.parse("2021-03-13T06:00:00Z");
  for (let i = 0; i < 2400; i++) {
    add(
      from + random.between(0, 14 * 3_600_000),
      random.pick(inside),
      random.between(49152, 65000),
      random.pick(outside),
      random.pick([443, 443, 80]),
      random.next() < 0.97 ? "close" : "deny",
    );
  }
  add(Date.parse("2021-03-13T18:20:10Z"), "172.16.17.56", 52155, "177.53.143.89", 443, "accept");
  add(Date.parse("2021-03-13T18:20:58Z"), "172.16.17.56", 52155, "177.53.143.89", 443, "close");
  return `${lines
    .sort((a, b) => a.ms - b.ms)
    .map(({ text }) => text)
    .join("\n")}\n`;
}

/** squid's native log, five months of it, thin. */
function proxy(random: Random): string {
  const lines: { ms: number; text: string }[] = [];
  const start = Date.parse("2020-10-15T08:00:00Z");
  const sites = ["www.microsoft.com", "intranet.example", "fonts.gstatic.com", "www.wikipedia.org"];
  const add = (ms: number, client: string, request: string, peer: string) =>
    lines.push({
      ms,
      text: `${(ms / 1000).toFixed(3)} ${String(random.between(20, 900)).padStart(6)} ${client} TCP_MISS/200 ${random.between(900, 90000)} ${request} - HIER_DIRECT/${peer} text/html`,
    });
  for (let i = 0; i < 1500; i++) {
    add(
      start + random.between(0, 150 * 86_400_000),
      random.pick(inside),
      `GET http://${random.pick(sites)}/`,
      random.pick(outside),
    );
  }
  add(Date.parse("2020-10-19T20:17:38Z"), "172.16.17.56", "GET http://35.189.10.17/", "35.189.10.17");
  return `${lines
    .sort((a, b) => a.ms - b.ms)
    .map(({ text }) => text)
    .join("\n")}\n`;
}

function processes(random: Random): string {
  const rows: string[] = [];
  const programs = [
    ["chrome.exe", "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"],
    ["OUTLOOK.EXE", "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE"],
    ["svchost.exe", "C:\\Windows\\System32\\svchost.exe -k netsvcs"],
  ] as const;
  for (let i = 0; i < 200; i++) {
    const { date, clock } = stamp(Date.parse("2020-10-19T07:00:00Z") + i * 170_000);
    const [name, command] = random.pick(programs);
    rows.push(`${date} ${clock},Sofia,Sofia2020,${name},${random.between(900, 9000)},"${command}"`);
  }
  rows.push(
    '2020-10-19 20:15:02,Sofia,Sofia2020,POwersheLL.exe,5124,"POwersheLL -ENCOD cwBlAHQALQBpAHQAZQBtACAAdgBhAHIAaQBhAGIAbABlADoAWABvADcAIAAoAFsAVABZAFAARQBdACgAIgB7ADAAfQAiACkAKQA="',
  );
  return `Event Time,Hostname,User,Process Name,PID,Command Line\n${rows.join("\n")}\n`;
}

function terminal(): string {
  return [
    "Event Time,Hostname,User,Command",
    "2020-10-19 20:13:40,Sofia,Sofia2020,cd Desktop",
    "2020-10-19 20:13:44,Sofia,Sofia2020,dir",
    '2020-10-19 20:15:02,Sofia,Sofia2020,"POwersheLL -ENCOD cwBlAHQALQBpAHQAZQBtACAAdgBhAHIAaQBhAGIAbABlADoAWABvADcAIAAoAFsAVABZAFAARQBdACgAIgB7ADAAfQAiACkAKQA="',
    "",
  ].join("\n");
}

/** The endpoint product's network tab: rows of the second host carry no usable date. */
function networkActions(): string {
  return [
    "Event Time,Hostname,Source Address,Source Port,Destination Address,Destination Port,Process Name",
    "2021-03-13 09:02:11,Sofia,172.16.17.56,50112,13.107.42.14,443,OUTLOOK.EXE",
    "2021-03-13 11:40:27,Sofia,172.16.17.56,50388,142.250.74.46,443,chrome.exe",
    "-,Nolan,172.16.17.24,49801,177.53.143.89,443,EXCEL.EXE",
    "-,Nolan,172.16.17.24,49804,177.53.143.89,443,EXCEL.EXE",
    "",
  ].join("\n");
}
