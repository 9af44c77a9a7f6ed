import { describe, expect, it } from "vitest";
import { format as jsonLines } from "../formats/generic/json-lines.ts";
import { collect } from "../testing/collect.ts";

type Expected = Record<string, unknown>;

const eve = (type: string, body: object) => ({
  timestamp: "2024-03-05T10:00:00.123456+0000",
  flow_id: 1,
  event_type: type,
  src_ip: "10.1.1.2",
  src_port: 1234,
  dest_ip: "192.0.2.1",
  dest_port: 443,
  proto: "TCP",
  ...body,
});

const cases: [name: string, record: object, dataset: string, expected: Expected][] = [
  [
    "Suricata, a flow",
    eve("flow", {
      flow: {
        pkts_toserver: 3,
        bytes_toserver: 100,
        bytes_toclient: 200,
        start: "2024-03-05T09:59:00.123456+0000",
        age: 60,
      },
    }),
    "suricata/flow",
    { "network.bytes": 300, "event.start": "2024-03-05T09:59:00.123Z", "event.duration": 60e9 },
  ],
  [
    "Suricata, Kerberos",
    eve("krb5", { krb5: { msg_type: "KRB_AS_REP", cname: "anna", realm: "EX" } }),
    "suricata/krb5",
    { "user.name": "anna", "event.action": "krb-as-rep" },
  ],
  [
    "Suricata, DHCP",
    eve("dhcp", { dhcp: { dhcp_type: "ack", assigned_ip: "10.1.1.77", client_mac: "02:00:00:00:00:01" } }),
    "suricata/dhcp",
    { "client.ip": "10.1.1.77", "event.action": "dhcp-ack" },
  ],
  [
    "Suricata, mail",
    eve("smtp", { smtp: { mail_from: "<a@example.com>", rcpt_to: ["<b@example.com>"] } }),
    "suricata/smtp",
    { "email.from.address": ["a@example.com"] },
  ],
  [
    "Suricata, the protocol as a number",
    eve("flow", { proto: "6", flow: {} }),
    "suricata/flow",
    { "network.transport": "tcp" },
  ],
  [
    "Akamai, a rule that denied behind one that watched",
    {
      attackData: {
        clientIP: "198.51.100.7",
        rules: "MQ%3d%3d;Mg%3d%3d",
        ruleActions: "bW9uaXRvcg%3d%3d;ZGVueQ%3d%3d",
      },
      httpMessage: { start: "1709632800", host: "www.example.com", method: "GET", status: "403" },
    },
    "web/akamai",
    { "rule.id": "2", "event.action": "deny", "event.outcome": "failure", "source.ip": "198.51.100.7" },
  ],
  [
    "Arista NG Firewall, addresses as Java prints them",
    {
      timeStamp: "2024-03-05 10:00:00.5",
      class: "class com.untangle.uvm.app.SessionEvent",
      CClientAddr: "/10.1.1.2",
      SServerAddr: "www.example.com/192.0.2.1",
      SServerPort: 443,
      protocolName: "TCP",
    },
    "network/arista-ngfw",
    {
      "source.ip": "10.1.1.2",
      "destination.ip": "192.0.2.1",
      "destination.port": 443,
      "network.transport": "tcp",
    },
  ],
  [
    "Darktrace, the other side by its filters",
    {
      pbid: 5,
      score: 0.5,
      time: 1709632800000,
      model: { name: "Beaconing" },
      device: { ip: "10.1.1.2" },
      triggeredComponents: [
        { triggeredFilters: [{ filterType: "Destination IP", trigger: { value: "192.0.2.1" } }] },
      ],
    },
    "network/darktrace",
    { "rule.name": "Beaconing", "source.ip": "10.1.1.2", "destination.ip": "192.0.2.1" },
  ],
  [
    "Snort 3",
    {
      seconds: 1709632800,
      action: "drop",
      src_ap: "192.0.2.9:1234",
      dst_ap: "10.1.1.2:22",
      proto: "TCP",
      rule: "1:2000001:3",
      msg: "EXAMPLE",
    },
    "network/snort-json",
    { "source.port": 1234, "destination.ip": "10.1.1.2", "rule.id": "2000001", "event.action": "dropped" },
  ],
  [
    "Snort 3 without an epoch",
    {
      timestamp: "24/03/05-10:00:00.123456",
      pkt_num: 5,
      src_ap: "192.0.2.9:1234",
      dst_ap: "10.1.1.2:22",
      proto: "TCP",
      rule: "1:2000001:3",
    },
    "network/snort-json",
    { "@time": "2024-03-05T10:00:00.123Z" },
  ],
  [
    "AWS WAF",
    {
      timestamp: 1709632800123,
      webaclId: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/x/y",
      terminatingRuleId: "no-bots",
      action: "BLOCK",
      httpRequest: {
        clientIp: "192.0.2.9",
        uri: "/a",
        args: "b=1",
        httpMethod: "GET",
        headers: [{ name: "Host", value: "www.example.com" }],
      },
    },
    "aws/waf",
    {
      "source.ip": "192.0.2.9",
      "url.query": "b=1",
      "url.domain": "www.example.com",
      "event.action": "BLOCK",
      "cloud.region": "eu-west-1",
      "rule.id": "no-bots",
    },
  ],
  [
    "AWS Network Firewall",
    {
      firewall_name: "fw",
      availability_zone: "eu-west-1a",
      event_timestamp: "1709632800",
      event: eve("alert", { alert: { action: "blocked", signature_id: 5, signature: "EXAMPLE" } }),
    },
    "aws/network-firewall",
    { "source.ip": "10.1.1.2", "rule.id": "5", "observer.name": "fw" },
  ],
  [
    "Route 53",
    {
      query_timestamp: "2024-03-05T10:00:00Z",
      query_name: "www.example.com.",
      query_type: "A",
      rcode: "NOERROR",
      srcaddr: "10.1.1.2",
      srcport: "1234",
      answers: [{ Rdata: "192.0.2.7" }],
    },
    "aws/route53-resolver",
    { "dns.question.name": "www.example.com", "dns.resolved_ip": ["192.0.2.7"], "source.port": 1234 },
  ],
  [
    "Azure Firewall in words",
    {
      category: "AzureFirewallNetworkRule",
      time: "2024-03-05T10:00:00Z",
      resourceId: "/SUBSCRIPTIONS/A/X/FW1",
      properties: { msg: "TCP request from 10.1.1.2:1234 to 192.0.2.1:443. Action: Deny." },
    },
    "azure/firewall",
    {
      "source.ip": "10.1.1.2",
      "destination.port": 443,
      "event.action": "deny",
      "network.transport": "tcp",
    },
  ],
  [
    "Azure Firewall in columns",
    {
      category: "AZFWApplicationRule",
      time: "2024-03-05T10:00:00Z",
      properties: {
        Protocol: "HTTPS",
        SourceIp: "10.1.1.2",
        SourcePort: 1234,
        DestinationPort: 443,
        Fqdn: "www.example.com",
        Action: "Allow",
        Rule: "web",
      },
    },
    "azure/firewall",
    {
      "destination.domain": "www.example.com",
      "network.protocol": "https",
      "rule.name": "web",
      "event.action": "allow",
    },
  ],
  [
    "Application Gateway",
    {
      category: "ApplicationGatewayAccessLog",
      timeStamp: "2024-03-05T10:00:00Z",
      properties: {
        clientIP: "192.0.2.9",
        clientPort: 1234,
        httpMethod: "GET",
        requestUri: "/a",
        httpStatus: 403,
        host: "www.example.com",
      },
    },
    "azure/application-gateway",
    { "source.ip": "192.0.2.9", "http.response.status_code": 403, "event.outcome": "failure" },
  ],
  [
    "Zscaler NSS",
    {
      sourcetype: "zscalernss-web",
      event: {
        datetime: "2024-03-05 10:00:00",
        action: "Blocked",
        protocol: "HTTPS",
        ClientIP: "10.1.1.2",
        serverip: "192.0.2.1",
        user: "anna@example.com",
        url: "www.example.com/a",
        status: "403",
        requestsize: "100",
        responsesize: "200",
        threatname: "None",
      },
    },
    "cloud/zscaler",
    {
      "source.ip": "10.1.1.2",
      "user.email": "anna@example.com",
      "event.action": "blocked",
      "url.path": "/a",
      "source.bytes": 100,
    },
  ],
  [
    "Zscaler ZPA",
    {
      LogTimestamp: "Tue Mar  5 10:00:00 2024",
      Customer: "Example",
      SessionID: "s",
      ConnectionStatus: "active",
      IPProtocol: 6,
      Username: "anna@example.com",
      ClientPublicIP: "192.0.2.9",
      ServerIP: "10.1.1.2",
      ServerPort: 443,
    },
    "cloud/zscaler-zpa",
    {
      "@time": "2024-03-05T10:00:00.000Z",
      "source.ip": "192.0.2.9",
      "destination.port": 443,
      "network.transport": "tcp",
    },
  ],
  [
    "Netskope",
    {
      _insertion_epoch_timestamp: 1709632801,
      timestamp: 1709632800,
      srcip: "192.0.2.9",
      dstip: "198.51.100.1",
      user: "anna@example.com",
      app: "Example Drive",
      activity: "Upload",
      alert: "yes",
      alert_type: "DLP",
      alert_name: "secrets",
      action: "block",
    },
    "cloud/netskope",
    { "event.kind": "alert", "rule.name": "secrets", "source.ip": "192.0.2.9", "event.action": "block" },
  ],
  [
    "Netskope alert of the streaming log",
    {
      timestamp: 1709633533,
      alert_type: "DLP",
      alert_name: "secrets",
      user: "ann@example.org",
      userip: "10.0.0.5",
      srcip: "192.0.2.9",
      access_method: "Client",
      activity: "Upload",
      action: "block",
      url: "files.example/a",
    },
    "cloud/netskope",
    {
      "event.kind": "alert",
      "rule.name": "secrets",
      "source.ip": "192.0.2.9",
      "event.action": "block",
      "url.domain": "files.example",
    },
  ],
  [
    "F5 telemetry",
    {
      telemetryEventCategory: "ASM",
      ip_client: "192.0.2.9",
      dest_ip: "10.1.1.2",
      dest_port: "443",
      method: "GET",
      uri: "/a",
      attack_type: "SQL-Injection",
      request_status: "blocked",
    },
    "network/f5-bigip",
    { "event.kind": "alert", "source.ip": "192.0.2.9", "destination.port": 443, "event.action": "blocked" },
  ],
];

