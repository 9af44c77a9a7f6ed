import type { Fields } from "@firebreak/model/event";
import { networkDirection, transports } from "../codes.ts";
import { reading, table } from "./reading.ts";
import { account, copy, executable, integer, ip, look, port, type Step } from "./steps.ts";

const process = [
  executable("process", "Application"),
  // 5156 writes ProcessID, 5158 ProcessId: two spellings of one datum.
  integer("process.pid", "ProcessID", "ProcessId"),
];
const filter = [copy("rule.id", "FilterRTID"), copy("rule.ruleset", "LayerName")];
const connection: Step[] = [
  ...process,
  look("network.direction", "Direction", networkDirection),
  ip("source.ip", "SourceAddress"),
  port("source.port", "SourcePort"),
  ip("destination.ip", "DestAddress"),
  port("destination.port", "DestPort"),
  look("network.transport", "Protocol", transports),
  copy("network.iana_number", "Protocol"),
  ipVersion,
  ...filter,
];
const bind: Step[] = [
  ...process,
  ip("source.ip", "SourceAddress"),
  port("source.port", "SourcePort"),
  look("network.transport", "Protocol", transports),
  copy("network.iana_number", "Protocol"),
  ...filter,
];
const actor = account("user", "SubjectUserName", "SubjectDomainName", "SubjectUserSid");
const firewallRule = [
  actor,
  copy("rule.name", "RuleName"),
  copy("rule.id", "RuleId"),
  copy("rule.ruleset", "ProfileChanged"),
];

function ipVersion(fields: Fields): void {
  const address = fields["source.ip"] ?? fields["destination.ip"];
  if (typeof address === "string") fields["network.type"] = address.includes(":") ? "ipv6" : "ipv4";
}

export const securityNetwork = table([
  [
    5150,
    reading(
      "The Windows Filtering Platform blocked a packet",
      "packet-blocked",
      "network",
      "denied",
      connection,
      { outcome: "failure" },
    ),
  ],
  [
    5151,
    reading(
      "A more restrictive Windows Filtering Platform filter has blocked a packet",
      "packet-blocked",
      "network",
      "denied",
      connection,
      { outcome: "failure" },
    ),
  ],
  [
    5152,
    reading(
      "The Windows Filtering Platform has blocked a packet",
      "packet-blocked",
      "network",
      "denied",
      connection,
      { outcome: "failure" },
    ),
  ],
  [
    5153,
    reading(
      "A more restrictive Windows Filtering Platform filter has blocked a packet",
      "packet-blocked",
      "network",
      "denied",
      connection,
      { outcome: "failure" },
    ),
  ],
  [
    5154,
    reading(
      "The Windows Filtering Platform has permitted an application or service to listen on a port for incoming connections",
      "listen-allowed",
      "network",
      "allowed info",
      bind,
      { outcome: "success" },
    ),
  ],
  [
    5155,
    reading(
      "The Windows Filtering Platform has blocked an application or service from listening on a port for incoming connections",
      "listen-blocked",
      "network",
      "denied info",
      bind,
      { outcome: "failure" },
    ),
  ],
  [
    5156,
    reading(
      "The Windows Filtering Platform has permitted a connection",
      "connection-allowed",
      "network",
      "allowed connection",
      connection,
      { outcome: "success" },
    ),
  ],
  [
    5157,
    reading(
      "The Windows Filtering Platform has blocked a connection",
      "connection-blocked",
      "network",
      "denied connection",
      connection,
      { outcome: "failure" },
    ),
  ],
  [
    5158,
    reading(
      "The Windows Filtering Platform has permitted a bind to a local port",
      "bind-allowed",
      "network",
      "allowed info",
      bind,
      { outcome: "success" },
    ),
  ],
  [
    5159,
    reading(
      "The Windows Filtering Platform has blocked a bind to a local port",
      "bind-blocked",
      "network",
      "denied info",
      bind,
      { outcome: "failure" },
    ),
  ],
  [
    5031,
    reading(
      "The Windows Firewall Service blocked an application from accepting incoming connections on the network",
      "listen-blocked",
      "network",
      "denied info",
      [executable("process", "Application")],
      { outcome: "failure" },
    ),
  ],
  [
    4944,
    reading(
      "The following policy was active when the Windows Firewall started",
      "firewall-policy-reported",
      "configuration network",
      "info",
    ),
  ],
  [
    4945,
    reading(
      "A rule was listed when the Windows Firewall started",
      "firewall-rule-listed",
      "configuration network",
      "info",
      firewallRule,
    ),
  ],
  [
    4946,
    reading(
      "A change was made to the Windows Firewall exception list. A rule was added",
      "firewall-rule-added",
      "configuration network",
      "creation change",
      firewallRule,
    ),
  ],
  [
    4947,
    reading(
      "A change was made to the Windows Firewall exception list. A rule was modified",
      "firewall-rule-changed",
      "configuration network",
      "change",
      firewallRule,
    ),
  ],
  [
    4948,
    reading(
      "A change was made to the Windows Firewall exception list. A rule was deleted",
      "firewall-rule-deleted",
      "configuration network",
      "deletion change",
      firewallRule,
    ),
  ],
  [
    4949,
    reading(
      "Windows Firewall settings were restored to the default values",
      "firewall-settings-restored",
      "configuration network",
      "change",
    ),
  ],
  [
    4950,
    reading(
      "A Windows Firewall setting was changed",
      "windows-firewall-setting-changed",
      "configuration network",
      "change",
    ),
  ],
  [
    4954,
    reading(
      "Windows Firewall Group Policy settings have changed. The new settings have been applied",
      "windows-firewall-group-policy-changed",
      "configuration network",
      "change",
    ),
  ],
  [
    5024,
    reading(
      "The Windows Firewall service started successfully",
      "windows-firewall-service-started",
      "network",
      "start",
    ),
  ],
  [
    5025,
    reading("The Windows Firewall service was stopped", "windows-firewall-service-stopped", "network", "end"),
  ],
  [5034, reading("The Windows Firewall Driver was stopped", "firewall-stopped", "network", "end")],
  [
    5447,
    reading(
      "A Windows Filtering Platform filter has been changed",
      "filter-changed",
      "configuration network",
      "change",
      [
        account("user", "UserName", undefined, "UserSid"),
        copy("rule.name", "FilterName"),
        copy("rule.id", "FilterId"),
      ],
    ),
  ],
]);
