/** One invented estate, a dozen alerts of other kinds, formats and years than the examples: what the records support, and no more. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { investigate } from "@firebreak/engine/case/investigate";
import { type OpenCase, openCase } from "@firebreak/engine/triage/open";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderTriage } from "../apps/firebreak/src/terminal/triage.ts";
import { workAlert } from "./support/desk.ts";
import { scratchFolder } from "./support/scratch.ts";

const dir = scratchFolder("questions");
const now = () => "2028-03-01T00:00:00Z";
const day = Date.parse("2028-02-14T00:00:00Z");
const iso = (ms: number) => new Date(ms).toISOString();
const at = (clock: string, days = 0) => Date.parse(`2028-02-14T${clock}Z`) + days * 86_400_000;
const insufficient = "insufficient evidence";

const lines: Record<string, [ms: number, text: string][]> = {};
function log(file: string, ms: number, text: string): void {
  lines[file] = lines[file] ?? [];
  lines[file].push([ms, text]);
}

function firewall(ms: number, from: string, to: string, sent = 900): void {
  log("fw/flows.csv", ms, `${iso(ms)},${from},${40_000 + (ms % 9999)},${to},443,${sent},2000,allowed`);
}
function ssh(ms: number, host: string, text: string): void {
  log(`${host}/auth.log`, ms, `${iso(ms).replace("Z", "+00:00")} ${host} sshd[77]: ${text} port 50123 ssh2`);
}
function web(ms: number, client: string, request: string, status: number, bytes: number): void {
  const stamp = `${new Date(ms).toUTCString().slice(5, 16).replaceAll(" ", "/")}:${iso(ms).slice(11, 19)} +0000`;
  log(
    "shop/access.log",
    ms,
    `${client} - - [${stamp}] "${request} HTTP/1.1" ${status} ${bytes} "-" "Mozilla/5.0"`,
  );
}
function mail(ms: number, from: string, to: string, attachment: string, action: string): void {
  log("mail/messages.csv", ms, `${iso(ms)},${from},${to}@port.example,News,${attachment},${action}`);
}
function program(
  ms: number,
  host: string,
  user: string,
  name: string,
  parent: string,
  command: string,
): void {
  log("edr/processes.csv", ms, `${iso(ms)},${host},${user},${name},${parent},"${command}"`);
}
function proxy(ms: number, client: string, url: string, result: string): void {
  log(
    "proxy/access.log",
    ms,
    `${(ms / 1000).toFixed(3)}    120 ${client} ${result} 2100 GET ${url} - HIER_NONE/- text/html`,
  );
}

const headers: Record<string, string> = {
  "fw/flows.csv":
    "timestamp,source_ip,source_port,destination_ip,destination_port,bytes_sent,bytes_received,action\n",
  "mail/messages.csv": "Time,Sender,Recipient,Subject,Attachment,Action\n",
  "edr/processes.csv": "Time,Host,User,Process Name,Parent Process,Command Line\n",
};

/** An ordinary week: traffic, sign-ins, mail, a nightly backup, an inventory script. */
function ordinaryDays(): void {
  for (let back = 6; back >= 0; back--) {
    const start = day - back * 86_400_000;
    for (let i = 0; i < 120; i++) {
      const ms = start + i * 700_000 + ((i * 7919) % 600_000);
      firewall(ms, `172.30.1.${10 + (i % 12)}`, i % 2 ? "142.250.74.46" : "13.107.42.14");
      proxy(ms, `172.30.1.${10 + (i % 12)}`, "http://news.example/", "TCP_MISS/200");
      web(ms, `192.0.2.${1 + (i % 40)}`, `GET /item?id=${i % 9}`, 200, 4000 + (i % 50));
      program(
        ms,
        `PC-${10 + (i % 12)}`,
        `u${i % 12}`,
        "chrome.exe",
        "explorer.exe",
        "chrome.exe --type=renderer",
      );
      if (i % 8 === 0) mail(ms, "letters@news.example", "ida", "", "Delivered");
    }
    for (let i = 0; i < 4; i++)
      firewall(start + 7_200_000 + i * 600_000, "172.30.1.5", "52.95.110.1", 700_000_000);
    for (const pc of [10, 11, 12, 13])
      program(
        start + 21_600_000 + pc * 1000,
        `PC-${pc}`,
        "SYSTEM",
        "powershell.exe",
        "agent.exe",
        "powershell.exe -NoProfile -File C:\\Agent\\collect.ps1",
      );
    ssh(start + 28_800_000, "db1", "Accepted password for maria from 172.30.1.14");
  }
}

