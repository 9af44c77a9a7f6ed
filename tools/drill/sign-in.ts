import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { createLines, scatter, stampOf, utc } from "../incidents/lines.ts";
import { json, organisation } from "./parts.ts";

const attacker = "198.51.100.66";
const strike = utc("2024-11-21 02:10:00");

/** Guessing over SSH that hits one server and succeeds on another. */
export function bruteForceDrill(): ExampleFile[] {
  return [
    {
      path: "alert.json",
      content: json({
        "@timestamp": "2024-11-21T02:12:30.000Z",
        "kibana.alert.uuid": "0f1c6a52-21c4-4f5f-9d0a-1a2b3c4d5e6f",
        "kibana.alert.rule.name": "Potential SSH brute force detected",
        "kibana.alert.severity": "medium",
        "kibana.alert.original_time": "2024-11-21T02:11:58.000Z",
        "kibana.alert.reason": "authentication failures from one source",
        source: { ip: attacker },
        host: { name: "app1", ip: ["10.50.0.11"] },
        event: { action: "ssh_login", outcome: "failure" },
      }),
    },
    {
      path: "organisation.yml",
      content: organisation(
        "Library",
        ["10.50.0.0/16"],
        [
          ["app1", "10.50.0.11", "server"],
          ["app2", "10.50.0.12", "server"],
        ],
      ),
    },
    { path: "evidence/app1/auth.log", content: log("app1", 1121, 40, false) },
    { path: "evidence/app2/auth.log", content: log("app2", 1122, 25, true) },
    { path: "key.yml", content: key },
  ];
}

function log(host: string, seed: number, failures: number, success: boolean): string {
  const random = createRandom(seed);
  const lines = createLines();
  const add = (ms: number, text: string) =>
    lines.add(ms, `${stampOf(ms).iso.replace("Z", "+00:00")} ${host} ${text}`);
  scatter(random, 60, utc("2024-11-20 18:00:00"), utc("2024-11-21 10:00:00"), (ms) => {
    add(
      ms,
      `CRON[${random.between(900, 9000)}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`,
    );
  });
  for (const hour of ["2024-11-20 19:05:00", "2024-11-21 08:40:00"])
    add(
      utc(hour),
      `sshd[1201]: Accepted publickey for deploy from 10.50.0.40 port 50221 ssh2: ED25519 SHA256:abc`,
    );
  for (let i = 0; i < failures; i++) {
    const ms = strike + i * 2600 + (success ? 60_000 : 0);
    add(
      ms,
      `sshd[${3000 + i}]: Failed password for ${random.pick(["root", "admin", "invalid user test", "backup"])} from ${attacker} port ${random.between(20000, 60000)} ssh2`,
    );
  }
  if (success)
    add(
      strike + 60_000 + failures * 2600 + 1500,
      `sshd[4100]: Accepted password for backup from ${attacker} port 41822 ssh2`,
    );
  return lines.text();
}

const key = `# Practice: the alert names one server; the success is on another.
title: The server that the alert does not name
teaches: Follow the source over all servers. The alert's server held; its neighbour did not.
answers:
  - { kind: source-side, accept: [external], because: 'Outside the declared networks.' }
  - { kind: source-suspicious, accept: ["yes"], cites: [auth.log], because: 'Dozens of failures for several accounts.' }
  - { kind: sign-in-traffic, accept: ["yes"], because: 'SSH on both servers.' }
  - { kind: more-targets, accept: ["yes"], cites: [app2/auth.log], because: 'app1 and app2.', wrong: { "no": "Only the alert's own server was looked at." } }
  - { kind: sign-in-success, accept: ["yes"], cites: [app2/auth.log], because: 'backup signed in on app2 after 25 failures.', wrong: { "no": 'On app1 it failed; on app2 it succeeded.' } }
  - { kind: contain, accept: [contain], because: 'A server is in foreign hands.' }
scope:
  - { value: app2, because: 'Where the sign-in succeeded.' }
verdict: { accept: [true positive], because: 'Guessing that succeeded.' }
timing:
  happened: { value: ${attacker}, first: 2024-11-21T02:10:00Z }
  closeWithinMinutes: 45
`;
