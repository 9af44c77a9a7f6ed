import type { Fields } from "@firebreak/model/event";
import { transports } from "../codes.ts";
import { type ProviderReadings, reading, table } from "./reading.ts";
import {
  account,
  copies,
  copy,
  dnsAnswers,
  domainAccount,
  executable,
  ip,
  look,
  port,
  present,
  type Step,
  set,
} from "./steps.ts";

const firewallRule: Step[] = [
  ...copies({ "rule.id": "RuleId", "rule.name": "RuleName" }),
  executable("process", "ApplicationPath"),
  domainAccount("user", "ModifyingUser"),
  look(
    "network.direction",
    "Direction",
    new Map([
      ["1", "inbound"],
      ["2", "outbound"],
    ]),
  ),
  look("network.transport", "Protocol", transports),
];
const query: Step[] = [
  copy("dns.question.name", "QueryName", "QNAME"),
  set("network.protocol", "dns"),
  queryType,
];
const served: Step[] = [
  ...query,
  ip("source.ip", "Source"),
  port("source.port", "Port"),
  ip("destination.ip", "InterfaceIP"),
];
const dnsTypes = new Map([
  ["1", "A"],
  ["2", "NS"],
  ["5", "CNAME"],
  ["6", "SOA"],
  ["12", "PTR"],
  ["15", "MX"],
  ["16", "TXT"],
  ["28", "AAAA"],
  ["33", "SRV"],
  ["65", "HTTPS"],
  ["252", "AXFR"],
  ["255", "ANY"],
]);

function queryType(fields: Fields): void {
  const recorded = present(fields["winlog.event_data.QueryType"] ?? fields["winlog.event_data.QTYPE"]);
  if (recorded !== undefined) fields["dns.question.type"] = dnsTypes.get(recorded) ?? recorded;
}

