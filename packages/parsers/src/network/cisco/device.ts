import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import {
  decide,
  ends,
  type Rule,
  setDuration,
  setPlace,
  setProtocol,
  setTranslated,
  setUser,
} from "./rule.ts";

/** Messages whose wording is their own: stub connections, shuns, ARP and MAC, DHCP, IKEv2, identity (Cisco ASA Syslog Messages). */
export const deviceRules: readonly Rule[] = [
  {
    ids: [302_022, 302_024, 302_026, 302_303],
    pattern:
      /^Built (?:\w+ stub )?(\S+)(?: state-bypass)? connection (?:(\d+) )?(?:for|from) (\S+) \((\S+)\) to (\S+) \((\S+)\)/i,
    build: (m, f) => {
      decide(f, "allowed", m[1]);
      f["event.type"] = ["connection", "allowed", "start"];
      if (m[2] !== undefined) f["firebreak.raw.connection_id"] = m[2];
      ends(f, m[3]!, m[5]!);
      setTranslated(f, "source", m[4]!);
      setTranslated(f, "destination", m[6]!);
    },
  },
  {
    ids: [302_023, 302_025, 302_027],
    pattern:
      /^Teardown (?:\w+ )?stub (\S+) connection for (\S+) to (\S+) duration (\S+) forwarded bytes (\d+)(?: (.*))?$/i,
    build: (m, f) => {
      decide(f, "allowed", m[1]);
      f["event.type"] = ["connection", "end"];
      f["event.action"] = "flow-expiration";
      ends(f, m[2]!, m[3]!);
      setDuration(f, m[4]!);
      f["network.bytes"] = Number(m[5]);
      if (m[6] !== undefined) f["event.reason"] = m[6];
    },
  },
  {
    ids: [111_001, 111_003, 111_004, 111_005, 111_007],
    pattern: /^(?:Begin configuration: (\S+) (reading|writing)|(\S+) (end|erase) configuration)/i,
    build: (m, f) => {
      f["event.category"] = ["configuration"];
      f["event.type"] = ["change"];
      f["event.action"] = `configuration-${(m[2] ?? m[4])!.toLowerCase()}`;
      setEndpoint(f, "source", (m[1] ?? m[3])!);
    },
  },
  {
    ids: [113_003, 113_021, 772_002, 772_003, 772_004],
    pattern: /\buser (\S+?),? (?:is being|did NOT|cause|could)/i,
    build: (m, f) => {
      f["event.category"] = ["authentication"];
      f["event.type"] = ["info"];
      setUser(f, m[1]);
    },
  },
  {
    ids: [322_001],
    pattern: /^Deny MAC address (\S+?), possible spoof attempt on interface (\S+)/i,
    build: (m, f) => {
      decide(f, "denied");
      const mac = macOf(m[1]!);
      if (mac !== undefined) f["source.mac"] = mac;
      f["observer.ingress.interface.name"] = m[2]!;
    },
  },
  {
    ids: [405_001],
    pattern: /^Received ARP (request|response) collision from ([^/\s]+)\/(\S+) on interface (\S+)/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = ["info"];
      f["event.action"] = "arp-collision";
      setEndpoint(f, "source", m[2]!);
      const mac = macOf(m[3]!);
      if (mac !== undefined) f["source.mac"] = mac;
      f["observer.ingress.interface.name"] = m[4]!;
    },
  },
  {
    ids: [401_002, 401_003, 401_004],
    pattern:
      /^(Shun added|Shun deleted|Shunned packet): (\S+)(?: (?:==?>? ?)?(\S+))?(?: (\d+) (\d+)| on interface (\S+))?/i,
    build: (m, f) => {
      decide(f, "denied");
      f["event.action"] = m[1]!.toLowerCase().replace(" ", "-");
      setEndpoint(f, "source", m[2]!, m[4]);
      if (m[3] !== undefined) setEndpoint(f, "destination", m[3], m[5]);
      if (m[6] !== undefined) f["observer.ingress.interface.name"] = m[6];
    },
  },
  {
    ids: [418_001],
    pattern:
      /^Through-the-device packet .* is denied: (\S+) (?:.*?)from (\S+) (\S+?) \((\d+)\) to (\S+) (\S+?) \((\d+)\)/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      setEndpoint(f, "source", m[3]!, m[4]);
      setEndpoint(f, "destination", m[6]!, m[7]);
      f["observer.ingress.interface.name"] = m[2]!;
      f["observer.egress.interface.name"] = m[5]!;
    },
  },
  {
    ids: [602_101],
    pattern: /dest_addr=(\S+?), src_addr=(\S+?), prot=(\S+)/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = ["info"];
      setEndpoint(f, "source", m[2]!);
      setEndpoint(f, "destination", m[1]!);
      setProtocol(f, m[3]!);
    },
  },
  {
    ids: [602_303, 602_304],
    pattern:
      /^IPSEC: An (inbound|outbound) (.+?) SA \(SPI= ?(\S+?)\) between (\S+) and (\S+) \(user= ?(.*?)\) has been (created|deleted)/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = ["connection", m[7] === "created" ? "start" : "end"];
      f["event.action"] = m[7] === "created" ? "tunnel-created" : "tunnel-deleted";
      f["network.direction"] = m[1]!.toLowerCase();
      f["firebreak.raw.tunnel_type"] = m[2]!;
      f["firebreak.raw.spi"] = m[3]!;
      setEndpoint(f, "source", m[4]!);
      setEndpoint(f, "destination", m[5]!);
      setUser(f, m[6]);
    },
  },
  {
    ids: [604_103, 604_104],
    pattern: /^DHCP daemon interface (\S+?): +address (granted|released) (\S+) \((\S+)\)/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = [m[2] === "granted" ? "start" : "end"];
      f["event.action"] = `dhcp-${m[2]!.toLowerCase()}`;
      f["network.protocol"] = "dhcp";
      f["observer.ingress.interface.name"] = m[1]!;
      // An Ethernet client id is "01" and the address (RFC 2132 §9.14).
      const mac = macOf(m[3]!.replace(/[.:-]/g, "").replace(/^01(?=[0-9a-f]{12}$)/i, ""));
      if (mac !== undefined) f["client.mac"] = mac;
      setEndpoint(f, "source", m[4]!);
    },
  },
  {
    ids: [609_001, 609_002],
    pattern: /^(Built|Teardown) local-host (\S+?)(?: duration (\S+))?$/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = [m[1] === "Built" ? "start" : "end"];
      f["event.action"] = m[1] === "Built" ? "firewall-rule" : "flow-expiration";
      setPlace(f, "source", m[2]!);
    },
  },
  {
    ids: [746_012, 746_013],
    pattern: /^user-identity: (Add|Delete) IP-User mapping (\S+) - (\S+) (Succeeded|Failed)/i,
    build: (m, f) => {
      f["event.category"] = ["iam"];
      f["event.type"] = ["user", "info"];
      f["event.action"] = m[1] === "Add" ? "user-mapped" : "user-unmapped";
      f["event.outcome"] = m[4]!.toLowerCase() === "succeeded" ? "success" : "failure";
      setEndpoint(f, "source", m[2]!);
      setUser(f, m[3]);
    },
  },
  {
    ids: [737_026, 737_016, 737_031, 737_006],
    pattern:
      /^IPAA: (?:Session=\S+, )?.*?\b(?:assigned|Freeing|address) (?:AAA address |local pool address )?([\da-fA-F.:]{3,45})\b/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = ["info"];
      f["event.action"] = "vpn-address-assigned";
      setEndpoint(f, "source", m[1]!);
    },
  },
];

/** Names of a tunnel's peer in the messages of IKEv2: "Local:198.51.100.1:500 Remote:192.0.2.1:500 Username:anna …". */
export const ikePattern =
  /^Local: ?([\da-fA-F.:[\]]{3,50}?):(\d{1,5}) Remote: ?([\da-fA-F.:[\]]{3,50}?):(\d{1,5})(?: Username: ?(\S+))?(?: Group: ?(\S+))?(?: IPv4 Address=(\S+))?/i;
