import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { createLines, scatter, utc } from "./lines.ts";

const from = utc("2025-03-03 06:00:00");
const to = utc("2025-03-05 18:00:00");
const strike = utc("2025-03-04 19:12:00");
const office = "84.208.20.11";
/** No table knows where it is: the sign-in log does. */
const attacker = "203.0.113.77";
const victim = "k.lund";
const staff = ["h.berg", "i.dahl", victim, "m.holm", "o.vik", "s.moe"];
const domain = "fjordfrakt.example";
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 19);
const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Forwarders in Norway: somebody with the right password asks for the second factor until the owner gives in, gives an application access to
 * the mailbox, hides the answers and writes to customers. Both sources are tables as the portals export them, newest record first.
 */
export function mailboxIncident(): ExampleFile[] {
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/entra/sign-ins.csv", content: signIns() },
    { path: "evidence/purview/audit.csv", content: audit() },
  ];
}

/** Rows below their header, the newest first. */
function newestFirst(header: string, text: string): string {
  return `\uFEFF${[header, ...text.trimEnd().split("\n").reverse()].join("\r\n")}\r\n`;
}

function signIns(): string {
  const random = createRandom(321);
  const lines = createLines();
  const add = (ms: number, user: string, address: string, place: string, code = "", reason = "Other.") =>
    lines.add(
      ms,
      [
        `${iso(ms)}Z`,
        `${user} (person)`,
        `${user}@${domain}`,
        "Office 365 Exchange Online",
        address,
        place,
        code ? "Failure" : "Success",
        code,
        reason,
        "Browser",
      ]
        .map(cell)
        .join(","),
    );
  const wrong = "Error validating credentials due to invalid username or password.";
  scatter(random, 700, from, to, (ms) => {
    const isMistake = random.next() > 0.97;
    add(
      ms,
      random.pick(staff),
      random.pick([office, office, "77.16.4.90"]),
      "Oslo, Oslo, NO",
      isMistake ? "50126" : "",
      isMistake ? wrong : "Other.",
    );
  });
  // A colleague at a declared place, and a spray that gets nothing.
  add(utc("2025-03-04 08:00:00"), "m.holm", "80.62.117.4", "Copenhagen, Hovedstaden, DK");
  for (let i = 0; i < 40; i++)
    add(
      utc("2025-03-03 22:00:00") + i * 30_000,
      random.pick(staff),
      "198.51.100.140",
      "Hanoi, Ha Noi, VN",
      "50126",
      wrong,
    );
  for (let i = 0; i < 14; i++)
    add(
      strike - 800_000 + i * 50_000,
      victim,
      attacker,
      "Lagos, Lagos, NG",
      "500121",
      "Authentication failed during strong authentication request.",
    );
  add(strike, victim, attacker, "Lagos, Lagos, NG");
  return newestFirst(
    "Date (UTC),User,Username,Application,IP address,Location,Status,Sign-in error code,Failure reason,Client app",
    lines.text(),
  );
}

function audit(): string {
  const random = createRandom(322);
  const lines = createLines();
  let id = 0;
  const add = (
    ms: number,
    operation: string,
    workload: string,
    user: string,
    address: string,
    more: object = {},
  ) => {
    const record = {
      CreationTime: iso(ms),
      Id: `00000000-0000-4000-8000-${String(++id).padStart(12, "0")}`,
      Operation: operation,
      RecordType: 1,
      ResultStatus: "Success",
      UserType: 0,
      Version: 1,
      Workload: workload,
      ClientIP: address,
      UserId: `${user}@${domain}`,
      ...more,
    };
    lines.add(
      ms,
      [record.Id, iso(ms).replace("T", " "), operation, record.UserId, JSON.stringify(record)]
        .map(cell)
        .join(","),
    );
  };
  scatter(random, 500, from, to, (ms) =>
    add(ms, random.pick(["FileAccessed", "FileModified"]), "SharePoint", random.pick(staff), office),
  );
  scatter(random, 300, from, to, (ms) =>
    add(ms, "MailItemsAccessed", "Exchange", random.pick(staff), office),
  );
  add(utc("2025-03-03 09:00:00"), "New-InboxRule", "Exchange", "s.moe", office, {
    Parameters: [
      { Name: "From", Value: "news@avis.example" },
      { Name: "MoveToFolder", Value: "Nyhetsbrev" },
    ],
  });
  add(strike + 240_000, "Consent to application.", "AzureActiveDirectory", victim, attacker, {
    ObjectId: "Mail Sync",
    ModifiedProperties: [
      {
        Name: "ConsentAction.Permissions",
        NewValue: "[] => [[Scope: offline_access Mail.ReadWrite Mail.Send User.Read]]",
        OldValue: "",
      },
    ],
  });
  add(strike + 600_000, "New-InboxRule", "Exchange", victim, attacker, {
    Parameters: [
      { Name: "Name", Value: ".." },
      { Name: "SubjectOrBodyContainsWords", Value: "faktura;betaling" },
      { Name: "DeleteMessage", Value: "True" },
    ],
  });
  for (let i = 0; i < 260; i++)
    add(strike + 700_000 + i * 1500, "MailItemsAccessed", "Exchange", victim, attacker);
  for (let i = 0; i < 45; i++) add(strike + 3_600_000 + i * 2000, "Send", "Exchange", victim, attacker);
  return newestFirst("RecordId,CreationDate,Operation,UserId,AuditData", lines.text());
}

const organisation = `name: Forwarders
timeZone: Europe/Oslo
operatingCountries: [NO, DK]
domains: [${domain}]
`;

/** The machine is one that no log of this evidence knows. */
const alert = `${JSON.stringify(
  {
    title: "Suspicious inbox manipulation rule",
    severity: "medium",
    time: "2025-03-04T20:22:00+01:00",
    user: `${victim}@${domain}`,
    src_ip: attacker,
    device: "WS-0113",
    action: "Detected",
  },
  null,
  2,
)}\n`;
