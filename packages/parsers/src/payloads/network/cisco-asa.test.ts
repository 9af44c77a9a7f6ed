import { describe, expect, it } from "vitest";
import { checkPayload, testContext } from "../../testing/payload.ts";
import { payload } from "./cisco-asa.ts";

const parties = {
  "source.ip": "198.51.100.9",
  "source.port": 4000,
  "destination.ip": "192.0.2.10",
  "destination.port": 22,
};
const denied = {
  ...parties,
  "event.action": "firewall-rule",
  "event.type": ["connection", "denied"],
  "event.outcome": "failure",
};

describe("network/cisco-asa", () => {
  checkPayload(payload, [
    [
      "106001",
      "%ASA-2-106001: Inbound TCP connection denied from 198.51.100.9/4000 to 192.0.2.10/22 flags SYN  on interface outside",
      {
        ...denied,
        "network.direction": "inbound",
        "observer.ingress.interface.name": "outside",
        "event.code": "106001",
        "event.severity": 2,
        "firebreak.raw.tcp_flags": "SYN",
      },
    ],
    [
      "106006",
      "%ASA-2-106006: Deny inbound UDP from 198.51.100.9/4000 to 192.0.2.10/22 on interface outside",
      { ...denied, "network.transport": "udp" },
    ],
    [
      "106007",
      "%ASA-2-106007: Deny inbound UDP from 198.51.100.9/4000 to 192.0.2.10/22 due to DNS Query",
      { ...denied, "event.reason": "DNS Query" },
    ],
    [
      "106014",
      "%ASA-3-106014: Deny inbound icmp src outside:198.51.100.9 dst inside:192.0.2.10 (type 8, code 0)",
      { "source.ip": "198.51.100.9", "firebreak.raw.icmp_type": "8", "network.transport": "icmp" },
    ],
    [
      "106015",
      "%ASA-6-106015: Deny TCP (no connection) from 198.51.100.9/4000 to 192.0.2.10/22 flags RST ACK  on interface outside",
      { ...denied, "event.reason": "no connection" },
    ],
    [
      "106021",
      "%ASA-1-106021: Deny TCP reverse path check from 198.51.100.9 to 192.0.2.10 on interface inside",
      { "event.reason": "reverse path check", "source.ip": "198.51.100.9" },
    ],
    [
      "106023",
      '%ASA-4-106023: Deny tcp src outside:198.51.100.9/4000 dst inside:192.0.2.10/22 by access-group "outside_in" [0xa1, 0x0]',
      {
        ...denied,
        "rule.name": "outside_in",
        "rule.id": "0xa1",
        "observer.ingress.interface.name": "outside",
        "observer.egress.interface.name": "inside",
      },
    ],
    [
      "106023 with service name",
      '%ASA-4-106023: Deny udp src outside:2001:db8::9/4000 dst inside:2001:db8::10/ntp by access-group "o"',
      { "source.ip": "2001:db8::9", "source.port": 4000, "firebreak.raw.destination_service": "ntp" },
    ],
    [
      "106100",
      "%ASA-4-106100: access-list outside_in permitted tcp outside/198.51.100.9(4000) -> inside/192.0.2.10(22) hit-cnt 1 first hit [0x1, 0x0]",
      {
        ...parties,
        "event.action": "firewall-rule",
        "rule.name": "outside_in",
      },
    ],
    [
      "302013 inbound",
      "%ASA-6-302013: Built inbound TCP connection 11 for outside:198.51.100.9/4000 (198.51.100.9/4000) to inside:192.0.2.10/22 (203.0.113.1/22)",
      {
        ...parties,
        "network.direction": "inbound",
        "destination.nat.ip": "203.0.113.1",
        "source.nat.ip": null,
        "event.action": "firewall-rule",
      },
    ],
    [
      "302013 outbound swaps",
      "%ASA-6-302013: Built outbound TCP connection 12 for outside:203.0.113.5/443 (203.0.113.5/443) to inside:192.0.2.10/5000 (198.51.100.1/6000) (alice)",
      {
        "source.ip": "192.0.2.10",
        "source.port": 5000,
        "source.nat.ip": "198.51.100.1",
        "source.nat.port": 6000,
        "destination.ip": "203.0.113.5",
        "destination.port": 443,
        "network.direction": "outbound",
        "user.name": "alice",
        "observer.ingress.interface.name": "inside",
      },
    ],
    [
      "302014 alone",
      "%ASA-6-302014: Teardown TCP connection 99 for outside:203.0.113.5/443 to inside:192.0.2.10/5000 duration 0:01:30 bytes 1234 TCP FINs",
      {
        "source.ip": "192.0.2.10",
        "destination.port": 443,
        "network.bytes": 1234,
        "event.duration": 90e9,
        "event.reason": "TCP FINs",
        "network.direction": null,
        "event.type": ["connection", "end"],
      },
    ],
    [
      "302020 outbound",
      "%ASA-6-302020: Built outbound ICMP connection for faddr 203.0.113.5/0 gaddr 198.51.100.1/1 laddr 192.0.2.10/1 type 8 code 0",
      { "source.ip": "192.0.2.10", "destination.ip": "203.0.113.5", "source.port": null },
    ],
    [
      "302021",
      "%ASA-6-302021: Teardown ICMP connection for faddr 203.0.113.5/0 gaddr 198.51.100.1/1 laddr 192.0.2.10/1",
      { "event.action": "flow-expiration" },
    ],
    [
      "305011",
      "%ASA-6-305011: Built dynamic TCP translation from inside:192.0.2.10/5000 to outside:198.51.100.1/6000",
      { "source.nat.ip": "198.51.100.1", "event.action": "firewall-rule" },
    ],
    [
      "an id without a rule: what its words say",
      "%ASA-4-500003: Bad TCP hdr length (hdrlen=4, pktlen=40) from 198.51.100.9/4000 to 192.0.2.10/22, flags: SYN , on interface outside",
      { ...parties, "network.transport": "tcp", "observer.ingress.interface.name": "outside" },
    ],
    [
      "a tunnel's peer",
      "%ASA-5-751025: Local:192.0.2.10:4500 Remote:198.51.100.9:4000 Username:anna Group:Staff IPv4 Address=10.9.9.9 IPv6 address=:: assigned to session",
      { "source.ip": "198.51.100.9", "source.port": 4000, "user.name": "anna", "source.nat.ip": "10.9.9.9" },
    ],
    [
      "a tunnel's peer whose name is not known",
      "%ASA-4-750003: Local:192.0.2.10:500 Remote:198.51.100.9:500 Username:198.51.100.9 IKEv2 Negotiation aborted due to ERROR: Failed to find a matching policy",
      { "source.ip": "198.51.100.9", "user.name": null, "event.outcome": "failure" },
    ],
    [
      "a group and a user in any message of a tunnel",
      "%ASA-6-713905: Group = Staff, Username = anna, IP = 198.51.100.9, Login authentication failed",
      {
        "source.ip": "198.51.100.9",
        "user.name": "anna",
        "user.group.name": "Staff",
        "event.outcome": "failure",
      },
    ],
    [
      "a security association",
      "%ASA-6-602303: IPSEC: An outbound LAN-to-LAN SA (SPI= 0xF8) between 198.51.100.9 and 192.0.2.10 (user= anna) has been created.",
      { "destination.ip": "192.0.2.10", "user.name": "anna", "event.action": "tunnel-created" },
    ],
    [
      "a lease",
      "%ASA-6-604103: DHCP daemon interface inside:  address granted 0102.0000.0000.01 (10.1.1.77)",
      { "source.ip": "10.1.1.77", "client.mac": "02-00-00-00-00-01", "event.action": "dhcp-granted" },
    ],
    [
      "a botnet filter hit",
      "%ASA-4-338006: Dynamic Filter dropped blacklisted TCP traffic from inside:198.51.100.9/4000 (203.0.113.1/4001) to outside:192.0.2.10/22 (192.0.2.10/22), destination 192.0.2.10 resolved from dynamic list: bad.example.com, threat-level: very-high, category: Malware",
      {
        ...parties,
        "source.nat.ip": "203.0.113.1",
        "destination.domain": "bad.example.com",
        "event.kind": "alert",
      },
    ],
    [
      "an outage in words",
      "%ASA-1-104001: (Secondary) Switching to ACTIVE - Service card in other unit has failed",
      { "event.category": ["host"], "event.outcome": "failure", "source.ip": null },
    ],
    [
      "303002",
      "%ASA-6-303002: FTP connection from inside:192.0.2.10/5000 to outside:203.0.113.5/21, user alice Stored file secrets.zip",
      { "event.action": "file-uploaded", "file.path": "secrets.zip", "user.name": "alice" },
    ],
    [
      "710003",
      "%ASA-3-710003: TCP access denied by ACL from 198.51.100.9/4000 to outside:192.0.2.10/22",
      denied,
    ],
    [
      "111008",
      "%ASA-5-111008: User 'admin' executed the 'no logging enable' command.",
      {
        "process.command_line": "no logging enable",
        "user.name": "admin",
        "event.category": ["configuration"],
      },
    ],
    [
      "111010",
      "%ASA-5-111010: User 'admin', running 'CLI' from IP 192.0.2.7, executed 'write erase'",
      { "source.ip": "192.0.2.7", "process.command_line": "write erase" },
    ],
    [
      "113004",
      "%ASA-6-113004: AAA user authentication Successful : server =  192.0.2.3 : user = alice",
      { "event.outcome": "success", "user.name": "alice", "server.ip": "192.0.2.3" },
    ],
    [
      "113005",
      "%ASA-6-113005: AAA user authentication Rejected : reason = AAA failure : server = 192.0.2.3 : user = alice : user IP = 198.51.100.9",
      { "event.outcome": "failure", "event.reason": "AAA failure", "source.ip": "198.51.100.9" },
    ],
    [
      "113015",
      "%ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = bob : user IP = 198.51.100.9",
      { "user.name": "bob", "source.ip": "198.51.100.9" },
    ],
    [
      "113019",
      "%ASA-4-113019: Group = VPN, Username = alice, IP = 198.51.100.9, Session disconnected. Session Type: SSL, Duration: 0h:13m:02s, Bytes xmt: 200, Bytes rcv: 100, Reason: User Requested",
      { "source.bytes": 100, "network.bytes": 300, "event.duration": 782e9 },
    ],
    [
      "113039",
      "%ASA-6-113039: Group <VPN> User <alice> IP <198.51.100.9> AnyConnect parent session started.",
      { "event.action": "client-vpn-connected", "user.name": "alice" },
    ],
    [
      "716002",
      "%ASA-6-716002: Group <VPN> User <alice> IP <198.51.100.9> WebVPN session terminated: User Requested.",
      { "event.action": "client-vpn-disconnected", "event.reason": "User Requested" },
    ],
    [
      "716039",
      "%ASA-6-716039: Group <VPN> User <bob> IP <198.51.100.9> Authentication: rejected, Session Type: WebVPN.",
      { "event.outcome": "failure", "user.name": "bob" },
    ],
    [
      "722051",
      "%ASA-4-722051: Group <VPN> User <alice> IP <198.51.100.9> IPv4 Address <10.9.0.5> IPv6 address <::> assigned to session",
      { "source.nat.ip": "10.9.0.5", "source.ip": "198.51.100.9" },
    ],
    [
      "605004",
      '%ASA-6-605004: Login denied from 198.51.100.9/4000 to outside:192.0.2.10/ssh for user "root"',
      { "event.outcome": "failure", "user.name": "root", "source.ip": "198.51.100.9" },
    ],
    [
      "605005",
      '%ASA-6-605005: Login permitted from 192.0.2.7/5000 to inside:192.0.2.10/https for user "admin"',
      { "event.outcome": "success" },
    ],
    [
      "611101",
      "%ASA-6-611101: User authentication succeeded: IP address: 192.0.2.7, Uname: admin",
      { "source.ip": "192.0.2.7", "user.name": "admin" },
    ],
    [
      "502101",
      "%ASA-5-502101: New user added to local dbase: Uname: mallory Priv: 15 Encpass: x",
      { "event.category": ["iam"], "user.target.name": "mallory" },
    ],
    [
      "IDS",
      "%ASA-4-400014: IDS:2004 ICMP echo request from 198.51.100.9 to 192.0.2.10 on interface outside",
      { "event.kind": "alert", "rule.id": "2004" },
    ],
    [
      "FTD connection",
      "%FTD-1-430003: DeviceUUID: 90e14378-2081-11e8-a7fa-d34972ba379f, FirstPacketSecond: 2024-03-03T10:22:33Z, AccessControlRuleAction: Block, SrcIP: 198.51.100.9, DstIP: 192.0.2.10, SrcPort: 4000, DstPort: 22, Protocol: tcp, User: No Authentication Required, InitiatorBytes: 31, ResponderBytes: 9, URL: http://bad.example/x",
      {
        ...parties,
        "event.action": "connection-finished",
        "event.type": ["connection", "end", "denied"],
        "user.name": null,
        "network.bytes": 40,
        "url.domain": "bad.example",
        "observer.product": "FTD",
      },
    ],
    ["unknown id", "%ASA-6-199999: Something", { "event.code": "199999" }],
  ]);

  it("leaves other Cisco products alone", () =>
    expect(payload.accepts("%SEC-6-IPACCESSLOGP: x")).toBe(false));

  it("remembers who opened a connection", () => {
    const context = testContext();
    const envelope = { program: "", host: "fw1", time: undefined };
    const read = (text: string) => payload.parse(text, envelope, context)!.fields;
    read(
      "%ASA-6-302013: Built outbound TCP connection 7 for outside:203.0.113.5/8443 (203.0.113.5/8443) to inside:192.0.2.10/5000 (198.51.100.1/6000)",
    );
    expect(
      read(
        "%ASA-6-302014: Teardown TCP connection 7 for outside:203.0.113.5/8443 to inside:192.0.2.10/5000 duration 0:00:01 bytes 1 TCP Reset-O from inside",
      ),
    ).toMatchObject({
      "source.ip": "192.0.2.10",
      "network.direction": "outbound",
      "event.reason": "TCP Reset-O",
    });
  });
});
