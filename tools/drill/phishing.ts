import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { createLines, scatter, stampOf, utc } from "../incidents/lines.ts";
import { organisation, squidLine } from "./parts.ts";

const sender = "accounts@harb0ur-logistics.example";
const link = "http://login.harb0ur-logistics.example/session";

/** A mail server that writes ISO stamps; every message has its queue id. */
function mailLog(
  random: Random,
  from: number,
  to: number,
  lure: { at: number; recipients: readonly string[]; id: string },
): string {
  const lines = createLines();
  const log = (ms: number, program: string, text: string) =>
    lines.add(
      ms,
      `${stampOf(ms).iso.replace("Z", "+00:00")} mx1 postfix/${program}[${random.between(800, 999)}]: ${text}`,
    );
  const message = (ms: number, id: string, server: string, writer: string, recipients: readonly string[]) => {
    log(ms, "smtpd", `${id}: client=unknown[${server}]`);
    log(
      ms + 200,
      "qmgr",
      `${id}: from=<${writer}>, size=${random.between(2000, 90000)}, nrcpt=${recipients.length} (queue active)`,
    );
    for (const [i, recipient] of recipients.entries())
      log(
        ms + 900 + i,
        "lmtp",
        `${id}: to=<${recipient}>, relay=10.30.0.5[10.30.0.5]:24, delay=1.2, dsn=2.0.0, status=sent (250 2.0.0 OK)`,
      );
  };
  let n = 0;
  scatter(random, 60, from, to, (ms) =>
    message(
      ms,
      `4A${String(n++).padStart(6, "0")}`,
      `198.51.100.${random.between(2, 60)}`,
      `${random.pick(["orders", "news", "anna", "support"])}@${random.pick(["supplier.example", "customs.example", "partner.example"])}`,
      [`${random.pick(["r.diaz", "k.sato", "l.moreau"])}@harbour-logistics.example`],
    ),
  );
  message(lure.at, lure.id, "203.0.113.77", sender, lure.recipients);
  return lines.text();
}

/** A proxy's log of an ordinary day. */
function browsing(random: Random, requests: number, from: number, to: number, sites: readonly string[]) {
  const lines = createLines();
  scatter(random, requests, from, to, (ms) => {
    const client = `10.30.2.${random.between(10, 40)}`;
    lines.add(ms, squidLine(random, ms, client, "GET", `http://${random.pick(sites)}/`, 200));
  });
  return lines;
}

function alertText(at: string, recipient: string): string {
  return `EventID : 212
Event Time : ${at}
Rule : Phishing Mail Detected - Internal Look-alike
Level : Security Analyst
SMTP Address : 203.0.113.77
Source Address : ${sender}
Destination Address : ${recipient}
E-mail Subject : Your session has expired
Request URL : ${link}
Device Action : Allowed
`;
}

const profile = organisation(
  "Harbour Logistics",
  ["10.30.0.0/16"],
  [
    ["WS-21", "10.30.2.21"],
    ["WS-22", "10.30.2.22"],
  ],
  "domains: [harbour-logistics.example]\n",
);
const strike = utc("2024-09-17 10:05:11");

/** A look-alike sender reaches two; the one whom the alert does not name follows the link. */
export function phishingDrill(): ExampleFile[] {
  const random = createRandom(917);
  const from = utc("2024-09-17 06:00:00");
  const to = utc("2024-09-17 16:00:00");
  const sites = ["news.example", "weather.example", "portal.supplier.example"];
  const proxy = browsing(random, 400, from, to, sites);
  proxy.add(
    strike + 840_000,
    squidLine(random, strike + 840_000, "10.30.2.22", "GET", link, 200, "TCP_MISS", "203.0.113.78"),
  );
  proxy.add(
    strike + 870_000,
    squidLine(random, strike + 870_000, "10.30.2.22", "POST", link, 302, "TCP_MISS", "203.0.113.78"),
  );
  return [
    { path: "alert.txt", content: alertText("Sep, 17, 2024, 10:05 AM", "r.diaz@harbour-logistics.example") },
    { path: "organisation.yml", content: profile },
    {
      path: "evidence/maillog",
      content: mailLog(random, from, to, {
        at: strike,
        recipients: ["r.diaz@harbour-logistics.example", "k.sato@harbour-logistics.example"],
        id: "4B1F00D1",
      }),
    },
    { path: "evidence/proxy/access.log", content: proxy.text() },
    { path: "key.yml", content: key },
  ];
}

