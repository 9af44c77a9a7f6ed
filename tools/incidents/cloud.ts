import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { scatter, utc } from "./lines.ts";

const office = "62.156.10.20";
const attacker = "102.89.33.14";
const staff = ["a.keller", "b.lang", "c.frank", "d.yilmaz", "e.sommer"];
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.000Z$/, "Z");
const from = utc("2025-02-05 06:00:00");
const to = utc("2025-02-06 18:00:00");
const strike = utc("2025-02-06 02:41:00");

/** An architects' office in the cloud: stolen session, second factor added, inbox rule, mailbox read, a cloud key made. */
export function cloudIncident(): ExampleFile[] {
  const random = createRandom(206);
  let serial = 0;
  const uuid = () => `00000000-0000-4000-8000-${String(++serial).padStart(12, "0")}`;
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/entra/signins.json", content: signIns(random, uuid) },
    { path: "evidence/entra/audit.json", content: directory(random, uuid) },
    { path: "evidence/m365/unified-audit.jsonl", content: unified(random, uuid) },
    { path: "evidence/aws/cloudtrail.json", content: trail(random, uuid) },
  ];
}

function signIns(random: Random, uuid: () => string): string {
  const rows: object[] = [];
  const add = (
    ms: number,
    user: string,
    ip: string,
    country: string,
    city: string,
    code: number,
    app = "Office 365 Exchange Online",
  ) =>
    rows.push({
      id: uuid(),
      createdDateTime: iso(ms),
      userDisplayName: user,
      userPrincipalName: `${user}@plan.example`,
      userId: uuid(),
      appDisplayName: app,
      clientAppUsed: "Browser",
      ipAddress: ip,
      conditionalAccessStatus: "success",
      isInteractive: true,
      riskLevelDuringSignIn: "none",
      riskState: "none",
      status: {
        errorCode: code,
        failureReason:
          code === 0 ? "Other." : "Error validating credentials due to invalid username or password.",
      },
      deviceDetail: { displayName: "", operatingSystem: "Windows 10", browser: "Edge 121" },
      location: { city, state: "", countryOrRegion: country },
    });
  scatter(random, 1500, from, to, (ms) =>
    add(
      ms,
      random.pick(staff),
      random.pick([office, office, "91.64.3.88"]),
      "DE",
      "Bonn",
      random.next() < 0.97 ? 0 : 50126,
    ),
  );
  // A colleague on holiday in a declared country, and passwords guessed from everywhere without success.
  add(utc("2025-02-05 20:10:00"), "d.yilmaz", "85.105.12.9", "TR", "Izmir", 0);
  scatter(random, 60, from, to, (ms) =>
    add(ms, random.pick(staff), `103.151.20.${random.between(2, 200)}`, "VN", "Hanoi", 50126),
  );
  add(strike, "b.lang", attacker, "NG", "Lagos", 0);
  add(strike + 300_000, "b.lang", attacker, "NG", "Lagos", 0, "My Apps");
  return JSON.stringify(rows);
}

function directory(random: Random, uuid: () => string): string {
  const rows: object[] = [];
  const add = (ms: number, activity: string, category: string, user: string, ip: string, target: string) =>
    rows.push({
      id: uuid(),
      category,
      correlationId: uuid(),
      result: "success",
      activityDisplayName: activity,
      activityDateTime: iso(ms),
      loggedByService: category === "UserManagement" ? "Authentication Methods" : "Core Directory",
      operationType: "Update",
      initiatedBy: {
        user: { id: uuid(), userPrincipalName: `${user}@plan.example`, ipAddress: ip },
        app: null,
      },
      targetResources: [
        {
          id: uuid(),
          displayName: target,
          type: "User",
          userPrincipalName: `${target}@plan.example`,
          modifiedProperties: [],
        },
      ],
    });
  scatter(random, 120, from, to, (ms) =>
    add(ms, "Update user", "UserManagement", "admin", office, random.pick(staff)),
  );
  add(
    utc("2025-02-05 09:30:00"),
    "User registered security info",
    "UserManagement",
    "e.sommer",
    office,
    "e.sommer",
  );
  add(strike + 360_000, "User registered security info", "UserManagement", "b.lang", attacker, "b.lang");
  return JSON.stringify({ value: rows });
}

function unified(random: Random, uuid: () => string): string {
  const rows: { ms: number; row: object }[] = [];
  const add: AddOperation = (ms, operation, workload, user, ip, more) =>
    rows.push({ ms, row: { ...unifiedRow(ms, operation, workload, user, ip, uuid()), ...more } });
  usualWork(random, add);
  mailboxTaken(add);
  return `${rows
    .sort((a, b) => a.ms - b.ms)
    .map(({ row }) => JSON.stringify(row))
    .join("\n")}\n`;
}

type AddOperation = (
  ms: number,
  operation: string,
  workload: string,
  user: string,
  ip: string,
  more?: object,
) => void;

