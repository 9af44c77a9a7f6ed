/** One answer of each provider in its documented shape, written for the tests: documentation addresses, invented hashes. */
import type { Observable } from "../observable.ts";
import type { Opinion } from "../reading.ts";

export const sample = "5ec0".repeat(16);
export const address: Observable = { type: "address", value: "198.51.100.7" };
export const domain: Observable = { type: "domain", value: "c2.example" };
export const hash: Observable = { type: "hash", value: sample };
export const url: Observable = { type: "url", value: "http://c2.example/a" };

export interface Shape {
  readonly provider: string;
  readonly about: Observable;
  readonly body: unknown;
  readonly opinion: Opinion;
  /** Where the key travels, if there is one. */
  readonly keyHeader?: string;
  readonly path: RegExp;
}

const vtStats = {
  malicious: 12,
  suspicious: 1,
  undetected: 47,
  harmless: 0,
  timeout: 3,
  failure: 1,
  "type-unsupported": 9,
};

export const shapes: readonly Shape[] = [
  {
    provider: "virustotal",
    about: hash,
    path: /^\/files\/5ec0/,
    keyHeader: "x-apikey",
    opinion: "malicious",
    body: {
      data: {
        id: sample,
        type: "file",
        attributes: { sha256: sample, last_analysis_date: 1_790_000_000, last_analysis_stats: vtStats },
      },
    },
  },
  {
    provider: "abuseipdb",
    about: address,
    path: /^\/check\?ipAddress=198\.51\.100\.7&maxAgeInDays=90&verbose$/,
    keyHeader: "key",
    opinion: "malicious",
    body: {
      data: {
        ipAddress: address.value,
        isPublic: true,
        ipVersion: 4,
        isWhitelisted: false,
        abuseConfidenceScore: 100,
        countryCode: "PT",
        usageType: "Data Center/Web Hosting/Transit",
        isp: "Example Net",
        domain: "example.net",
        isTor: false,
        totalReports: 9,
        numDistinctUsers: 4,
        lastReportedAt: "2026-11-20T10:11:12+00:00",
        reports: [],
      },
    },
  },
  {
    provider: "otx",
    about: domain,
    path: /^\/indicators\/domain\/c2\.example\/general$/,
    keyHeader: "x-otx-api-key",
    opinion: "suspicious",
    body: {
      indicator: domain.value,
      type: "domain",
      pulse_info: {
        count: 1,
        pulses: [
          {
            id: "1",
            name: "Example",
            modified: "2026-01-02T00:00:00",
            tags: [],
            malware_families: [],
            attack_ids: [],
            TLP: "green",
          },
        ],
      },
      validation: [],
    },
  },
  {
    provider: "urlhaus",
    about: domain,
    path: /^\/host\/$/,
    keyHeader: "auth-key",
    opinion: "malicious",
    body: {
      query_status: "ok",
      urlhaus_reference: "https://urlhaus.abuse.ch/host/c2.example/",
      host: domain.value,
      firstseen: "2026-11-01 00:00:00 UTC",
      url_count: "2",
      blacklists: { surbl: "not listed" },
      urls: [
        {
          id: "1",
          url: url.value,
          url_status: "online",
          date_added: "2026-11-01 00:00:00 UTC",
          threat: "malware_download",
          tags: ["exe"],
        },
      ],
    },
  },
  {
    provider: "malwarebazaar",
    about: hash,
    path: /^\/$/,
    keyHeader: "auth-key",
    opinion: "malicious",
    body: {
      query_status: "ok",
      data: [
        {
          sha256_hash: sample,
          md5_hash: "0a".repeat(16),
          first_seen: "2026-11-01 00:00:00",
          last_seen: null,
          file_name: "order.xlsm",
          file_type: "xlsm",
          signature: "Example",
          tags: null,
          delivery_method: "email_attachment",
        },
      ],
    },
  },
  {
    provider: "threatfox",
    about: address,
    path: /^\/$/,
    keyHeader: "auth-key",
    opinion: "malicious",
    body: {
      query_status: "ok",
      data: [
        {
          id: "12",
          ioc: "198.51.100.7:443",
          threat_type: "botnet_cc",
          ioc_type: "ip:port",
          malware: "win.example",
          malware_printable: "Example",
          confidence_level: 100,
          first_seen: "2026-11-01 00:00:00 UTC",
          last_seen: null,
          tags: null,
          malware_samples: [],
        },
      ],
    },
  },
  {
    provider: "greynoise",
    about: address,
    path: /^\/community\/198\.51\.100\.7$/,
    keyHeader: "key",
    opinion: "malicious",
    body: {
      ip: address.value,
      noise: true,
      riot: false,
      classification: "malicious",
      name: "unknown",
      link: "https://viz.greynoise.io/ip/198.51.100.7",
      last_seen: "2026-11-21",
      message: "Success",
    },
  },
  {
    provider: "internetdb",
    about: address,
    path: /^\/198\.51\.100\.7$/,
    opinion: "context",
    body: {
      ip: address.value,
      ports: [22, 443],
      cpes: [],
      hostnames: ["h.example"],
      tags: [],
      vulns: ["CVE-2024-0001"],
    },
  },
  {
    provider: "urlscan",
    about: domain,
    path: /^\/search\/\?q=domain%3A%22c2\.example%22&size=100$/,
    keyHeader: "api-key",
    opinion: "context",
    body: {
      results: [
        {
          _id: "1",
          task: {
            uuid: "1",
            time: "2026-11-20T00:00:00.000Z",
            url: "https://c2.example/",
            visibility: "public",
          },
          page: { url: "https://c2.example/", domain: "c2.example", ip: "198.51.100.7" },
          result: "https://urlscan.io/api/v1/result/1/",
        },
      ],
      total: 1,
      took: 4,
      has_more: false,
    },
  },
  {
    provider: "hybrid-analysis",
    about: hash,
    path: /^\/search\/hash$/,
    keyHeader: "api-key",
    opinion: "malicious",
    body: [
      {
        job_id: "1",
        environment_id: 160,
        sha256: sample,
        verdict: "malicious",
        threat_score: 100,
        av_detect: "60",
        vx_family: "Example",
        submit_name: "order.xlsm",
        analysis_start_time: "2026-11-01T00:00:00+00:00",
        domains: ["c2.example"],
        hosts: ["198.51.100.7"],
        mitre_attcks: [{ technique: "PowerShell", attck_id: "T1059.001" }],
      },
    ],
  },
  {
    provider: "misp",
    about: address,
    path: /^\/attributes\/restSearch$/,
    keyHeader: "authorization",
    opinion: "malicious",
    body: {
      response: {
        Attribute: [
          {
            id: "1",
            event_id: "7",
            category: "Network activity",
            type: "ip-dst",
            to_ids: true,
            value: address.value,
            timestamp: "1790000000",
            Event: { id: "7", info: "Example event" },
            Tag: [{ name: "tlp:amber" }],
          },
        ],
      },
    },
  },
  {
    provider: "opencti",
    about: address,
    path: /^\/graphql$/,
    keyHeader: "authorization",
    opinion: "malicious",
    body: {
      data: {
        stixCyberObservables: {
          edges: [
            {
              node: {
                id: "1",
                entity_type: "IPv4-Addr",
                observable_value: address.value,
                x_opencti_score: 80,
                objectLabel: [{ value: "c2" }],
                objectMarking: [{ definition: "TLP:GREEN" }],
                indicators: { edges: [] },
                reports: { edges: [] },
              },
            },
          ],
        },
      },
    },
  },
  {
    provider: "rdap",
    about: domain,
    path: /^\/domain\/c2\.example$/,
    opinion: "context",
    body: {
      objectClassName: "domain",
      ldhName: "C2.EXAMPLE",
      events: [{ eventAction: "registration", eventDate: "2026-11-01T00:00:00Z" }],
      entities: [
        {
          roles: ["registrar"],
          vcardArray: ["vcard", [["fn", {}, "text", "Example Registrar"]]],
          entities: [
            { roles: ["abuse"], vcardArray: ["vcard", [["email", {}, "text", "abuse@registrar.example"]]] },
          ],
        },
      ],
    },
  },
  {
    provider: "spamhaus-drop",
    about: address,
    path: /^\/drop_v4\.json$/,
    opinion: "malicious",
    body: `{"cidr":"198.51.100.0/24","sblid":"SBL000000","rir":"ripencc"}\n{"type":"metadata","timestamp":1790000000,"size":1,"records":1}\n`,
  },
  {
    provider: "tor-exits",
    about: address,
    path: /^\/exit-addresses$/,
    opinion: "context",
    body: `ExitNode ${"0A".repeat(20)}\nPublished 2026-11-27 10:00:00\nLastStatus 2026-11-27 11:00:00\nExitAddress 198.51.100.7 2026-11-27 11:05:00\n`,
  },
];
