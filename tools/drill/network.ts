import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { createLines, scatter, stampOf, utc } from "../incidents/lines.ts";
import {
  json,
  organisation,
  pfsenseLine,
  squidLine,
  virustotalAddress,
  virustotalDomain,
  virustotalFile,
} from "./parts.ts";

/** A download site that everyone uses: the rule is too wide. */
export function proxyDrill(): ExampleFile[] {
  const random = createRandom(308);
  const lines = createLines();
  const site = "downloads.archiver.example";
  const strike = utc("2025-03-08 11:31:02");
  for (let day = 3; day <= 8; day++)
    scatter(random, 90, utc(`2025-03-0${day} 07:00:00`), utc(`2025-03-0${day} 17:00:00`), (ms) =>
      lines.add(
        ms,
        squidLine(
          random,
          ms,
          `10.60.1.${random.between(10, 60)}`,
          "GET",
          `http://${random.pick(["news.example", "intranet-news.example", "weather.example", site])}/${random.pick(["", "setup-x64.exe", "index.html"])}`,
          200,
        ),
      ),
    );
  lines.add(strike, squidLine(random, strike, "10.60.1.23", "GET", `http://${site}/setup-x64.exe`, 200));
  return [
    {
      path: "alert.json",
      content: json({
        result: {
          _time: String(strike / 1000),
          search_name: "Web - Suspicious URL - Executable Download - Rule",
          urgency: "medium",
          status_label: "New",
          security_domain: "network",
          src: "10.60.1.23",
          url: `http://${site}/setup-x64.exe`,
          action: "allowed",
        },
      }),
    },
    {
      path: "organisation.yml",
      content: organisation("Museum", ["10.60.0.0/16"], [["WS-23", "10.60.1.23"]]),
    },
    { path: "evidence/proxy/access.log", content: lines.text() },
    { path: "key.yml", content: proxyKey },
  ];
}

const proxyKey = `# Practice: a false positive must be shown, not assumed.
title: The download that everyone makes
teaches: Compare with what others did before. A service in common use is likelier harmless, and the answer says that this is a judgement by number.
answers:
  - { kind: far-end-malicious, accept: [non-malicious], cites: [access.log], because: 'Dozens of machines fetched from there on the days before, and nothing was found about it.', wrong: { malicious: 'Nothing speaks for it but the rule.' } }
  - { kind: far-end-accessed, accept: [accessed], cites: [access.log], because: 'It was fetched, and by many.', wrong: { not accessed: 'The proxy let it through.' } }
  - { kind: contain, accept: [no containment needed], because: 'Nothing bad was shown.' }
scope: []
verdict: { accept: [false positive], because: 'A download site in common use.', wrong: { true positive: 'An executable from a site that everyone uses is no incident.' } }
timing:
  closeWithinMinutes: 20
`;

/** A listed name that was only looked up: the firewall covers the time and shows no connection. */
export function intelligenceDrill(): ExampleFile[] {
  const random = createRandom(714);
  const strike = utc("2025-07-14 09:15:20");
  const name = "cdn-sync.badhost.example";
  const events = createLines();
  const dns = (ms: number, client: string, query: string) => {
    const question = {
      ...toResolver(ms, "dns", client, random.between(40000, 60000)),
      dns: { type: "query", id: random.between(1, 65000), rrname: query, rrtype: "A" },
    };
    events.add(ms, JSON.stringify(question));
  };
  scatter(random, 150, utc("2025-07-14 06:00:00"), utc("2025-07-14 16:00:00"), (ms) =>
    dns(
      ms,
      `10.70.3.${random.between(10, 40)}`,
      random.pick(["news.example", "mail.example", "time.example"]),
    ),
  );
  dns(strike, "10.70.3.17", name);
  const alert = {
    ...toResolver(strike, "alert", "10.70.3.17", 51922),
    alert: {
      action: "allowed",
      gid: 1,
      signature_id: 9000001,
      rev: 1,
      signature: "Known C2 domain in DNS query",
      category: "A Network Trojan was detected",
      severity: 1,
    },
    dns: { query: [{ type: "query", rrname: name, rrtype: "A" }] },
  };
  const firewall = createLines();
  scatter(random, 400, utc("2025-07-14 06:00:00"), utc("2025-07-14 16:00:00"), (ms) =>
    firewall.add(
      ms,
      pfsenseLine(
        random,
        ms,
        "pass",
        `10.70.3.${random.between(10, 40)}`,
        random.pick(["142.250.74.46", "13.107.42.14"]),
        443,
      ),
    ),
  );
  return [
    { path: "alert.json", content: json(alert) },
    {
      path: "organisation.yml",
      content: organisation("Observatory", ["10.70.0.0/16"], [["WS-17", "10.70.3.17"]]),
    },
    { path: "evidence/ids/eve.json", content: events.text() },
    { path: "evidence/network/gateway.log", content: firewall.text() },
    {
      path: "intel/virustotal-domain.json",
      content: virustotalDomain(name, { malicious: 14, total: 90, at: strike }),
    },
    { path: "key.yml", content: intelligenceKey },
  ];
}