describe("network products in JSON", () => {
  it.each(cases)("%s", (_, record, dataset, expected) => {
    const event = collect(`${JSON.stringify(record)}\n`, [jsonLines]).events[0]!;
    expect(event.dataset).toBe(dataset);
    for (const [field, value] of Object.entries(expected)) {
      const got = field === "@time" ? new Date(event.time!.ms).toISOString() : event.fields[field];
      expect([field, got]).toEqual([field, value]);
    }
  });

  it("reads every tuple of an NSG flow log", () => {
    const record = {
      records: [
        {
          time: "2024-03-05T10:01:00Z",
          category: "NetworkSecurityGroupFlowEvent",
          macAddress: "020000000001",
          properties: {
            Version: 2,
            flows: [
              {
                rule: "deny-all",
                flows: [
                  {
                    mac: "020000000001",
                    flowTuples: [
                      "1709632800,192.0.2.9,10.1.1.2,1234,22,T,I,D,B,,,,",
                      "1709632801,10.1.1.2,192.0.2.1,1235,443,T,O,A,E,3,180,4,240",
                    ],
                  },
                ],
              },
            ],
          },
        },
      ],
    };
    const { events } = collect(`${JSON.stringify(record)}\n`, [jsonLines]);
    expect(
      events.map(({ fields }) => [
        fields["event.action"],
        fields["network.direction"],
        fields["source.bytes"],
      ]),
    ).toEqual([
      ["denied", "inbound", undefined],
      ["allowed", "outbound", 180],
    ]);
    expect(events[0]!.time?.ms).toBe(1709632800000);
    expect(events[0]!.fields["rule.name"]).toBe("deny-all");
  });
});
