import type { Random } from "../examples/random.ts";
import { syslogStamp } from "../incidents/lines.ts";

/** An organisation profile with named machines. */
export function organisation(
  name: string,
  networks: readonly string[],
  assets: readonly (readonly [name: string, address: string, role?: string])[],
  more = "",
): string {
  return `# What is known of the organisation. Schema: docs/organisation-profile.md
name: ${name}
internalNetworks: [${networks.join(", ")}]
assets:
${assets.map(([asset, address, role]) => `  - { name: ${asset}, addresses: [${address}]${role === undefined ? "" : `, role: ${role}`} }`).join("\n")}
${more}`;
}

/** pfSense's filterlog in BSD syslog, its clock on UTC. */
export function pfsenseLine(
  random: Random,
  ms: number,
  action: "pass" | "block",
  from: string,
  to: string,
  port: number,
): string {
  const fields = `5,,,1000000103,em1,match,${action},in,4,0x0,,64,${random.between(1000, 65000)},0,DF,6,tcp,1500,${from},${to},${random.between(49152, 65000)},${port},0,S,${random.between(100000, 4000000000)},,64240,,mss`;
  return `${syslogStamp(ms)} gw filterlog[31482]: ${fields}`;
}

/** Squid's native access log. */
export function squidLine(
  random: Random,
  ms: number,
  client: string,
  method: string,
  url: string,
  status: number,
  result = "TCP_MISS",
  server = "203.0.113.80",
): string {
  return `${(ms / 1000).toFixed(3)} ${String(random.between(20, 900)).padStart(6)} ${client} ${result}/${status} ${random.between(900, 90_000)} ${method} ${url} - HIER_DIRECT/${server} text/html`;
}

interface Stats {
  malicious: number;
  total: number;
  at: number;
}

function stats({ malicious, total }: Stats) {
  return { malicious, suspicious: 0, undetected: total - malicious, harmless: 0, timeout: 0 };
}

/** A saved answer of VirusTotal v3 about a file, with the addresses that an intrusion-detection rule saw it contact. */
export function virustotalFile(
  sha256: string,
  { label, ...of }: Stats & { label: string },
  contacted: readonly string[],
): string {
  const attributes = {
    sha256,
    last_analysis_date: of.at / 1000,
    last_analysis_stats: stats(of),
    popular_threat_classification: { suggested_threat_label: label },
    crowdsourced_ids_results: contacted.map((address) => ({
      rule_msg: "Suspicious outbound request",
      rule_category: "trojan-activity",
      alert_severity: "high",
      alert_context: [{ dest_ip: address, dest_port: 443 }],
    })),
  };
  return json({
    data: {
      id: sha256,
      type: "file",
      links: { self: `https://www.virustotal.com/api/v3/files/${sha256}` },
      attributes,
    },
  });
}

export function virustotalAddress(address: string, of: Stats): string {
  return json({
    data: {
      id: address,
      type: "ip_address",
      links: { self: `https://www.virustotal.com/api/v3/ip_addresses/${address}` },
      attributes: { last_analysis_date: of.at / 1000, last_analysis_stats: stats(of), reputation: 0 },
    },
  });
}

export function virustotalDomain(domain: string, of: Stats): string {
  return json({
    data: {
      id: domain,
      type: "domain",
      links: { self: `https://www.virustotal.com/api/v3/domains/${domain}` },
      attributes: { last_analysis_date: of.at / 1000, last_analysis_stats: stats(of), reputation: -5 },
    },
  });
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