/** Firewall rules, name resolution, file sharing and NTLM. */
export const networkServiceProviders: readonly ProviderReadings[] = [
  {
    provider: "Microsoft-Windows-Windows Firewall With Advanced Security",
    channels: ["Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"],
    events: table([
      [
        [2002, 2003],
        reading(
          "A Windows Defender Firewall setting has changed",
          "firewall-setting-changed",
          "configuration network",
          "change",
          firewallRule,
        ),
      ],
      [
        [2004, 2071, 2097],
        reading(
          "A rule has been added to the Windows Defender Firewall exception list",
          "firewall-rule-added",
          "configuration network",
          "creation change",
          firewallRule,
        ),
      ],
      [
        [2005, 2073, 2099],
        reading(
          "A rule has been modified in the Windows Defender Firewall exception list",
          "firewall-rule-changed",
          "configuration network",
          "change",
          firewallRule,
        ),
      ],
      [
        [2006, 2052],
        reading(
          "A rule has been deleted in the Windows Defender Firewall exception list",
          "firewall-rule-deleted",
          "configuration network",
          "deletion change",
          firewallRule,
        ),
      ],
      [
        [2032, 2060],
        reading(
          "Windows Defender Firewall has been reset to its default configuration",
          "firewall-reset",
          "configuration network",
          "change",
          firewallRule,
        ),
      ],
      [
        [2033, 2059],
        reading(
          "All rules have been deleted from the Windows Defender Firewall configuration",
          "firewall-rules-deleted",
          "configuration network",
          "deletion",
          firewallRule,
        ),
      ],
      [
        2009,
        reading(
          "The Windows Defender Firewall service failed to load Group Policy",
          "firewall-policy-failed",
          "configuration network",
          "info",
          [],
          { outcome: "failure" },
        ),
      ],
      [
        2008,
        reading(
          "Windows Defender Firewall Group Policy settings have changed",
          "firewall-policy-applied",
          "configuration network",
          "change",
          firewallRule,
        ),
      ],
      [
        2010,
        reading(
          "Network profile changed on an interface",
          "network-profile-changed",
          "configuration network",
          "change",
        ),
      ],
      [
        2011,
        reading(
          "Windows Defender Firewall was unable to notify the user that it blocked an application",
          "listen-blocked",
          "network",
          "denied info",
          [executable("process", "ApplicationPath"), ...firewallRule],
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-DNS-Client",
    channels: ["Microsoft-Windows-DNS-Client/Operational", "System"],
    events: table([
      [
        [3006, 3009, 3010],
        reading("DNS query is called for the name", "dns-queried", "network", "protocol start", query),
      ],
      [
        [3008, 3020],
        reading("DNS query is completed for the name", "dns-answered", "network", "protocol end", [
          ...query,
          copy("dns.response_code", "QueryStatus"),
          dnsAnswers,
        ]),
      ],
      [
        1014,
        reading("Name resolution timed out", "dns-timed-out", "network", "protocol", query, {
          outcome: "failure",
        }),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-DNSServer",
    aliases: ["Microsoft-Windows-DNS-Server-Service"],
    channels: ["Microsoft-Windows-DNSServer/Analytical", "DNS Server"],
    events: table([
      [256, reading("DNS query received", "dns-queried", "network", "protocol start", served)],
      [
        257,
        reading(
          "DNS response sent",
          "dns-answered",
          "network",
          "protocol end",
          [...query, ip("destination.ip", "Destination"), port("destination.port", "Port")],
          { outcome: "success" },
        ),
      ],
      [
        258,
        reading("DNS response failure", "dns-failed", "network", "protocol end", served, {
          outcome: "failure",
        }),
      ],
      [
        [6001, 6002],
        reading("A zone transfer was completed", "dns-zone-transferred", "network", "protocol", served),
      ],
      [
        [150, 770, 771],
        reading(
          "The DNS server could not load or loaded a plug-in DLL",
          "dns-plugin-loaded",
          "configuration",
          "change",
          [],
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-SMBServer",
    channels: [
      "Microsoft-Windows-SMBServer/Security",
      "Microsoft-Windows-SMBServer/Operational",
      "Microsoft-Windows-SMBServer/Audit",
    ],
    events: table([
      [
        551,
        reading(
          "SMB session authentication failure",
          "logon-failed",
          "authentication network",
          "start",
          [
            account("user", "#UserName"),
            copy("source.domain", "#ClientName"),
            set("network.protocol", "smb"),
          ],
          { outcome: "failure", userData: true },
        ),
      ],
      [
        1006,
        reading(
          "The share denied access to the client",
          "share-access-denied",
          "network",
          "denied",
          [
            account("user", "#UserName"),
            copy("source.domain", "#ClientName"),
            copy("winlog.share.name", "#ShareName"),
            set("network.protocol", "smb"),
          ],
          { outcome: "failure", userData: true },
        ),
      ],
      [
        3000,
        reading(
          "SMB1 access",
          "smb1-accessed",
          "network",
          "connection",
          [ip("source.ip", "#ClientName", "source.domain"), set("network.protocol", "smb")],
          { userData: true },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-SMBClient",
    channels: ["Microsoft-Windows-SmbClient/Security", "Microsoft-Windows-SmbClient/Connectivity"],
    events: table([
      [
        [31001, 31010],
        reading(
          "The SMB client failed to connect to the share",
          "share-connect-failed",
          "network",
          "connection",
          [
            copy("destination.domain", "ServerName"),
            set("network.direction", "outbound"),
            set("network.protocol", "smb"),
          ],
          { outcome: "failure" },
        ),
      ],
      [
        [30803, 30804, 30806, 30807],
        reading("SMB client network connection changed", "smb-connection-changed", "network", "connection", [
          copy("destination.domain", "ServerName"),
          set("network.protocol", "smb"),
        ]),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-NTLM",
    channels: ["Microsoft-Windows-NTLM/Operational"],
    events: table([
      [
        [8001, 8002, 8003, 8004],
        reading("NTLM authentication audited", "ntlm-authenticated", "authentication", "start", [
          account("user", "UserName", "DomainName"),
          copy("source.domain", "WorkstationName"),
        ]),
      ],
    ]),
  },
];
