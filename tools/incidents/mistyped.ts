import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { createLines, scatter, syslogStamp, utc } from "./lines.ts";

const from = utc("2025-03-10 06:00:00");
const to = utc("2025-03-11 18:00:00");
const mistake = utc("2025-03-11 08:00:00");

/**
 * Nothing happened: somebody mistypes a password three times. The record stands in the log, in its rotated copy that overlaps, and at the
 * collector, which writes the time in UTC: nine lines that tell of three failures.
 */
export function mistypedIncident(): ExampleFile[] {
  const random = createRandom(371);
  const local = createLines();
  const central = createLines();
  const add = (ms: number, text: string) => {
    local.add(ms, `${syslogStamp(ms, 1)} web1 ${text}`);
    central.add(ms, `${new Date(ms).toISOString()} web1 ${text}`);
  };
  const port = () => random.between(30_000, 60_000);
  scatter(random, 200, from, to, (ms) =>
    add(
      ms,
      `sshd[${random.between(1000, 9000)}]: Accepted publickey for ${random.pick(["ann", "bob"])} from 10.1.1.${random.between(5, 9)} port ${port()} ssh2`,
    ),
  );
  for (let i = 0; i < 3; i++)
    add(mistake + i * 5000, `sshd[4242]: Failed password for ann from 10.1.1.5 port ${50_220 + i} ssh2`);
  add(mistake + 20_000, "sshd[4242]: Accepted password for ann from 10.1.1.5 port 50223 ssh2");
  const lines = local.text().trimEnd().split("\n");
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/web1/auth.log", content: `${lines.slice(60).join("\n")}\n` },
    { path: "evidence/web1/auth.log.1", content: `${lines.slice(0, 180).join("\n")}\n` },
    { path: "evidence/collector/web1.log", content: central.text() },
  ];
}

const organisation = `name: Office
timeZone: Europe/Berlin
internalNetworks: [10.1.1.0/24]
`;