function events(): void {
  for (let i = 0; i < 12; i++)
    ssh(at("03:00:00") + i * 2000, "db1", "Failed password for root from 203.0.113.9");
  for (const clock of ["08:01:05", "08:01:17", "08:01:31"])
    ssh(at(clock), "db1", "Failed password for maria from 172.30.1.14");
  ssh(at("08:01:44"), "db1", "Accepted password for maria from 172.30.1.14");
  for (const [i, query] of [
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%3Cimg%20src=x%20onerror=alert(1)%3E",
  ].entries())
    web(at("10:00:00") + i * 5000, "203.0.113.20", `GET /item?id=${query}`, 404, 300);
  for (const [i, [command, bytes]] of (
    [
      ["whoami", 912],
      ["cat%20/etc/passwd", 1321],
    ] as const
  ).entries())
    web(at("11:00:00") + i * 5000, "203.0.113.21", `POST /item?id=;${command}`, 200, bytes);
  mail(at("09:00:00"), "pay@invoices.example", "ida", "due.xlsm", "Blocked");
  for (const to of ["ida", "tor"]) mail(at("09:30:00"), "hr@benefits.example", to, "bonus.xlsm", "Delivered");
  program(at("09:50:00"), "PC-12", "tor", "EXCEL.EXE", "OUTLOOK.EXE", "EXCEL.EXE C:\\Users\\tor\\bonus.xlsm");
  program(
    at("09:50:05"),
    "PC-12",
    "tor",
    "powershell.exe",
    "EXCEL.EXE",
    `powershell -w hidden -enc ${"QUJD".repeat(12)}`,
  );
  proxy(at("13:00:00"), "172.30.1.15", "http://prize.example/win", "TCP_DENIED/403");
  proxy(at("12:10:00"), "172.30.1.18", "http://prize.example/win", "TCP_MISS/200");
}

let opened: OpenCase;
beforeAll(async () => {
  ordinaryDays();
  events();
  for (const [file, rows] of Object.entries(lines)) {
    const path = join(dir, "evidence", file);
    mkdirSync(dirname(path), { recursive: true });
    const text = rows.sort((a, b) => a[0] - b[0]).map((row) => row[1]);
    writeFileSync(path, `${headers[file] ?? ""}${text.join("\n")}\n`);
  }
  writeFileSync(
    join(dir, "org.yml"),
    "name: Port\ninternalNetworks: [172.30.0.0/16]\ndomains: [port.example]\nassets:\n  - { name: PC-11, addresses: [172.30.1.11] }\n  - { name: shop, addresses: [172.30.1.41] }\n",
  );
  await investigate({
    paths: [join(dir, "evidence")],
    case: join(dir, "case"),
    org: join(dir, "org.yml"),
    threads: 1,
    tool: "test",
    now,
  });
  opened = await openCase(join(dir, "case"));
});
afterAll(() => opened.close());

const work = (alert: object, maxRows?: number) => workAlert(opened, alert, now, maxRows);

const time = (clock: string) => `2028-02-14T${clock}Z`;

