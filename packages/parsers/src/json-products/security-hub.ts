import { product } from "../json/define.ts";
import { at, textOf } from "../json/product.ts";

/** AWS Security Hub findings in the AWS Security Finding Format, bare or of the API's list. UTC with Z. */
export const securityHub = product({
  name: "aws/security-hub",
  title: "AWS Security Hub finding (ASFF)",
  recognises: (record) =>
    record.ProductArn !== undefined && record.GeneratorId !== undefined && record.AwsAccountId !== undefined,
  time: ["UpdatedAt", "LastObservedAt", "CreatedAt"],
  fixed: {
    "event.kind": "alert",
    "event.category": ["configuration"],
    "event.type": ["info"],
    "cloud.provider": "aws",
  },
  map: [
    ["text", "event.id", "Id"],
    ["text", "event.provider", "ProductName", "ProductArn"],
    ["text", "event.action", "Types"],
    ["text", "rule.id", "GeneratorId"],
    ["text", "rule.name", "Title"],
    ["text", "message", "Description"],
    ["integer", "event.severity", "Severity.Normalized", "Severity.Product"],
    ["lower", "log.level", "Severity.Label"],
    ["text", "cloud.account.id", "AwsAccountId"],
    ["text", "cloud.region", "Region", "Resources.Region"],
    ["text", "cloud.instance.id", "Resources.Details.AwsEc2Instance.InstanceId"],
    [
      "text",
      "user.name",
      "Resources.Details.AwsIamAccessKey.UserName",
      "Resources.Details.AwsIamUser.UserName",
    ],
    ["address", "source", "Network.SourceIpV4", "Network.SourceIpV6", "Network.SourceDomain"],
    ["integer", "source.port", "Network.SourcePort"],
    [
      "address",
      "destination",
      "Network.DestinationIpV4",
      "Network.DestinationIpV6",
      "Network.DestinationDomain",
    ],
    ["integer", "destination.port", "Network.DestinationPort"],
    ["lower", "network.transport", "Network.Protocol"],
    ["program", "process", "Process.Path", "Process.Name"],
    ["integer", "process.pid", "Process.Pid"],
    ["integer", "process.parent.pid", "Process.ParentPid"],
    ["file", "file", "Malware.Path"],
  ],
  finish(record, { fields }) {
    const direction = textOf(at(record, "Network", "Direction"));
    if (direction === "IN") fields["network.direction"] = "inbound";
    else if (direction === "OUT") fields["network.direction"] = "outbound";
    const status = textOf(at(record, "Compliance", "Status"));
    if (status === "PASSED") fields["event.outcome"] = "success";
    else if (status === "FAILED") fields["event.outcome"] = "failure";
  },
});

/** Cloudflare Access requests (Logpush "access_requests"): sign-ins to protected applications. UTC. */
export const cloudflareAccess = product({
  name: "cloudflare/access",
  title: "Cloudflare Access request log",
  recognises: (record) =>
    record.AppDomain !== undefined && record.AppUUID !== undefined && record.Allowed !== undefined,
  time: ["CreatedAt"],
  fixed: { "event.category": ["authentication"], "event.type": ["start"] },
  map: [
    ["text", "event.action", "Action"],
    ["text", "event.id", "RayID"],
    ["outcome", "event.outcome", "Allowed"],
    ["user", "user", "Email"],
    ["text", "user.email", "Email"],
    ["text", "user.id", "UserUID"],
    ["address", "source", "IPAddress"],
    ["text", "source.geo.country_iso_code", "Country"],
    ["text", "url.domain", "AppDomain"],
  ],
  finish(_record, { fields }) {
    const domain = fields["url.domain"];
    if (typeof domain === "string") fields["url.domain"] = domain.split("/", 1)[0]!;
  },
});

/** Amazon Inspector findings (API version 2, EventBridge). UTC, RFC 3339 or epoch seconds. */
export const inspector = product({
  name: "aws/inspector",
  title: "Amazon Inspector finding",
  recognises: (record) =>
    record.findingArn !== undefined &&
    (record.inspectorScore ?? record.packageVulnerabilityDetails ?? record.type) !== undefined,
  time: ["updatedAt", "lastObservedAt", "firstObservedAt"],
  fixed: {
    "event.kind": "alert",
    "event.category": ["vulnerability"],
    "event.type": ["info"],
    "cloud.provider": "aws",
  },
  map: [
    ["text", "event.id", "findingArn"],
    ["text", "event.action", "type"],
    ["text", "rule.name", "title"],
    ["text", "message", "description"],
    ["text", "vulnerability.id", "packageVulnerabilityDetails.vulnerabilityId"],
    ["text", "vulnerability.severity", "severity"],
    ["lower", "log.level", "severity"],
    ["text", "cloud.account.id", "awsAccountId"],
    ["text", "cloud.region", "resources.region"],
    ["text", "cloud.instance.id", "resources.id"],
    ["address", "host", "resources.details.awsEc2Instance.ipV4Addresses"],
    ["text", "package.name", "packageVulnerabilityDetails.vulnerablePackages.name"],
    ["text", "package.version", "packageVulnerabilityDetails.vulnerablePackages.version"],
    ["lower", "network.transport", "networkReachabilityDetails.protocol"],
    ["integer", "destination.port", "networkReachabilityDetails.openPortRange.begin"],
  ],
});
