/** Own servers, sandboxes and feeds: the forms in which people save and share them. */
import { describe, expect, it } from "vitest";
import type { Observable } from "../observable.ts";
import { savedReading } from "../testing/saved.ts";
import { address, domain, hash, sample, url } from "../testing/shapes.ts";

describe("documents", () => {
  it.each<[string, string, unknown, Observable, object]>([
    [
      "a JSON list of objects",
      "json-feed",
      [
        {
          ip_address: "198.51.100.7",
          port: 8080,
          status: "offline",
          first_seen: "2022-06-04 21:24:53",
          malware: "Example",
        },
      ],
      address,
      { opinion: "suspicious", weight: 40, firstSeen: "2022-06-04T21:24:53Z", labels: ["Example"] },
    ],
    [
      "a JSON list of texts",
      "json-feed",
      ["198.51.100.7", "c2[.]example"],
      domain,
      { opinion: "suspicious" },
    ],
    [
      "an ANY.RUN analysis alone",
      "anyrun",
      {
        uuid: "1",
        content: { mainObject: { type: "file", hashes: { sha256: sample } } },
        scores: { verdict: { threatLevel: 0 } },
        tags: ["x"],
      },
      hash,
      { opinion: "no detections", labels: ["x"] },
    ],
    [
      "a Hybrid Analysis overview with reports by id",
      "hybrid-analysis",
      {
        sha256: sample,
        last_file_name: "x",
        verdict: "whitelisted",
        last_multi_scan: "2023-07-17T18:31:09+00:00",
        multiscan_result: 0,
        reports: ["58593319aac2edc56d351531"],
        scanners: [],
      },
      hash,
      { opinion: "known good", contentAt: "2023-07-17T18:31:09Z" },
    ],
    [
      "MISP, an event",
      "misp",
      {
        Event: {
          info: "Campaign",
          date: "2026-11-01",
          Tag: [{ name: "tlp:red" }],
          Attribute: [
            {
              type: "domain|ip",
              category: "Network activity",
              to_ids: true,
              value: "c2.example|198.51.100.7",
            },
          ],
        },
      },
      address,
      { opinion: "malicious", tlp: "RED" },
    ],
    [
      "MISP, an object's hashes",
      "misp",
      {
        response: [
          {
            Event: {
              info: "E",
              Object: [
                {
                  name: "file",
                  Attribute: [
                    { type: "md5", category: "Payload delivery", to_ids: "1", value: "0a".repeat(16) },
                    {
                      type: "filename|sha256",
                      category: "Payload delivery",
                      to_ids: true,
                      value: `x.exe|${sample}`,
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
      { type: "hash", value: "0a".repeat(16) },
      { aliases: [hash] },
    ],
    [
      "MISP, no indicator",
      "misp",
      {
        Attribute: {
          type: "url",
          category: "External analysis",
          to_ids: false,
          value: url.value,
          event_id: "3",
        },
      },
      url,
      { opinion: "context" },
    ],
    [
      "OpenCTI, an indicator's pattern",
      "opencti",
      {
        data: {
          indicators: {
            edges: [
              {
                node: {
                  id: "1",
                  name: "x y",
                  pattern: "[domain-name:value = 'c2.example']",
                  x_opencti_score: 90,
                },
              },
            ],
          },
        },
      },
      domain,
      { opinion: "malicious" },
    ],
    [
      "OpenCTI, hashes",
      "opencti",
      {
        data: {
          stixCyberObservables: {
            edges: [
              {
                node: {
                  entity_type: "StixFile",
                  observable_value: "x.exe file",
                  hashes: [{ algorithm: "SHA-256", hash: sample }],
                  x_opencti_score: 50,
                },
              },
            ],
          },
        },
      },
      hash,
      { opinion: "context" },
    ],
    [
      "Spamhaus, the text form",
      "spamhaus-drop",
      "; Spamhaus DROP List 2026/11/28\n198.51.100.0/24 ; SBL1\n",
      address,
      { opinion: "malicious" },
    ],
    [
      "RDAP, a network",
      "rdap",
      {
        objectClassName: "ip network",
        startAddress: "198.51.100.0",
        endAddress: "198.51.100.255",
        name: "EXAMPLE",
      },
      address,
      { opinion: "context", summary: "EXAMPLE" },
    ],
    [
      "ANY.RUN, indicators",
      "anyrun",
      [
        { category: "Main object", type: "sha256", ioc: sample, reputation: 2 },
        { category: "Connections", type: "ip", ioc: "198.51.100.7", reputation: 0 },
      ],
      hash,
      { opinion: "malicious", relations: [{ kind: "contacted", target: address }] },
    ],
    [
      "ANY.RUN, tasks",
      "anyrun",
      {
        error: false,
        data: {
          tasks: [
            {
              verdict: "Malicious activity",
              hashes: { sha256: sample, md5: "0a".repeat(16) },
              date: "2021-03-14T00:00:00Z",
            },
          ],
        },
      },
      hash,
      { opinion: "malicious" },
    ],
    [
      "Cuckoo",
      "cape",
      {
        info: { id: 1, score: 7.2, ended: "2026-11-01 00:05:00" },
        target: { category: "file", file: { sha256: sample, name: "x" } },
        signatures: [{ name: "s", severity: 3, ttp: { T1497: {} } }],
        network: { hosts: ["198.51.100.7"], tcp: [{ dst: "198.51.100.7", dport: 443 }] },
        suricata: { alerts: [{ signature: "CnC", dst_ip: "198.51.100.7" }] },
      },
      hash,
      {
        opinion: "malicious",
        relations: [
          { kind: "contacted", target: address, detail: "TCP 443" },
          { kind: "ids-alert", target: address },
        ],
        techniques: [{ id: "T1497" }],
      },
    ],
    [
      "KEV",
      "kev",
      {
        title: "x",
        catalogVersion: "1",
        dateReleased: "2026-11-28T00:00:00Z",
        vulnerabilities: [
          {
            cveID: "CVE-2024-0001",
            vendorProject: "Example",
            product: "Server",
            dateAdded: "2024-02-01",
            knownRansomwareCampaignUse: "Known",
          },
        ],
      },
      { type: "vulnerability", value: "CVE-2024-0001" },
      { opinion: "malicious", labels: ["ransomware"] },
    ],
    [
      "STIX, a pattern with hashes",
      "stix",
      {
        type: "bundle",
        id: "bundle--00000000-0000-4000-8000-000000000001",
        objects: [
          {
            type: "indicator",
            id: "indicator--00000000-0000-4000-8000-000000000002",
            pattern: `[file:hashes.MD5 = '${"0a".repeat(16)}' OR file:hashes.'SHA-256' = '${sample}']`,
            confidence: 80,
            object_marking_refs: ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"],
            valid_from: "2026-01-01T00:00:00Z",
          },
        ],
      },
      hash,
      { opinion: "malicious", tlp: "AMBER" },
    ],
    [
      "warning lists",
      "warning-lists",
      { name: "Shared", type: "cidr", version: 1, description: "d", list: ["198.51.100.0/24"] },
      address,
      { opinion: "known good", shared: 'on "Shared": d' },
    ],
    [
      "a CSV with a header",
      "csv-feed",
      "type,indicator,malware,confidence\nip,198.51.100[.]7,Example,90\n",
      address,
      { opinion: "malicious", labels: ["Example"] },
    ],
    [
      "abuse.ch's CSV",
      "csv-feed",
      '# comment\n# first_seen_utc,dst_ip,dst_port,c2_status,last_online,malware\n"2021-01-01 00:00:00","198.51.100.7","443","online","2021-02-01","Example"\n',
      address,
      { firstSeen: "2021-01-01T00:00:00Z", labels: ["Example"] },
    ],
    [
      "a plain list",
      "csv-feed",
      "# bad\n198.51.100.7\nhxxp://c2[.]example/a\n",
      url,
      { opinion: "suspicious" },
    ],
  ])("%s", (_, provider, body, about, expected) => {
    expect(savedReading(body, about)).toMatchObject({ provider, state: "answered", ...expected });
  });
});