describe("suggestions from the records of an unknown estate", () => {
  it.each<[string, object, Record<string, string>, string, string[]?]>([
    [
      "malware that was blocked, with traffic logs that cover the hour after",
      {
        rule: "Malware detected",
        type: "Malware",
        time: time("14:00:00"),
        hostname: "PC-11",
        source_ip: "172.30.1.11",
        file_name: "keygen.exe",
        md5: "0011223344556677".repeat(2),
        device_action: "Blocked",
      },
      {
        "device-stopped": "blocked",
        "file-malicious": insufficient,
        "far-end-accessed": "not accessed",
        contain: "no containment needed",
      },
      "inconclusive",
    ],
    [
      "phishing that the mail server blocked",
      {
        rule: "Phishing mail",
        time: time("09:00:10"),
        sender: "pay@invoices.example",
        recipient: "ida@port.example",
        attachment: "due.xlsm",
        device_action: "Blocked",
      },
      { "mail-delivered": "not delivered", "mail-opened": "not opened", contain: "no containment needed" },
      "inconclusive",
    ],
    [
      "phishing that another recipient opened",
      {
        rule: "Phishing mail",
        time: time("09:30:10"),
        sender: "hr@benefits.example",
        recipient: "ida@port.example",
        attachment: "bonus.xlsm",
        device_action: "Delivered",
      },
      {
        "mail-content-malicious": "malicious",
        "mail-delivered": "delivered",
        "mail-opened": "opened",
        contain: "contain",
      },
      "true positive",
      ["tor@port.example", "PC-12"],
    ],
    [
      "guessing without success",
      { rule: "SSH brute force", time: time("03:00:30"), source_ip: "203.0.113.9", hostname: "db1" },
      {
        "source-side": "external",
        "source-suspicious": "yes",
        "sign-in-traffic": "yes",
        "sign-in-success": "no",
        contain: "no containment needed",
      },
      "true positive",
    ],
    [
      "a mistyped password",
      {
        rule: "Multiple failed logins",
        time: time("08:01:50"),
        source_ip: "172.30.1.14",
        hostname: "db1",
        user: "maria",
      },
      { "source-side": "internal", "source-suspicious": "no", "sign-in-success": "no" },
      "false positive",
    ],
    [
      "a web attack answered 404",
      {
        rule: "XSS attempt",
        type: "Web Attack",
        time: time("10:00:05"),
        source_ip: "203.0.113.20",
        destination_ip: "172.30.1.41",
        url: "/item?id=<script>alert(1)</script>",
      },
      {
        "web-malicious": "malicious",
        "web-attack-type": "cross-site scripting",
        direction: "internet to company",
        "web-success": "no",
        "planned-test": "not planned",
      },
      "true positive",
    ],
    [
      "a web attack answered with other lengths",
      {
        rule: "Command injection",
        type: "Web Attack",
        time: time("11:00:05"),
        source_ip: "203.0.113.21",
        destination_ip: "172.30.1.41",
        url: "/item?id=;whoami",
      },
      { "web-attack-type": "command injection", "web-success": "yes", contain: "contain", escalate: "yes" },
      "true positive",
    ],
    [
      "a URL that was refused to one and served to another",
      {
        rule: "Suspicious URL",
        type: "Proxy",
        time: time("13:00:00"),
        source_ip: "172.30.1.15",
        request_url: "http://prize.example/win",
        device_action: "Blocked",
      },
      { "far-end-malicious": insufficient, "far-end-accessed": "accessed" },
      "inconclusive",
      ["172.30.1.18"],
    ],
    [
      "a nightly backup",
      {
        title: "Large outbound data transfer",
        category: "DLP",
        time: time("02:10:00"),
        src_ip: "172.30.1.5",
        dest_ip: "52.95.110.1",
      },
      {
        "volume-unusual": "usual",
        "destination-known": "sanctioned or in common use",
        contain: "no containment needed",
      },
      "false positive",
    ],
    [
      "an inventory script that runs every morning",
      {
        rule: "Suspicious PowerShell",
        type: "Malware",
        time: time("06:00:11"),
        hostname: "PC-11",
        file_name: "powershell.exe",
        command_line: "powershell.exe -NoProfile -File C:\\Agent\\collect.ps1",
        action: "Detected",
      },
      { "file-malicious": "non-malicious", contain: "no containment needed" },
      "false positive",
    ],
    [
      "an alert without a time: nothing can be put before or after it",
      { rule: "Malware detected", type: "Malware", hostname: "PC-11", file_name: "keygen.exe" },
      { "device-stopped": insufficient, "file-malicious": insufficient, "far-end-accessed": insufficient },
      "inconclusive",
    ],
    [
      "an alert that names nothing",
      { rule: "Something odd", type: "Proxy" },
      { collect: insufficient, "far-end-accessed": insufficient },
      "inconclusive",
    ],
  ])("%s", async (_, alert, answers, verdict, volunteered = []) => {
    const document = await work(alert);
    const given = Object.fromEntries(document.steps.map(({ kind, answer }) => [kind, answer]));
    expect(given).toMatchObject(answers);
    expect(document.verdict.value).toBe(verdict);
    for (const value of volunteered)
      expect(document.scope).toContainEqual(
        expect.objectContaining({ value, volunteered: true, state: "suspected" }),
      );
    for (const { answer, for: grounds } of document.steps)
      if (answer !== insufficient)
        expect(grounds.some(({ events, source }) => events.length > 0 || source)).toBe(true);
  });

  it('names the covering log and its window for every "not accessed" and its like', async () => {
    const document = await work({
      rule: "Malware detected",
      type: "Malware",
      time: time("14:00:00"),
      hostname: "PC-11",
      source_ip: "172.30.1.11",
      file_name: "other.exe",
      device_action: "Blocked",
    });
    const step = document.steps.find(({ kind }) => kind === "far-end-accessed")!;
    expect(step.answer).toBe("not accessed");
    const coverage = step.for.filter(({ kind }) => kind === "coverage");
    expect(coverage[0]!.text).toMatch(/flows\.csv covers 2028-02-14T14:00:00Z to 2028-02-14T15:00:00Z/);
    expect(coverage[0]!.events.length).toBeGreaterThan(0);
  });
  it("tells a person what was not read, at the step and at the end", async () => {
    const alert = {
      rule: "SSH brute force",
      time: time("03:00:30"),
      source_ip: "203.0.113.9",
      hostname: "db1",
    };
    const limit = "Of 12 records of address 203.0.113.9 the first 6 were read.";
    const text = renderTriage(await work(alert, 6));
    expect(text).toContain(`  read in part: ${limit}\n`);
    expect(text).toMatch(/\nNot read or not shown\n {2}Of 12 records/);
    expect(text).toMatch(/\[(?:[0-9a-f]{12}:[\d.]+(?:, )?){3} and \d+ more\]/);
    expect(renderTriage(await work(alert))).not.toMatch(/read in part|Not read/);
  });
  it("takes no client of a sign-in for the machine's own address", async () => {
    const document = await work({
      rule: "Odd",
      type: "Malware",
      time: time("14:00:00"),
      hostname: "db1",
      file_name: "x.bin",
    });
    expect(document.artifacts.map(({ value }) => value)).not.toContain("172.30.1.14");
  });
  it('says no "not accessed" for a time that no log covers', async () => {
    const document = await work({
      rule: "Malware detected",
      type: "Malware",
      time: "2028-02-20T14:00:00Z",
      hostname: "PC-11",
      source_ip: "172.30.1.11",
      file_name: "late.exe",
      device_action: "Blocked",
    });
    expect(document.steps.find(({ kind }) => kind === "far-end-accessed")!.answer).toBe(insufficient);
  });
});
