import { externalPeers } from "./clinic.ts";
import { clinicTime } from "./clinic-time.ts";
import { createRandom, type Random } from "./random.ts";

/** pfSense's filterlog in BSD syslog: no year, no zone; local time. */
export function gatewayLog(random: Random): string {
  const peers = externalPeers(createRandom(117));
  const lines: { ms: number; text: string }[] = [];
  const add = (
    ms: number,
    action: string,
    direction: string,
    from: string,
    to: string,
    sourcePort: number,
    port: number,
    length: number,
  ) => {
    const time = clinicTime.atMs(ms);
    const fields = `5,,,1000000103,${direction === "in" ? "em1" : "em0"},match,${action},${direction},4,0x0,,64,${random.between(1000, 65000)},0,DF,6,tcp,${length},${from},${to},${sourcePort},${port},0,S,${random.between(100000, 4000000000)},,64240,,mss`;
    lines.push({ ms, text: `${time.syslog} gateway filterlog[31482]: ${fields}` });
  };
  for (let i = 0; i < 6000; i++) {
    const ms = clinicTime.randomBetween(random, "06:30:00", "18:30:00").ms;
    const inside = `192.168.1.${random.between(10, 39)}`;
    if (random.next() < 0.12)
      add(
        ms,
        "block",
        "in",
        random.pick(peers),
        "198.51.100.7",
        random.between(1024, 65000),
        random.pick([23, 445, 3389, 8080, 22]),
        60,
      );
    else
      add(
        ms,
        "pass",
        "in",
        inside,
        random.pick(peers),
        random.between(49152, 65000),
        random.pick([443, 443, 443, 80]),
        60,
      );
  }
  for (const [clock, from, to, port] of [
    ["07:51:58", "111.64.203.113", "198.51.100.8", 25],
    ["11:02:31", "192.168.1.15", "117.80.77.27", 443],
    ["13:26:02", "192.168.1.25", "185.106.39.198", 443],
    ["13:41:19", "192.168.1.25", "80.172.96.91", 443],
    ["10:36:10", "192.168.1.100", "80.172.96.91", 443],
    ["16:45:33", "10.0.0.2", "185.106.39.198", 80],
    ["16:47:05", "10.0.0.2", "185.106.39.198", 80],
  ] as const) {
    add(clinicTime.at(clock).ms, "pass", "in", from, to, random.between(49152, 65000), port, 1500);
  }
  return `${lines
    .sort((a, b) => a.ms - b.ms)
    .map(({ text }) => text)
    .join("\n")}\n`;
}

/** squid's native access log: epoch seconds, UTC. */
export function proxyLog(random: Random): string {
  const sites = [
    "www.cdc.gov",
    "portal.ehr-vendor.example",
    "outlook.office.com",
    "www.medscape.com",
    "update.googleapis.com",
    "news.example.org",
  ];
  const lines: { ms: number; text: string }[] = [];
  for (let i = 0; i < 2600; i++) {
    const ms = clinicTime.randomBetween(random, "06:30:00", "18:30:00").ms;
    const host = random.pick(sites);
    const client = `192.168.1.${random.between(10, 39)}`;
    lines.push({
      ms,
      text: squid(
        ms,
        random.between(20, 900),
        client,
        "TCP_TUNNEL/200",
        random.between(900, 90000),
        `CONNECT ${host}:443`,
        `HIER_DIRECT/203.0.113.${random.between(2, 200)}`,
        "-",
      ),
    });
  }
  for (const [clock, bytes] of [
    ["16:45:34", 1_204],
    ["16:47:06", 1_311],
  ] as const) {
    const { ms } = clinicTime.at(clock);
    lines.push({
      ms,
      text: squid(
        ms,
        48_210,
        "10.0.0.2",
        "TCP_MISS/200",
        bytes,
        "POST http://185.106.39.198/u/",
        "HIER_DIRECT/185.106.39.198",
        "application/octet-stream",
      ),
    });
  }
  return `${lines
    .sort((a, b) => a.ms - b.ms)
    .map(({ text }) => text)
    .join("\n")}\n`;
}

function squid(
  ms: number,
  elapsed: number,
  client: string,
  result: string,
  bytes: number,
  request: string,
  peer: string,
  type: string,
): string {
  return `${(ms / 1000).toFixed(3)} ${String(elapsed).padStart(6)} ${client} ${result} ${bytes} ${request} - ${peer} ${type}`;
}
