import { decide, ends, type Rule, setPlace, setTranslated, setUser } from "./rule.ts";

/** Packets that were denied or let through: 106xxx, 313xxx, 322xxx, 400xxx, 419xxx, 710xxx (Cisco Secure Firewall ASA Series Syslog Messages). */
export const accessRules: readonly Rule[] = [
  {
    ids: [106001],
    pattern:
      /^(Inbound|Outbound) (\S+) connection denied from (\S+) to (\S+) flags (.*?)\s+on interface (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", m[2]);
      ends(f, m[3]!, m[4]!);
      f["network.direction"] = m[1]!.toLowerCase();
      f["firebreak.raw.tcp_flags"] = m[5]!;
      f["observer.ingress.interface.name"] = m[6]!;
    },
  },
  {
    ids: [106006, 106007],
    pattern: /^Deny (inbound|outbound) (\S+) from (\S+) to (\S+?)(?: on interface (\S+)| due to (.*))?$/i,
    build: (m, f) => {
      decide(f, "denied", m[2]);
      ends(f, m[3]!, m[4]!);
      f["network.direction"] = m[1]!.toLowerCase();
      if (m[5] !== undefined) f["observer.ingress.interface.name"] = m[5];
      if (m[6] !== undefined) f["event.reason"] = m[6];
    },
  },
  {
    ids: [106010, 106014],
    pattern:
      /^Deny (inbound|outbound) (?:protocol )?(\S+) src \[?(\S+?)\]?(?:\([^)]*\))? dst \[?(\S+?)\]?(?:\([^)]*\))?(?: \(type (\S+), code (\S+)\))?$/i,
    build: (m, f) => {
      decide(f, "denied", m[2]);
      ends(f, m[3]!, m[4]!);
      f["network.direction"] = m[1]!.toLowerCase();
      if (m[5] !== undefined) f["firebreak.raw.icmp_type"] = m[5];
      if (m[6] !== undefined) f["firebreak.raw.icmp_code"] = m[6];
    },
  },
  {
    ids: [106015],
    pattern: /^Deny (\S+) \(([^)]*)\) from (\S+) to (\S+) flags (.*?)\s+on interface (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      ends(f, m[3]!, m[4]!);
      f["event.reason"] = m[2]!;
      f["firebreak.raw.tcp_flags"] = m[5]!;
      f["observer.ingress.interface.name"] = m[6]!;
    },
  },
  {
    ids: [106016, 106017, 106021, 106022],
    pattern:
      /^Deny (\S+) (spoof|due to Land Attack|reverse path check|connection spoof) from \(?(\S+?)\)? to (\S+)(?: on interface (\S+))?$/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      ends(f, m[3]!, m[4]!);
      f["event.reason"] = m[2]!;
      if (m[5] !== undefined) f["observer.ingress.interface.name"] = m[5];
    },
  },
  {
    ids: [106018],
    pattern: /^ICMP packet type (\S+) denied by outbound list (\S+) src (\S+) dest (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", "icmp");
      ends(f, m[3]!, m[4]!);
      f["rule.name"] = m[2]!;
      f["network.direction"] = "outbound";
    },
  },
  {
    ids: [106023],
    pattern:
      /^Deny (?:protocol )?(\S+) src (\S{1,300}?)(?:\(([^)]{0,300})\))? dst (\S{1,300}?)(?:\(([^)]{0,300})\))?(?: \(type (\S+), code (\S+)\))? by access-group "?([^"]*?)"?(?: \[(\S+), (\S+)\])?$/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      ends(f, m[2]!, m[4]!);
      setUser(f, m[3]);
      if (m[6] !== undefined) f["firebreak.raw.icmp_type"] = m[6];
      if (m[7] !== undefined) f["firebreak.raw.icmp_code"] = m[7];
      f["rule.name"] = m[8]!;
      if (m[9] !== undefined && m[9] !== "0x0") f["rule.id"] = m[9];
    },
  },
  {
    ids: [106100, 106102, 106103],
    pattern:
      /^access-list (\S+) (permitted|denied|est-allowed) (\S+)(?: for user '([^']*)')? ([^/\s]+)\/(\S+?)\((\d+)\)(?:\(([^)]*)\))? -> ([^/\s]+)\/(\S+?)\((\d+)\)(?:\([^)]*\))?(?: hit-cnt (\d+))?(?:.*\[(\S+), \S+\])?/i,
    build: (m, f) => {
      decide(f, m[2] === "denied" ? "denied" : "allowed", m[3]);
      f["rule.name"] = m[1]!;
      const user = m[4] ?? m[8];
      if (user !== "unknown") setUser(f, user);
      const icmp = m[3] === "icmp" || m[3] === "icmp6";
      ends(f, `${m[5]}:${m[6]}${icmp ? "" : `/${m[7]}`}`, `${m[9]}:${m[10]}${icmp ? "" : `/${m[11]}`}`);
      if (m[12] !== undefined) f["firebreak.raw.hit_count"] = m[12];
      if (m[13] !== undefined) f["rule.id"] = m[13];
    },
  },
  {
    ids: [313001, 313008],
    pattern: /^Denied (ICMP\S*) type=(\S+?), code=(\S+) from (\S+) on interface (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      setPlace(f, "source", m[4]!);
      f["firebreak.raw.icmp_type"] = m[2]!;
      f["observer.ingress.interface.name"] = m[5]!;
    },
  },
  {
    ids: [313004],
    pattern: /^Denied (ICMP\S*) type=(\S+?), from (?:laddr )?(\S+) on interface (\S+) to (\S+)(?:: (.*))?/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      ends(f, m[3]!, m[5]!);
      f["observer.ingress.interface.name"] = m[4]!;
      if (m[6] !== undefined) f["event.reason"] = m[6];
    },
  },
  {
    ids: [313005],
    pattern: /^No matching connection for ICMP error message: (\S+) src (\S+) dst (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      ends(f, m[2]!, m[3]!);
      f["event.reason"] = "No matching connection";
    },
  },
  {
    ids: [400_000],
    pattern: /^I[DP]S:(\d+) (.*?) from (\S+) to (\S+) on interface (\S+)/,
    build: (m, f) => {
      f["event.kind"] = "alert";
      f["event.category"] = ["intrusion_detection", "network"];
      f["event.type"] = ["info"];
      f["event.action"] = "detected";
      f["rule.id"] = m[1]!;
      f["rule.name"] = m[2]!;
      ends(f, m[3]!, m[4]!);
      f["observer.ingress.interface.name"] = m[5]!;
    },
  },
  {
    ids: [110_002, 110_003],
    pattern:
      /^(Failed to locate egress interface|Routing failed to locate next hop) for (\S+) from (\S+) to (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", m[2]);
      ends(f, m[3]!, m[4]!);
      f["event.reason"] = m[1]!;
    },
  },
  {
    ids: [419_001],
    pattern: /^Dropping (\S+) packet from (\S+) to (\S+?), reason: (.*)$/i,
    build: (m, f) => {
      decide(f, "dropped", m[1]);
      ends(f, m[2]!, m[3]!);
      f["event.reason"] = m[4]!;
    },
  },
  {
    ids: [434_002],
    pattern: /^(\S+) requested to drop (\S+) packet from (\S+) to (\S+)/i,
    build: (m, f) => {
      decide(f, "dropped", m[2]);
      ends(f, m[3]!, m[4]!);
    },
  },
  {
    ids: [419002],
    pattern: /^Duplicate TCP SYN from (\S+) to (\S+)/i,
    build: (m, f) => {
      decide(f, "detected", "tcp");
      ends(f, m[1]!, m[2]!);
      f["event.reason"] = "Duplicate TCP SYN";
    },
  },
  {
    ids: [500_004],
    pattern: /^Invalid transport field for protocol=(\S+), from (\S+) to (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", m[1]);
      ends(f, m[2]!, m[3]!);
    },
  },
  {
    ids: [710_002, 710_003],
    pattern: /^(\S+) access (permitted|denied)(?: by ACL)? from (\S+) to (\S+)/i,
    build: (m, f) => {
      decide(f, m[2] === "permitted" ? "allowed" : "denied", m[1]);
      ends(f, m[3]!, m[4]!);
    },
  },
  {
    ids: [710_004, 710_005, 710_006],
    pattern: /^(\S+) (?:request|connection limit exceeded|connection) (?:discarded )?from (\S+) to (\S+)/i,
    build: (m, f) => {
      decide(f, "dropped", m[1]);
      ends(f, m[2]!, m[3]!);
    },
  },
  {
    ids: [733_100],
    pattern: /^\[\s*(.*?)\s*\] drop rate-(\d) exceeded/i,
    build: (m, f) => {
      f["event.kind"] = "alert";
      f["event.category"] = ["intrusion_detection"];
      f["event.type"] = ["info"];
      f["event.action"] = "drop-rate-exceeded";
      f["rule.name"] = m[1]!;
    },
  },
  {
    ids: [733_101, 733_102],
    pattern:
      /^(?:Threat-detection adds host|(?:Host|Subnet)) (\S+?),? (is targeted|is attacking|to shun list)/i,
    build: (m, f) => {
      f["event.kind"] = "alert";
      f["event.category"] = ["intrusion_detection", "network"];
      f["event.type"] = ["info"];
      f["event.action"] =
        m[2] === "is targeted"
          ? "host-targeted"
          : m[2] === "is attacking"
            ? "host-attacking"
            : "host-shunned";
      setPlace(f, m[2] === "is targeted" ? "destination" : "source", m[1]!);
    },
  },
  {
    ids: [
      338_001, 338_002, 338_003, 338_004, 338_005, 338_006, 338_007, 338_008, 338_101, 338_102, 338_103,
      338_104, 338_201, 338_202, 338_203, 338_204,
    ],
    pattern:
      /^Dynamic Filter (\w+) (\S+(?: listed)?) (\S+) traffic from (\S+?)(?: \((\S+?)\))? to (\S+?)(?: \((\S+?)\))?(?:,|$)(?: (?:source|destination|malicious address) .*?(?:list|domain name): ([^,\s]+))?(?:.*threat-level: ([^,]+))?(?:, category: (.+))?/i,
    build: (m, f) => {
      const word = m[1]!.toLowerCase();
      decide(f, word === "dropped" || word === "blocked" ? "dropped" : "detected", m[3]);
      f["event.kind"] = "alert";
      f["rule.name"] = `dynamic filter: ${m[2]}`;
      ends(f, m[4]!, m[6]!);
      if (m[5] !== undefined) setTranslated(f, "source", m[5]);
      if (m[7] !== undefined) setTranslated(f, "destination", m[7]);
      if (m[8] !== undefined) f["destination.domain"] = m[8];
      if (m[9] !== undefined) f["firebreak.raw.threat_level"] = m[9];
      if (m[10] !== undefined) f["rule.category"] = m[10].trim();
    },
  },
];
