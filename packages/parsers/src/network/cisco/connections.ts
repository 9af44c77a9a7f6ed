import type { Fields } from "@firebreak/model/event";
import { portOf } from "../../ecs/address-port.ts";
import { setBareUrl, setUrl } from "../../ecs/url.ts";
import {
  decide,
  ends,
  type Rule,
  setDuration,
  setPlace,
  setTranslated,
  setUser,
  splitPlace,
} from "./rule.ts";

const maxRemembered = 100_000;

/** Connections and translations that were built and torn down: 302xxx, 303xxx, 304xxx, 305xxx. */
export const connectionRules: readonly Rule[] = [
  {
    ids: [302_013, 302_015, 302_017, 302_035],
    pattern:
      /^Built (inbound|outbound) (\S+) (?:connection )?(\S+) (?:for|from) (\S+?) \((\S+?)\)(?: ?\(([^)]*)\))? to (\S+?) \((\S+?)\)(?: ?\(([^)]*)\))?/i,
    build: (m, f, memory) => {
      const outbound = m[1]!.toLowerCase() === "outbound";
      decide(f, "allowed", m[2]);
      f["event.type"] = ["connection", "allowed", "start"];
      f["network.direction"] = outbound ? "outbound" : "inbound";
      f["firebreak.raw.connection_id"] = m[3]!;
      if (memory.openedBySecond.size >= maxRemembered) memory.openedBySecond.clear();
      memory.openedBySecond.set(m[3]!, outbound);
      // The first address is the one on the less trusted interface: it opens the inbound connections only.
      if (outbound) {
        ends(f, m[7]!, m[4]!);
        setTranslated(f, "source", m[8]!);
        setTranslated(f, "destination", m[5]!);
      } else {
        ends(f, m[4]!, m[7]!);
        setTranslated(f, "source", m[5]!);
        setTranslated(f, "destination", m[8]!);
      }
      const sourceUser = outbound ? m[9] : m[6];
      setUser(f, sourceUser);
    },
  },
  {
    ids: [302_014, 302_016, 302_018, 302_036, 302_304],
    pattern:
      /^Teardown (\S+) (?:state-bypass )?connection (\S+) (?:for|from) (\S{1,300}?)(?: ?\(([^)]{0,300})\))? to (\S{1,300}?)(?: ?\(([^)]{0,300})\))? duration (\S+) bytes (\d+)(?: ([^(].*?))?(?: from (\S+))?(?: \(([^)]*)\))?$/i,
    build: (m, f, memory) => {
      decide(f, "allowed", m[1]);
      f["event.type"] = ["connection", "end"];
      f["event.action"] = "flow-expiration";
      f["firebreak.raw.connection_id"] = m[2]!;
      const known = memory.openedBySecond.get(m[2]!);
      memory.openedBySecond.delete(m[2]!);
      const bySecond = known ?? looksOpenedBySecond(m[3]!, m[5]!);
      if (bySecond) ends(f, m[5]!, m[3]!);
      else ends(f, m[3]!, m[5]!);
      if (known !== undefined) f["network.direction"] = known ? "outbound" : "inbound";
      setDuration(f, m[7]!);
      const bytes = Number(m[8]);
      if (Number.isSafeInteger(bytes)) f["network.bytes"] = bytes;
      if (m[9] !== undefined) f["event.reason"] = m[9];
      setUser(f, (bySecond ? m[6] : m[4]) ?? m[11]);
    },
  },
  {
    ids: [302_020],
    pattern:
      /^Built (inbound|outbound) (\S+) connection for faddr (\S+?)(?:\(([^)]*)\))? gaddr (\S+) laddr (\S+?)(?:\(([^)]*)\))?(?: type (\d+) code (\d+))?\s*$/i,
    build: (m, f) => {
      decide(f, "allowed", m[2]);
      f["event.type"] = ["connection", "allowed", "start"];
      const outbound = m[1]!.toLowerCase() === "outbound";
      f["network.direction"] = outbound ? "outbound" : "inbound";
      setIcmpEnds(f, outbound ? m[6]! : m[3]!, outbound ? m[3]! : m[6]!);
      setTranslated(f, outbound ? "source" : "destination", m[5]!.replace(/\/\d+$/, ""));
      if (m[8] !== undefined) f["firebreak.raw.icmp_type"] = m[8];
      if (m[9] !== undefined) f["firebreak.raw.icmp_code"] = m[9];
    },
  },
  {
    ids: [302_021],
    pattern:
      /^Teardown (\S+) connection for faddr (\S+?)(?:\(([^)]*)\))? gaddr (\S+) laddr (\S+?)(?:\(([^)]*)\))?(?: \(([^)]*)\))?(?: type (\d+) code (\d+))?\s*$/i,
    build: (m, f) => {
      decide(f, "allowed", m[1]);
      f["event.type"] = ["connection", "end"];
      f["event.action"] = "flow-expiration";
      setIcmpEnds(f, m[2]!, m[5]!);
      setTranslated(f, "destination", m[4]!.replace(/\/\d+$/, ""));
      setUser(f, m[3] ?? m[6] ?? m[7]);
      if (m[8] !== undefined) f["firebreak.raw.icmp_type"] = m[8];
      if (m[9] !== undefined) f["firebreak.raw.icmp_code"] = m[9];
    },
  },
  {
    ids: [303_002],
    pattern:
      /^(?:FTP|Strict FTP) connection from (\S+) to (\S+), user (\S*) (Retrieved|Stored)(?: file)? (.*)$/i,
    build: (m, f) => {
      f["event.category"] = ["network", "file"];
      f["event.type"] = ["access"];
      f["event.action"] = m[4] === "Stored" ? "file-uploaded" : "file-downloaded";
      ends(f, m[1]!, m[2]!);
      setUser(f, m[3]);
      f["file.path"] = m[5]!;
      f["network.protocol"] = "ftp";
    },
  },
  {
    ids: [304_001],
    pattern: /^(?:(\S+)@)?(\S+?)(?:\(([^)]*)\))? Accessed (?:JAVA )?URL (\S+?):(https?:\/\/.*|\/.*|.*)$/i,
    build: (m, f) => {
      f["event.category"] = ["web", "network"];
      f["event.type"] = ["access"];
      f["event.action"] = "url-accessed";
      setUser(f, m[1] ?? m[3]);
      ends(f, m[2]!, m[4]!);
      setUrl(f, m[5]!);
    },
  },
  {
    ids: [304_002],
    pattern: /^Access denied URL (.*) SRC (\S+?)(?:\([^)]*\))? DEST (\S+?)(?: on interface (\S+))?$/i,
    build: (m, f) => {
      decide(f, "denied");
      setBareUrl(f, m[1]!);
      ends(f, m[2]!, m[3]!);
    },
  },
  {
    ids: [305_009, 305_010, 305_011, 305_012],
    pattern:
      /^(Built|Teardown) (\S+) (?:(\S+) )?translation from (\S+?)(?: ?\([^)]{0,300}\))? to (\S+?)(?: duration (\S+))?$/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = ["connection", m[1] === "Built" ? "start" : "end"];
      f["event.action"] = m[1] === "Built" ? "firewall-rule" : "flow-expiration";
      if (m[3] !== undefined) f["network.transport"] = m[3].toLowerCase();
      setPlace(f, "source", m[4]!);
      setTranslated(f, "source", m[5]!);
      const mapped = splitPlace(m[5]!).name?.replace(/\(.*$/, "");
      if (mapped !== undefined) f["observer.egress.interface.name"] = mapped;
      if (m[6] !== undefined) setDuration(f, m[6]);
    },
  },
  {
    ids: [305_005, 305_006],
    pattern: /^(.*?) (?:for|creation failed for) (?:protocol )?(\S+) src (\S+?)(?:\([^)]*\))? dst (\S+)/i,
    build: (m, f) => {
      decide(f, "denied", m[2]);
      f["event.reason"] = m[1]!;
      ends(f, m[3]!, m[4]!);
    },
  },
];

/** A teardown whose building was not recorded: who uses the service port was asked, the other one asked. */
function looksOpenedBySecond(first: string, second: string): boolean {
  const a = portOf(splitPlace(first).port ?? "");
  const b = portOf(splitPlace(second).port ?? "");
  return a !== undefined && b !== undefined && a < 1024 && b >= 1024;
}

/** ICMP prints an id or a type where ports stand: "192.0.2.1/0". */
function setIcmpEnds(fields: Fields, from: string, to: string): void {
  setPlace(fields, "source", from.replace(/\/\d+$/, ""));
  setPlace(fields, "destination", to.replace(/\/\d+$/, ""));
}
