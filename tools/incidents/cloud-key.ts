import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { scatter, utc } from "./lines.ts";

const from = utc("2025-01-20 00:00:00");
const to = utc("2025-01-22 00:00:00");
const strike = utc("2025-01-21 03:30:00");
const intruder = "198.51.100.23";
const pipeline = "54.170.1.10";
const account = "444455556666";
const application = "system:serviceaccount:prod:web-frontend";
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z/, "Z");

/**
 * A start-up: the key of a build pipeline leaked. Its rights are tried out, an administrator of the intruder's own is made, recording is stopped, a
 * bucket is copied and opened; from an application's account the cluster is taken. The pipeline itself makes accounts and keys by daylight.
 */
export function cloudKeyIncident(): ExampleFile[] {
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/cloudtrail.json", content: trail() },
    { path: "evidence/cluster-audit.log", content: cluster() },
  ];
}

interface Call {
  name: string;
  service?: string;
  user: string;
  address: string;
  request?: object;
  isDenied?: boolean;
}

function trail(): string {
  const random = createRandom(341);
  const records: object[] = [];
  const call = (ms: number, { name, service = "iam", user, address, request, isDenied }: Call) =>
    records.push({
      eventVersion: "1.09",
      userIdentity: {
        type: "IAMUser",
        arn: `arn:aws:iam::${account}:user/${user}`,
        accountId: account,
        userName: user,
      },
      eventTime: iso(ms),
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      awsRegion: "eu-west-1",
      sourceIPAddress: address,
      userAgent: address === intruder ? "aws-cli/2.15.0" : "Terraform/1.7",
      ...(isDenied && { errorCode: "AccessDenied", errorMessage: "not authorized" }),
      requestParameters: request ?? null,
      responseElements: null,
      eventID: `00000000-0000-4000-8000-${String(records.length).padStart(12, "0")}`,
      eventType: "AwsApiCall",
      recipientAccountId: account,
    });
  scatter(random, 700, from, to, (ms) =>
    call(ms, {
      name: random.pick(["DescribeInstances", "GetObject", "PutObject", "ListBuckets"]),
      service: "s3",
      user: random.pick(["ci-deploy", "ops"]),
      address: pipeline,
    }),
  );
  const daylight = utc("2025-01-20 10:00:00");
  const reader = { userName: "metrics-reader" };
  const readOnly = { ...reader, policyArn: "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess" };
  call(daylight, { name: "CreateUser", user: "ops", address: pipeline, request: reader });
  call(daylight + 5000, { name: "AttachUserPolicy", user: "ops", address: pipeline, request: readOnly });
  call(daylight + 9000, { name: "CreateAccessKey", user: "ops", address: pipeline, request: reader });
  misuse(call);
  return JSON.stringify({ Records: records });
}

function misuse(call: (ms: number, call: Call) => void): void {
  const stolen = { user: "ci-deploy", address: intruder };
  const made = { user: "support-tmp", address: intruder };
  const own = { userName: "support-tmp" };
  call(strike, { ...stolen, name: "GetCallerIdentity", service: "sts" });
  const tried = [
    "ListUsers",
    "ListRoles",
    "GetAccountAuthorizationDetails",
    "ListFunctions",
    "ListKeys",
    "GetAccountSummary",
  ];
  for (const [i, name] of tried.entries())
    call(strike + 30_000 + i * 4000, { ...stolen, name, isDenied: true });
  call(strike + 300_000, { ...stolen, name: "CreateUser", request: own });
  call(strike + 310_000, {
    ...stolen,
    name: "AttachUserPolicy",
    request: { ...own, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  });
  call(strike + 320_000, { ...stolen, name: "CreateAccessKey", request: own });
  call(strike + 600_000, { ...made, name: "StopLogging", service: "cloudtrail", request: { name: "main" } });
  for (let i = 0; i < 120; i++)
    call(strike + 700_000 + i * 900, {
      ...made,
      name: "GetObject",
      service: "s3",
      request: { bucketName: "customer-exports", key: `2024/${i}.csv.gz` },
    });
  call(strike + 1_000_000, {
    ...made,
    name: "PutBucketPolicy",
    service: "s3",
    request: {
      bucketName: "customer-exports",
      bucketPolicy: { Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject" }] },
    },
  });
}

function cluster(): string {
  const random = createRandom(342);
  const records: { ms: number; record: object }[] = [];
  const ask = (
    ms: number,
    user: string,
    verb: string,
    resource: string,
    code: number,
    more: { sub?: string; body?: object } = {},
  ) =>
    records.push({
      ms,
      record: {
        kind: "Event",
        apiVersion: "audit.k8s.io/v1",
        level: "RequestResponse",
        auditID: `00000000-0000-4000-9000-${String(records.length).padStart(12, "0")}`,
        stage: "ResponseComplete",
        requestURI: `/api/v1/namespaces/prod/${resource}/x`,
        verb,
        user: { username: user, groups: ["system:authenticated"] },
        sourceIPs: [user === application ? "10.0.9.9" : "10.0.3.4"],
        objectRef: {
          resource,
          namespace: "prod",
          name: "x",
          apiVersion: "v1",
          ...(more.sub && { subresource: more.sub }),
        },
        responseStatus: { code },
        requestReceivedTimestamp: new Date(ms).toISOString(),
        stageTimestamp: new Date(ms).toISOString(),
        ...(more.body && { requestObject: more.body }),
      },
    });
  const agents = [
    "system:serviceaccount:kube-system:daemon-set-controller",
    "system:node:n1",
    "ops@saas.example",
  ];
  scatter(random, 400, from, to, (ms) =>
    ask(ms, random.pick(agents), random.pick(["get", "list", "watch"]), "pods", 200),
  );
  const privileged = {
    kind: "Pod",
    spec: { hostPID: true, containers: [{ name: "a", securityContext: { privileged: true } }] },
  };
  // The agent of the network runs so on every node, and is made by the cluster itself.
  ask(from + 3_600_000, agents[0]!, "create", "pods", 201, { body: privileged });
  const at = strike + 2_000_000;
  for (let i = 0; i < 8; i++) ask(at + i * 3000, application, "list", "secrets", i < 3 ? 403 : 200);
  ask(at + 100_000, application, "create", "pods", 201, { body: privileged });
  ask(at + 160_000, application, "create", "pods", 101, { sub: "exec" });
  ask(at + 300_000, application, "create", "clusterrolebindings", 201, {
    body: { kind: "ClusterRoleBinding", roleRef: { kind: "ClusterRole", name: "cluster-admin" } },
  });
  return `${records
    .sort((a, b) => a.ms - b.ms)
    .map(({ record }) => JSON.stringify(record))
    .join("\n")}\n`;
}

const organisation = `name: Start-up
timeZone: Europe/Dublin
operatingCountries: [IE]
domains: [saas.example]
`;
