/** Documented variations of answers: older forms, missing members, nulls, numbers as text, one object for a list. */
import { describe, expect, it } from "vitest";
import type { Observable } from "../observable.ts";
import { readSaved, savedReading } from "../testing/saved.ts";
import { address, domain, hash, sample, shapes, url } from "../testing/shapes.ts";

describe("recognises its own documented shape, and no other's", () => {
  it.each(shapes.map((shape) => [shape.provider, shape] as const))("%s", (id, { body, about, opinion }) => {
    expect(savedReading(body, about, about)).toMatchObject({ provider: id, state: "answered", opinion });
  });
});

describe("other providers", () => {
  const ioc = (more: object) => ({
    query_status: "ok",
    data: [
      {
        ioc_type: "domain",
        ioc: "c2.example",
        threat_type: "botnet_cc",
        malware_printable: "Example",
        ...more,
      },
    ],
  });
  it.each<[string, string, unknown, Observable, object]>([
    [
      "AbuseIPDB without reports",
      "abuseipdb",
      { data: { ipAddress: "198.51.100.7", abuseConfidenceScore: 0, totalReports: 0, lastReportedAt: null } },
      address,
      { opinion: "no detections", weight: 0, summary: "no reports in 90 days" },
    ],
    [
      "AbuseIPDB on its whitelist",
      "abuseipdb",
      {
        data: { ipAddress: "198.51.100.7", abuseConfidenceScore: "0", totalReports: 31, isWhitelisted: true },
      },
      address,
      { opinion: "known good" },
    ],
    [
      "AbuseIPDB, a CDN",
      "abuseipdb",
      {
        data: { ipAddress: "198.51.100.7", abuseConfidenceScore: 30, usageType: "Content Delivery Network" },
      },
      address,
      { opinion: "suspicious", shared: "a content delivery network" },
    ],
    [
      "AbuseIPDB's blacklist",
      "abuseipdb",
      {
        meta: {},
        data: [
          { ipAddress: "198.51.100.7", abuseConfidenceScore: 100 },
          { ipAddress: "198.51.100.8", abuseConfidenceScore: 100 },
        ],
      },
      address,
      { opinion: "malicious" },
    ],
    [
      "AbuseIPDB, a block",
      "abuseipdb",
      {
        data: {
          networkAddress: "198.51.100.0",
          reportedAddress: [{ ipAddress: "198.51.100.7", numReports: 4, abuseConfidenceScore: 80 }],
        },
      },
      address,
      { opinion: "malicious" },
    ],
    [
      "Shodan's full host answer",
      "internetdb",
      { ip_str: "198.51.100.7", ip: 3325256711, ports: [22], vulns: { "CVE-2024-0001": {} }, data: [] },
      address,
      { opinion: "context", relations: [{ kind: "related" }] },
    ],
    [
      "an exported OTX pulse",
      "otx",
      {
        name: "P",
        TLP: "amber",
        indicators: [{ indicator: "c2.example", type: "domain", created: "2026-01-01T00:00:00" }],
      },
      domain,
      { opinion: "suspicious", tlp: "AMBER", firstSeen: "2026-01-01T00:00:00Z" },
    ],
    [
      "OTX in no pulse",
      "otx",
      { indicator: "c2.example", pulse_info: { count: 0, pulses: [] }, validation: null },
      domain,
      { opinion: "no detections" },
    ],
    [
      "OTX on a whitelist",
      "otx",
      {
        indicator: "c2.example",
        pulse_info: { count: 12, pulses: [] },
        validation: [{ source: "alexa", message: "Alexa rank: #3" }],
      },
      domain,
      { opinion: "suspicious", weight: 22, shared: "on lists of known things: Alexa rank: #3" },
    ],
    [
      "URLhaus, a payload",
      "urlhaus",
      {
        query_status: "ok",
        md5_hash: "0a".repeat(16),
        sha256_hash: sample,
        signature: null,
        firstseen: "2026-11-01 00:00:00",
        url_count: 3,
        urlhaus_download: "x",
        urls: [{ url: url.value, url_status: "offline" }],
      },
      hash,
      { opinion: "malicious", relations: [{ kind: "related", target: url }] },
    ],
    [
      "URLhaus, a URL without tags",
      "urlhaus",
      {
        query_status: "ok",
        urlhaus_reference: "https://urlhaus.abuse.ch/url/1/",
        url: url.value,
        url_status: "offline",
        threat: "malware_download",
        tags: null,
        payloads: null,
      },
      url,
      { opinion: "malicious", weight: 80 },
    ],
    [
      "ThreatFox, low confidence as text",
      "threatfox",
      ioc({ confidence_level: "25" }),
      domain,
      { opinion: "suspicious", weight: 35 },
    ],
    [
      "ThreatFox, IPv4 and port",
      "threatfox",
      {
        query_status: "ok",
        data: [
          { ioc: "198.51.100.7:8080", ioc_type: "ip:port", confidence_level: 100, malware: "win.example" },
        ],
      },
      address,
      { opinion: "malicious", summary: "listed as threat of win.example with confidence 100, port 8080" },
    ],
    [
      "ThreatFox, the export",
      "threatfox",
      {
        12: [
          {
            ioc_value: "c2.example",
            ioc_type: "domain",
            confidence_level: 80,
            malware_printable: "Example",
            first_seen_utc: "2026-11-01 00:00:00",
          },
        ],
      },
      domain,
      { opinion: "malicious", firstSeen: "2026-11-01T00:00:00Z" },
    ],
    [
      "GreyNoise, v3",
      "greynoise",
      {
        ip: "198.51.100.7",
        business_service_intelligence: { found: false, name: "" },
        internet_scanner_intelligence: {
          found: true,
          classification: "suspicious",
          first_seen: "2026-01-01",
          last_seen_timestamp: "2026-11-20T00:00:00Z",
          tags: [{ name: "SMB Crawler" }],
          metadata: { organization: "Example Net" },
        },
      },
      address,
      { opinion: "suspicious", firstSeen: "2026-01-01T00:00:00Z", labels: ["SMB Crawler"] },
    ],
    [
      "GreyNoise, v3 list",
      "greynoise",
      {
        data: [
          {
            ip: "198.51.100.7",
            business_service_intelligence: { found: true, name: "Example DNS" },
            internet_scanner_intelligence: { found: false },
          },
        ],
      },
      address,
      { opinion: "known good", shared: "a common business service (Example DNS)" },
    ],
    [
      "GreyNoise, v2 context",
      "greynoise",
      {
        ip: "198.51.100.7",
        seen: true,
        classification: "malicious",
        first_seen: "2020-01-01",
        last_seen: "2021-01-01",
        actor: "unknown",
        tags: ["Mirai"],
        spoofable: true,
      },
      address,
      { opinion: "malicious", lastSeen: "2021-01-01T00:00:00Z" },
    ],
    [
      "GreyNoise, RIOT",
      "greynoise",
      { ip: "198.51.100.7", noise: false, riot: true, classification: "benign", name: "Example DNS" },
      address,
      { opinion: "known good" },
    ],
    [
      "InternetDB with a bad tag",
      "internetdb",
      { ip: "198.51.100.7", ports: [], cpes: [], hostnames: [], tags: ["c2"], vulns: [] },
      address,
      { opinion: "suspicious" },
    ],
    [
      "urlscan, a result",
      "urlscan",
      {
        task: { url: "https://c2.example/", time: "2026-11-20T00:00:00.000Z" },
        page: { url: "https://c2.example/", domain: "c2.example", ip: "198.51.100.7" },
        verdicts: { overall: { score: 100, malicious: true, categories: ["phishing"] } },
      },
      domain,
      { opinion: "malicious" },
    ],
    [
      "Hybrid Analysis, an overview",
      "hybrid-analysis",
      {
        sha256: sample,
        last_file_name: "x",
        threat_score: null,
        verdict: "no specific threat",
        multiscan_result: 0,
        vx_family: null,
        analysis_start_time: "2020-01-01T00:00:00+00:00",
      },
      hash,
      { opinion: "no detections" },
    ],
    [
      "Hybrid Analysis, terms",
      "hybrid-analysis",
      {
        search_terms: [{ id: "host", value: "198.51.100.7" }],
        count: 1,
        result: [
          {
            sha256: sample,
            verdict: "malicious",
            threat_score: 90,
            av_detect: "70",
            environment_id: 100,
            job_id: "1",
          },
        ],
      },
      hash,
      { opinion: "malicious", detections: { positive: 70, total: 100 } },
    ],
  ])("%s", (_, provider, body, about, expected) => {
    expect(savedReading(body, about)).toMatchObject({ provider, state: "answered", ...expected });
  });

  it.each<[string, string, unknown]>([
    ["URLhaus", "urlhaus", { query_status: "no_results" }],
    ["ThreatFox", "threatfox", { query_status: "no_result", data: "Your search did not yield any results" }],
    ["MalwareBazaar", "malwarebazaar", { query_status: "hash_not_found" }],
    ["InternetDB", "internetdb", { detail: "No information available" }],
    [
      "GreyNoise",
      "greynoise",
      {
        ip: "198.51.100.7",
        noise: false,
        riot: false,
        message: "IP not observed scanning the internet or contained in RIOT data set.",
      },
    ],
    ["urlscan", "urlscan", { results: [], total: 0, took: 1, has_more: false }],
    ["Hybrid Analysis, terms", "hybrid-analysis", { search_terms: [], count: 0, result: [] }],
    ["MISP", "misp", { response: { Attribute: [] } }],
    ["OpenCTI", "opencti", { data: { stixCyberObservables: { edges: [] } } }],
  ])("%s does not know: unknown, and no opinion", (_, provider, body) => {
    const about = provider === "malwarebazaar" ? hash : address;
    const found = readSaved(body, about);
    expect([found.provider, found.answer?.state, found.answer?.readings]).toEqual([provider, "unknown", []]);
  });
});
