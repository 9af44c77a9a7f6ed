import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { createLines, scatter, stampOf, utc } from "./lines.ts";

const from = utc("2025-05-05 06:00:00");
const to = utc("2025-05-07 18:00:00");
const attack = utc("2025-05-07 01:12:00");
const attacker = "203.0.113.77";

/**
 * A company wrote its own portal for customers' documents; its log is sentences that no format knows. At night somebody guesses a clerk's
 * password and fetches documents. The same night a partner fetches in bulk as it does every night, and a customer mistypes a password.
 */
export function portalIncident(): ExampleFile[] {
  const random = createRandom(511);
  const log = createLines();
  const add = (ms: number, level: string, text: string) => {
    const { date, clock } = stampOf(ms, 2);
    log.add(ms, `${date} ${clock} [${level}] ${text}`);
  };
  scatter(random, 700, from, to, (ms) => {
    const user = random.pick(["paula", "jens", "mirko"]);
    const address = `10.8.0.${random.between(10, 40)}`;
    add(
      ms,
      "info",
      random.pick([
        `user '${user}' logged in from ${address}`,
        `user '${user}' downloaded file "/docs/${random.between(1000, 9999)}.pdf" from ${address}`,
        `user '${user}' logged out`,
        "index rebuilt in 812 ms",
        "mail queue is empty",
      ]),
    );
  });
  for (let day = 0; day < 3; day++) {
    const night = from + day * 86_400_000 - 5 * 3_600_000;
    for (let i = 0; i < 60; i++)
      add(
        night + i * 2000,
        "info",
        `user 'partner-sync' downloaded file "/outbox/${day}-${i}.xml" from 198.51.100.20`,
      );
  }
  for (let i = 0; i < 2; i++)
    add(attack - 900_000 + i * 8000, "warn", "login failed for user 'mirko' from 10.8.0.22: wrong password");
  add(attack - 880_000, "info", "user 'mirko' logged in from 10.8.0.22");
  for (let i = 0; i < 35; i++)
    add(attack + i * 4000, "warn", `login failed for user 'paula' from ${attacker}: wrong password`);
  add(attack + 150_000, "info", `user 'paula' logged in from ${attacker}`);
  for (let i = 0; i < 48; i++)
    add(
      attack + 200_000 + i * 9000,
      "info",
      `user 'paula' downloaded file "/docs/contracts/${4000 + i}.pdf" from ${attacker}`,
    );
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/portal/portal.log", content: log.text() },
  ];
}

const organisation = `name: Notary
timeZone: Europe/Berlin
internalNetworks: [10.8.0.0/16]
assets:
  - { name: portal, role: document portal, critical: true }
`;
