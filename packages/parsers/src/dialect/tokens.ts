import type { ColumnGuess, ColumnKind } from "../infer/column.ts";

/** Parts of names, by what they say. A name that no table knows is still read by its parts: "fw_src_addr_v4". */
const sides: Readonly<Record<string, "source" | "destination">> = {
  src: "source",
  source: "source",
  client: "source",
  clt: "source",
  cli: "source",
  orig: "source",
  origin: "source",
  initiator: "source",
  attacker: "source",
  caller: "source",
  from: "source",
  peer: "source",
  remote: "source",
  dst: "destination",
  dest: "destination",
  destination: "destination",
  server: "destination",
  srv: "destination",
  target: "destination",
  resp: "destination",
  responder: "destination",
  victim: "destination",
  to: "destination",
};
const nat = new Set([
  "nat",
  "xlate",
  "xlated",
  "trans",
  "translated",
  "mapped",
  "snat",
  "dnat",
  "post",
  "postnat",
]);
const things: Readonly<Record<string, string>> = {
  ip: "address",
  ipv4: "address",
  ipv6: "address",
  ip4: "address",
  ip6: "address",
  addr: "address",
  address: "address",
  host: "address",
  port: "port",
  prt: "port",
  mac: "mac",
  bytes: "bytes",
  byte: "bytes",
  octets: "bytes",
  packets: "packets",
  pkts: "packets",
  pkt: "packets",
  user: "user",
  username: "user",
  account: "user",
  login: "user",
};
const glued =
  /^(src|dst|dest|source|destination|client|server)(ip|ipv4|addr|address|port|mac|bytes|packets|pkts|user|host)$/;

/** "fw_srcIpAddr" → ["fw", "src", "ip", "addr"]. */
export function tokensOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== "")
    .flatMap((token) => {
      const match = glued.exec(token);
      return match ? [match[1]!, match[2]!] : [token];
    });
}

/** The meaning that the parts of a name add up to, with less confidence than a known name; undefined without one. */
export function guessByTokens(name: string): ColumnGuess | undefined {
  const tokens = tokensOf(name);
  const side = tokens.map((token) => sides[token]).find((one) => one !== undefined);
  const thing = tokens.map((token) => things[token]).find((one) => one !== undefined);
  if (side === undefined || thing === undefined) return undefined;
  const translated = tokens.some((token) => nat.has(token));
  const guess = (field: string, kind: ColumnKind): ColumnGuess => ({ field, kind, confidence: 0.75 });
  switch (thing) {
    case "address":
      return translated ? guess(`${side}.nat.ip`, "ip") : guess(side, "address");
    case "port":
      return guess(translated ? `${side}.nat.port` : `${side}.port`, "port");
    case "user":
      return guess(side === "source" ? "user.name" : "user.target.name", "user");
    case "mac":
      return guess(`${side}.mac`, "mac");
    default:
      return guess(`${side}.${thing}`, "count");
  }
}