const key = `# Practice: the alert names one recipient; another one followed the link.
title: The recipient whom the alert does not name
teaches: Ask who else got the message and who followed the link, not only whom the alert names.
answers:
  - { kind: mail-suspicious, accept: [suspicious], because: 'The sender writes the own domain with a zero.' }
  - { kind: mail-parts, accept: ["yes"], because: 'The alert names a link.' }
  - { kind: mail-content-malicious, accept: [malicious], because: 'A look-alike of the own domain asks to sign in.', wrong: { non-malicious: 'No score was asked; the look-alike alone says more than none.' } }
  - { kind: mail-delivered, accept: [delivered], cites: [maillog], because: 'Both deliveries are in the mail log.', wrong: { not delivered: 'status=sent is a delivery.' } }
  - { kind: mail-remove, accept: [delete], because: 'It lies in two mailboxes.' }
  - { kind: mail-opened, accept: [opened], cites: [access.log], because: '10.30.2.22 fetched the page and posted to it.', wrong: { not opened: "Only the alert's recipient was looked at: another one followed the link." } }
  - { kind: contain, accept: [contain], because: 'Someone posted to the page.' }
scope:
  - { value: k.sato@harbour-logistics.example, because: 'The second recipient.' }
  - { value: 10.30.2.22, because: 'The machine that followed the link.' }
verdict: { accept: [true positive], because: 'A lure that was delivered and followed.' }
timing:
  happened: { value: 10.30.2.22, first: 2024-09-17T10:19:11Z }
  closeWithinMinutes: 45
`;

/** Trap: the proxy's log ends before the message came: "not opened" cannot be said. */
export function silentProxyDrill(): ExampleFile[] {
  const random = createRandom(404);
  const from = utc("2024-09-17 06:00:00");
  const proxy = browsing(random, 300, from, utc("2024-09-17 09:10:00"), ["news.example", "weather.example"]);
  return [
    { path: "alert.txt", content: alertText("Sep, 17, 2024, 10:05 AM", "r.diaz@harbour-logistics.example") },
    { path: "organisation.yml", content: profile },
    {
      path: "evidence/maillog",
      content: mailLog(random, from, utc("2024-09-17 16:00:00"), {
        at: strike,
        recipients: ["r.diaz@harbour-logistics.example"],
        id: "4B1F00D2",
      }),
    },
    { path: "evidence/proxy/access.log", content: proxy.text() },
    { path: "key.yml", content: silentKey },
  ];
}

const silentKey = `# Trap: absence without coverage.
title: A proxy log that ends too early
teaches: '"Not opened" needs a log that covers the hours after delivery. This one ends before the message came.'
trap: true
answers:
  - { kind: mail-suspicious, accept: [suspicious], because: 'A look-alike of the own domain.' }
  - { kind: mail-delivered, accept: [delivered], cites: [maillog], because: 'status=sent.' }
  - { kind: mail-opened, accept: [insufficient evidence], because: "The proxy's log ends at 09:10, an hour before the message.", wrong: { not opened: "No record of a visit, in a log that ends before the message came: that is no absence.", opened: 'No record shows it.' } }
scope: []
verdict: { accept: [true positive], because: 'The lure is real, whether or not it was followed.', wrong: { false positive: 'That nobody was seen to open it does not make it harmless.' } }
timing:
  closeWithinMinutes: 45
`;