/** What Suricata tells of every packet to the resolver. */
function toResolver(ms: number, type: string, client: string, port: number) {
  return {
    timestamp: `${stampOf(ms).iso.replace("Z", "")}+0000`,
    event_type: type,
    src_ip: client,
    src_port: port,
    dest_ip: "10.70.0.2",
    dest_port: 53,
    proto: "UDP",
  };
}

const intelligenceKey = `# Practice: a name looked up is not an address reached.
title: Looked up, not reached
teaches: A DNS query is no connection. With a firewall log that covers the time, "not accessed" may be said, and it names that log.
answers:
  - { kind: far-end-malicious, accept: [malicious], because: '14 of 90 engines on the day.' }
  - { kind: far-end-accessed, accept: [not accessed], cites: [gateway.log], because: 'Only looked up; the gateway sees the machine and shows no connection.', wrong: { accessed: 'A query for a name reaches the resolver, not the name.' } }
scope:
  - { value: 10.70.3.17, because: 'The machine that asked.' }
verdict: { accept: [true positive], because: 'The name is malicious, and a machine of ours asked for it.', wrong: { false positive: 'That no connection followed does not make the match wrong.' } }
timing:
  closeWithinMinutes: 45
`;

const sha256 = "9f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** Trap: the device says "Blocked" and the file runs all the same. */
export function blockedDrill(): ExampleFile[] {
  const random = createRandom(122);
  const strike = utc("2025-01-22 15:03:40");
  const command = "203.0.113.190";
  const lines = createLines([
    "Event Time (UTC),Hostname,User,Process Name,Command Line,Destination Address,Destination Port",
  ]);
  const row = (ms: number, name: string, line: string, to = "", port = "") =>
    lines.add(ms, `${stampOf(ms).iso.replace(".000", "")},LAB-3,s.roy,${name},"${line}",${to},${port}`);
  scatter(random, 120, utc("2025-01-22 08:00:00"), utc("2025-01-22 18:00:00"), (ms) =>
    row(ms, "chrome.exe", "chrome.exe --type=renderer"),
  );
  row(
    strike + 190_000,
    "viewer-update.exe",
    "C:\\Users\\s.roy\\AppData\\Local\\Temp\\viewer-update.exe /quiet",
  );
  for (const offset of [195_000, 255_000, 315_000])
    row(
      strike + offset,
      "viewer-update.exe",
      "C:\\Users\\s.roy\\AppData\\Local\\Temp\\viewer-update.exe",
      command,
      "8443",
    );
  return [
    {
      path: "alert.json",
      content: json({
        rule: "Malware - Suspicious File Download",
        type: "malware",
        level: "high",
        event_time: "2025-01-22T15:03:40Z",
        source_address: "10.80.2.33",
        source_hostname: "LAB-3",
        username: "s.roy",
        file_name: "viewer-update.exe",
        file_hash: sha256,
        device_action: "Blocked",
      }),
    },
    {
      path: "organisation.yml",
      content: organisation("Laboratory", ["10.80.0.0/16"], [["LAB-3", "10.80.2.33"]]),
    },
    { path: "evidence/edr/events.csv", content: lines.text() },
    {
      path: "intel/virustotal-file.json",
      content: virustotalFile(sha256, { malicious: 22, total: 70, label: "trojan.agent", at: strike }, [
        command,
      ]),
    },
    {
      path: "intel/virustotal-address.json",
      content: virustotalAddress(command, { malicious: 0, total: 90, at: strike }),
    },
    { path: "key.yml", content: blockedKey },
  ];
}

const blockedKey = `# Trap: "Blocked" was one attempt.
title: Blocked, and it ran
teaches: '"Blocked" says that one attempt was stopped. Look at what ran afterwards.'
trap: true
answers:
  - { kind: device-stopped, accept: [not quarantined], cites: [events.csv], because: 'Three minutes later the file ran and called out.', wrong: { blocked: 'The download was blocked once; the file ran three minutes later.', quarantined: '"Blocked" is not "Quarantined".', cleaned: '"Blocked" is not "Cleaned".' } }
  - { kind: file-malicious, accept: [malicious], because: '22 of 70 engines.' }
  - { kind: far-end-accessed, accept: [accessed], cites: [events.csv], because: 'Three contacts.' }
  - { kind: contain, accept: [contain], because: 'It runs.' }
scope:
  - { value: 203.0.113.190, because: 'Where it calls.' }
verdict: { accept: [true positive], because: 'Malicious, and it ran.', wrong: { false positive: 'That the device blocked once does not undo what ran.' } }
timing:
  happened: { value: 203.0.113.190, first: 2025-01-22T15:06:55Z, last: 2025-01-22T15:08:55Z }
  closeWithinMinutes: 30
`;
