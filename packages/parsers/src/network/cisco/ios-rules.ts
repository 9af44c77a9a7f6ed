import type { Fields } from "@firebreak/model/event";
import { setVerdict } from "../../ecs/connection.ts";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { transportOf } from "../../ecs/transport.ts";

interface IosRule {
  pattern: RegExp;
  build(match: RegExpExecArray, fields: Fields): void;
}

function login(fields: Fields, outcome: "success" | "failure", user: string | undefined): void {
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [outcome === "success" ? "start" : "info"];
  fields["event.action"] = outcome === "success" ? "login" : "login-failed";
  fields["event.outcome"] = outcome;
  if (user) fields["user.name"] = user;
}

/** Messages of "Cisco IOS System Message Guide", by mnemonic. */
export const iosRules: Record<string, readonly IosRule[]> = {
  IPACCESSLOGP: [
    {
      pattern:
        /^list (\S+) (permitted|denied) (\S+) ([\d.]+)\((\d+)\)(?: \([^)]*\))? -> ([\d.]+)\((\d+)\)(?:, (\d+) packets?)?/,
      build: (m, f) => access(f, m[1]!, m[2]!, m[3]!, [m[4]!, m[5]], [m[6]!, m[7]], m[8]),
    },
  ],
  IPACCESSLOGDP: [
    {
      pattern:
        /^list (\S+) (permitted|denied) (\S+) ([\d.]+)(?: \([^)]*\))? -> ([\d.]+) \((\d+\/\d+)\)(?:, (\d+) packets?)?/,
      build: (m, f) => {
        access(f, m[1]!, m[2]!, m[3]!, [m[4]!, undefined], [m[5]!, undefined], m[7]);
        f["firebreak.raw.icmp_type"] = m[6]!;
      },
    },
  ],
  // Arista EOS.
  IPACCESS: [
    {
      pattern:
        /^list (\S+) (\S+) (permitted|denied) (?:vlan \S+ )?(\S+) ([\da-fA-F.:]+)\((\d+)\) -> ([\da-fA-F.:]+)\((\d+)\)/,
      build: (m, f) => {
        access(f, m[1]!, m[3]!, m[4]!, [m[5]!, m[6]], [m[7]!, m[8]], undefined);
        f["observer.ingress.interface.name"] = m[2]!;
      },
    },
  ],
  IPACCESSLOGS: [
    {
      pattern: /^list (\S+) (permitted|denied) ([\d.]+)(?: (\d+) packets?)?/,
      build: (m, f) => {
        f["event.category"] = ["network"];
        setVerdict(f, m[2] === "permitted" ? "allowed" : "denied", m[2]);
        f["rule.name"] = m[1]!;
        setEndpoint(f, "source", m[3]!);
      },
    },
  ],
  LOGIN_SUCCESS: [
    {
      pattern: /Login Success \[user: (.*?)\] \[Source: (\S+?)\] \[localport: (\d+)\]/,
      build: (m, f) => {
        login(f, "success", m[1]);
        setEndpoint(f, "source", m[2]!);
      },
    },
  ],
  LOGIN_FAILED: [
    {
      pattern: /Login failed \[user: (.*?)\] \[Source: (\S+?)\] \[localport: (\d+)\](?: \[Reason: (.*?)\])?/,
      build: (m, f) => {
        login(f, "failure", m[1]);
        setEndpoint(f, "source", m[2]!);
        if (m[4]) f["event.reason"] = m[4];
      },
    },
  ],
  LOGOUT: [
    {
      pattern: /User (\S+) has exited tty session \d+\(([\d.a-fA-F:]*)\)/,
      build: (m, f) => {
        f["event.category"] = ["session"];
        f["event.type"] = ["end"];
        f["event.action"] = "logout";
        f["user.name"] = m[1]!;
        if (m[2]) setEndpoint(f, "source", m[2]);
      },
    },
  ],
  CONFIG_I: [
    {
      pattern: /^Configured from (\S+)(?: by (\S+))?(?: on (\S+))?(?: \(([^)]+)\))?/,
      build: (m, f) => {
        f["event.category"] = ["configuration"];
        f["event.type"] = ["change"];
        f["event.action"] = "configured";
        if (m[2] && !/^vty|^console/.test(m[2])) f["user.name"] = m[2];
        if (m[4]) setEndpoint(f, "source", m[4]);
      },
    },
  ],
  CFGLOG_LOGGEDCMD: [
    {
      pattern: /^User:\s*(\S+)\s+logged command:\s*([\s\S]*)$/,
      build: (m, f) => {
        f["event.category"] = ["configuration"];
        f["event.type"] = ["change"];
        f["event.action"] = "command-executed";
        f["user.name"] = m[1]!;
        f["process.command_line"] = m[2]!;
      },
    },
  ],
  SSH2_USERAUTH: [
    {
      pattern: /User '(.*?)' authentication for SSH2 Session from (\S+) .*?(Succeeded|Failed)/,
      build: (m, f) => {
        login(f, m[3] === "Succeeded" ? "success" : "failure", m[1]);
        setEndpoint(f, "source", m[2]!);
      },
    },
  ],
  INFO_USER_LOGOUT: [
    {
      pattern: /User '(.*?)' from '(\S+)' logged out/,
      build: (m, f) => {
        f["event.category"] = ["session"];
        f["event.type"] = ["end"];
        f["event.action"] = "logout";
        f["user.name"] = m[1]!;
        setEndpoint(f, "source", m[2]!);
      },
    },
  ],
  IPACCESSLOGSP: [
    {
      pattern: /^list (\S+) (permitted|denied) (\S+) ([\d.]+) -> ([\d.]+) \(\d+\)(?:, (\d+) packets?)?/,
      build: (m, f) => access(f, m[1]!, m[2]!, m[3]!, [m[4]!, undefined], [m[5]!, undefined], m[6]),
    },
  ],
  IPACCESSLOGNP: [
    {
      pattern:
        /^list (\S+) (permitted|denied) (\S+) (\S+?)(?: \([^)]*\))? -> ([\d.a-fA-F:]+)(?:, (\d+) packets?)?/,
      build: (m, f) => access(f, m[1]!, m[2]!, m[3]!, [m[4]!, undefined], [m[5]!, undefined], m[6]),
    },
  ],
  ACCESSLOGP: [
    {
      pattern:
        /^list (\S+?)(?:\/\d+)? (permitted|denied) (\S+) ([\da-fA-F:.]+)\((\d+)\)(?: \([^)]*\))? -> ([\da-fA-F:.]+)\((\d+)\)(?:, (\d+) packets?)?/,
      build: (m, f) => access(f, m[1]!, m[2]!, m[3]!, [m[4]!, m[5]], [m[6]!, m[7]], m[8]),
    },
  ],
  ACCESSLOGDP: [
    {
      pattern:
        /^list (\S+?)(?:\/\d+)? (permitted|denied) (\S+) ([\da-fA-F:.]+)(?: \([^)]*\))? -> ([\da-fA-F:.]+) \((\d+\/\d+)\)(?:, (\d+) packets?)?/,
      build: (m, f) => {
        access(f, m[1]!, m[2]!, m[3]!, [m[4]!, undefined], [m[5]!, undefined], m[7]);
        f["firebreak.raw.icmp_type"] = m[6]!;
      },
    },
  ],
  SESS_AUDIT_TRAIL: [
    {
      pattern:
        /^(?:\([^)]*\)(?:-\([^)]*\))?:)? ?(?:Stop|Start)? ?(\S+) session:? initiator \(([^\s)]+):(\d+)\)(?: sent (\d+) bytes)? -- responder \(([^\s)]+):(\d+)\)(?: sent (\d+) bytes)?/,
      build: (m, f) => {
        f["event.category"] = ["network"];
        f["event.type"] = ["connection", "end"];
        putTransport(f, m[1]!);
        setEndpoint(f, "source", m[2]!, m[3]);
        setEndpoint(f, "destination", m[5]!, m[6]);
        if (m[4] !== undefined) f["source.bytes"] = Number(m[4]);
        if (m[7] !== undefined) f["destination.bytes"] = Number(m[7]);
      },
    },
  ],
  VSHD_SYSLOG_CONFIG_I: [
    {
      pattern: /^Configured from (\S+) by (\S+) on ([\da-fA-F.:]{3,45})?(?:@|$)/,
      build: (m, f) => {
        f["event.category"] = ["configuration"];
        f["event.type"] = ["change"];
        f["event.action"] = "configured";
        f["user.name"] = m[2]!;
        if (m[3]) setEndpoint(f, "source", m[3]);
      },
    },
  ],
  VPN_TUNNEL_STATUS: [
    {
      pattern:
        /tunnel is (UP|DOWN)\.?\s+(?:User=(\S*) ?)?(?:Group=(\S*) ?)?Client_public_addr=(\S+)\s+Server_public_addr=(\S+)(?:\s+Assigned_client_addr=(\S+))?/,
      build: (m, f) => {
        f["event.category"] = ["network", "session"];
        f["event.type"] = ["connection", m[1] === "UP" ? "start" : "end"];
        f["event.action"] = m[1] === "UP" ? "tunnel-up" : "tunnel-down";
        if (m[2]) f["user.name"] = m[2];
        if (m[3]) f["user.group.name"] = m[3];
        setEndpoint(f, "source", m[4]!);
        setEndpoint(f, "destination", m[5]!);
        if (m[6] !== undefined) f["source.nat.ip"] = m[6];
      },
    },
  ],
  DECLINE_CONFLICT: [
    {
      pattern: /client (?:01)?([0-9a-fA-F.]{12,17}) declined ([\d.]+?)\.?$/,
      build: (m, f) => {
        f["event.category"] = ["network"];
        f["event.type"] = ["info"];
        f["network.protocol"] = "dhcp";
        const mac = macOf(m[1]!);
        if (mac !== undefined) f["source.mac"] = mac;
        setEndpoint(f, "source", m[2]!);
      },
    },
  ],
  MACFLAP_NOTIF: [
    {
      pattern: /^Host ([0-9a-fA-F.]{14}) in vlan (\d+) is flapping/,
      build: (m, f) => {
        f["event.category"] = ["network"];
        f["event.type"] = ["info"];
        const mac = macOf(m[1]!);
        if (mac !== undefined) f["source.mac"] = mac;
        f["network.vlan.id"] = m[2]!;
      },
    },
  ],
  DROP_PKT: [
    {
      pattern:
        /^Dropping (\S+) (?:session|pkt)(?: from \S+)? ([^\s:]+):(\d+)(?: =>)? ([^\s:]+):(\d+)(?:.* due to\s+(.*?)(?: with ip ident .*)?$)?/,
      build: (m, f) => {
        f["event.category"] = ["network"];
        setVerdict(f, "dropped");
        putTransport(f, m[1]!);
        setEndpoint(f, "source", m[2]!, m[3]);
        setEndpoint(f, "destination", m[4]!, m[5]);
        if (m[6] !== undefined) f["event.reason"] = m[6];
      },
    },
  ],
  SSH2_SESSION: [
    {
      pattern: /^SSH2 Session request from (\S+) \(tty = \d+\).*?(Succeeded|Failed)/,
      build: (m, f) => {
        f["event.category"] = ["network", "session"];
        f["event.type"] = ["connection", "start"];
        f["event.action"] = "ssh-session";
        f["event.outcome"] = m[2] === "Succeeded" ? "success" : "failure";
        f["network.protocol"] = "ssh";
        setEndpoint(f, "source", m[1]!);
      },
    },
  ],
  AUTHFAIL: [
    {
      pattern: /^Authentication failure for SNMP req(?:uest)? from (?:host|hostaddr) (\S+)/i,
      build: (m, f) => {
        login(f, "failure", undefined);
        f["network.protocol"] = "snmp";
        setEndpoint(f, "source", m[1]!);
      },
    },
  ],
  PSECURE_VIOLATION: [
    {
      pattern: /caused by MAC address (\S+) on port (\S+?)\.?$/,
      build: (m, f) => {
        f["event.kind"] = "alert";
        f["event.category"] = ["network"];
        setVerdict(f, "denied");
        putMac(f, m[1]!);
        f["observer.ingress.interface.name"] = m[2]!;
      },
    },
  ],
  DHCP_SNOOPING_DENY: [
    {
      pattern: /on (\S+?), vlan (\d+)\.\(\[([\da-f.]+)\/([\d.]+)\/([\da-f.]+)\/([\d.]+)\//i,
      build: (m, f) => {
        f["event.category"] = ["network"];
        setVerdict(f, "denied");
        f["observer.ingress.interface.name"] = m[1]!;
        f["network.vlan.id"] = m[2]!;
        putMac(f, m[3]!);
        setEndpoint(f, "source", m[4]!);
        setEndpoint(f, "destination", m[6]!);
      },
    },
  ],
  INFO_GENERAL: [
    {
      pattern: /Failed (\S+) for (\S+) from (\S+) port (\d+)/,
      build: (m, f) => {
        login(f, "failure", m[2] === "<unknown>" ? undefined : m[2]);
        setEndpoint(f, "source", m[3]!, m[4]);
      },
    },
  ],
};

function access(
  fields: Fields,
  list: string,
  word: string,
  protocol: string,
  from: [string, string | undefined],
  to: [string, string | undefined],
  packets: string | undefined,
): void {
  fields["event.category"] = ["network"];
  setVerdict(fields, word === "permitted" ? "allowed" : "denied", word);
  fields["rule.name"] = list;
  putTransport(fields, protocol);
  setEndpoint(fields, "source", from[0], from[1]);
  setEndpoint(fields, "destination", to[0], to[1]);
  if (packets !== undefined) fields["network.packets"] = Number(packets);
}

function putTransport(fields: Fields, protocol: string): void {
  const transport = transportOf(protocol);
  if (transport !== undefined) fields["network.transport"] = transport;
}

function putMac(fields: Fields, text: string): void {
  const mac = macOf(text);
  if (mac !== undefined) fields["source.mac"] = mac;
}