function unifiedRow(ms: number, operation: string, workload: string, user: string, ip: string, id: string) {
  return {
    CreationTime: iso(ms).slice(0, 19),
    Id: id,
    Operation: operation,
    OrganizationId: "0a0a0a0a-0000-4000-8000-00000000000a",
    RecordType: 2,
    ResultStatus: "Succeeded",
    UserKey: user,
    UserType: 0,
    Version: 1,
    Workload: workload,
    ClientIP: ip,
    UserId: `${user}@plan.example`,
  };
}

function usualWork(random: Random, add: AddOperation): void {
  scatter(random, 1600, from, to, (ms) =>
    add(
      ms,
      random.pick(["FileAccessed", "FilePreviewed", "FileModified"]),
      "SharePoint",
      random.pick(staff),
      office,
      {
        ObjectId: `https://plan.sharepoint.example/sites/p/${random.between(1, 900)}.dwg`,
        SourceFileName: `${random.between(1, 900)}.dwg`,
      },
    ),
  );
  scatter(random, 400, from, to, (ms) =>
    add(ms, "MailItemsAccessed", "Exchange", random.pick(staff), office, { OperationCount: 1 }),
  );
  // A rule that a person makes for herself.
  add(utc("2025-02-05 10:00:00"), "New-InboxRule", "Exchange", "c.frank", office, {
    ObjectId: "c.frank\\Newsletter",
    Parameters: [
      { Name: "Name", Value: "Newsletter" },
      { Name: "MoveToFolder", Value: "Newsletter" },
      { Name: "From", Value: "news@zeitung.example" },
    ],
  });
}

/** A rule that hides the answers, the mailbox read through, the files fetched. */
function mailboxTaken(add: AddOperation): void {
  add(strike + 600_000, "New-InboxRule", "Exchange", "b.lang", attacker, {
    ObjectId: "b.lang\\.",
    Parameters: [
      { Name: "Name", Value: "." },
      { Name: "SubjectContainsWords", Value: "invoice;payment;rechnung" },
      { Name: "MoveToFolder", Value: "RSS Feeds" },
      { Name: "MarkAsRead", Value: "True" },
      { Name: "ForwardTo", Value: "box@mail.example.net" },
    ],
  });
  for (let i = 0; i < 300; i++)
    add(strike + 700_000 + i * 2000, "MailItemsAccessed", "Exchange", "b.lang", attacker, {
      OperationCount: 20,
    });
  for (let i = 0; i < 150; i++)
    add(strike + 1_500_000 + i * 2000, "FileDownloaded", "SharePoint", "b.lang", attacker, {
      ObjectId: `https://plan.sharepoint.example/sites/p/${i}.pdf`,
      SourceFileName: `${i}.pdf`,
    });
}

function trail(random: Random, uuid: () => string): string {
  const rows: object[] = [];
  const add = (ms: number, name: string, source: string, user: string, ip: string, request: object = {}) =>
    rows.push({
      eventVersion: "1.08",
      userIdentity: {
        type: "IAMUser",
        principalId: "AIDAEXAMPLE",
        arn: `arn:aws:iam::111122223333:user/${user}`,
        accountId: "111122223333",
        userName: user,
      },
      eventTime: iso(ms),
      eventSource: source,
      eventName: name,
      awsRegion: "eu-central-1",
      sourceIPAddress: ip,
      userAgent: "aws-cli/2.15",
      requestParameters: request,
      responseElements: null,
      requestID: uuid(),
      eventID: uuid(),
      readOnly: !/^(Create|Put|Delete)/.test(name),
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: "111122223333",
    });
  scatter(random, 900, from, to, (ms) =>
    add(
      ms,
      random.pick(["DescribeInstances", "GetBucketLocation", "ListBuckets", "PutObject"]),
      "ec2.amazonaws.com",
      "deploy",
      office,
    ),
  );
  // The deployment account's key is turned over every quarter, from the office.
  add(utc("2025-02-05 09:00:00"), "CreateAccessKey", "iam.amazonaws.com", "admin", office, {
    userName: "deploy",
  });
  add(strike + 2_400_000, "GetCallerIdentity", "sts.amazonaws.com", "b.lang", attacker);
  add(strike + 2_420_000, "ListUsers", "iam.amazonaws.com", "b.lang", attacker);
  add(strike + 2_460_000, "CreateAccessKey", "iam.amazonaws.com", "b.lang", attacker, {
    userName: "backup-svc",
  });
  return JSON.stringify({ Records: rows });
}

const organisation = `name: Architects' office
timeZone: Europe/Berlin
operatingCountries: [DE, TR]
domains: [plan.example]
`;

const alert = `${JSON.stringify({ title: "Suspicious inbox rule", severity: "medium", user: "b.lang@plan.example", client_ip: "102.89.33.14", action: "Allowed" }, null, 2)}\n`;
