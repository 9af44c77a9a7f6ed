/** Forms of VirusTotal's answers: objects, pages of relations, sandbox runs, errors, the old API. */
import { describe, expect, it } from "vitest";
import type { Observable } from "../../observable.ts";
import { readSaved, savedReading } from "../../testing/saved.ts";
import { address, domain, hash, sample, url } from "../../testing/shapes.ts";

const vt = (type: string, id: string, attributes: unknown) => ({ data: { type, id, attributes } });
const stats = (malicious: unknown, undetected: unknown = 60) => ({
  last_analysis_stats: { malicious, undetected },
});

describe("VirusTotal", () => {
  it.each<[string, unknown, Observable, object]>([
    [
      "numbers as text",
      vt("ip_address", "198.51.100.7", stats("6", "84")),
      address,
      { detections: { positive: 6, total: 90 }, opinion: "malicious" },
    ],
    [
      "only results, no stats",
      vt("domain", "c2.example", {
        last_analysis_results: {
          A: { category: "malicious" },
          B: { category: "undetected" },
          C: { category: "timeout" },
        },
      }),
      domain,
      { detections: { positive: 1, total: 2 } },
    ],
    ["no analysis at all", vt("domain", "c2.example", {}), domain, { opinion: "context", weight: 0 }],
    [
      "timeouts and failures do not count",
      vt("file", sample, {
        last_analysis_stats: { malicious: 0, undetected: 50, timeout: 9, failure: 3, "type-unsupported": 12 },
      }),
      hash,
      { detections: { positive: 0, total: 50 }, opinion: "no detections" },
    ],
    [
      "a URL by its id",
      vt("url", Buffer.from(url.value).toString("base64url"), stats(3)),
      url,
      { opinion: "suspicious" },
    ],
    [
      "a URL by its attribute",
      vt("url", "f".repeat(64), { ...stats(9), url: url.value }),
      url,
      { opinion: "malicious" },
    ],
    [
      "an object without envelope",
      { type: "file", id: sample, attributes: stats(30) },
      hash,
      { opinion: "malicious" },
    ],
    ["bare attributes", { sha256: sample, ...stats(30) }, hash, { opinion: "malicious" }],
    [
      "a list from a search",
      { data: [{ type: "file", id: sample, attributes: stats(2) }], meta: {} },
      hash,
      { opinion: "suspicious" },
    ],
    [
      "relations as ids only",
      {
        data: {
          type: "ip_address",
          id: "198.51.100.7",
          attributes: {},
          relationships: { communicating_files: { data: [{ type: "file", id: sample }] } },
        },
      },
      address,
      { relations: [{ kind: "communicating", target: hash }] },
    ],
    [
      "a page of relations without attributes",
      {
        data: [{ type: "file", id: sample }],
        links: { self: "https://www.virustotal.com/api/v3/domains/c2.example/communicating_files?limit=40" },
      },
      domain,
      { relations: [{ kind: "communicating", target: hash }] },
    ],
    [
      "an empty page",
      {
        data: [],
        links: { self: "https://www.virustotal.com/api/v3/domains/c2.example/referrer_files" },
        meta: { count: 0 },
      },
      domain,
      { relations: [], relationsTotal: 0 },
    ],
    [
      "resolutions",
      {
        data: [
          {
            type: "resolution",
            id: "198.51.100.7c2.example",
            attributes: { ip_address: "198.51.100.7", host_name: "c2.example", date: 1_700_000_000 },
          },
        ],
        links: { self: "https://www.virustotal.com/api/v3/ip_addresses/198.51.100.7/resolutions" },
      },
      address,
      { relations: [{ kind: "resolution", target: domain, seenAt: "2023-11-14T22:13:20Z" }] },
    ],
    [
      "sandbox runs",
      {
        data: [
          {
            type: "file_behaviour",
            id: `${sample}_SandboxA`,
            attributes: {
              analysis_date: 1_790_000_000,
              verdicts: ["MALWARE"],
              ip_traffic: [{ destination_ip: "198.51.100.7", destination_port: 443 }],
              mitre_attack_techniques: [{ id: "T1059.001", signature_description: "runs a shell" }],
            },
          },
        ],
      },
      hash,
      { isCapability: true, opinion: "malicious", techniques: [{ id: "T1059.001", why: "runs a shell" }] },
    ],
    [
      "a sandbox summary, about the file of its own link",
      {
        data: { ip_traffic: [{ destination_ip: "198.51.100.7", destination_port: 443 }] },
        links: { self: `https://www.virustotal.com/api/v3/files/${sample}/behaviour_summary` },
      },
      hash,
      { isCapability: true, relations: [{ kind: "contacted", target: address, detail: "443" }] },
    ],
    [
      "v2, a file",
      {
        response_code: 1,
        resource: sample,
        sha256: sample,
        md5: "0a".repeat(16),
        positives: 44,
        total: 63,
        scan_date: "2021-03-14 10:00:00",
        permalink: "https://www.virustotal.com/x",
        verbose_msg: "Scan finished",
        scans: {},
      },
      hash,
      { detections: { positive: 44, total: 63 }, contentAt: "2021-03-14T10:00:00Z", opinion: "malicious" },
    ],
    [
      "v2, a URL",
      {
        response_code: 1,
        url: url.value,
        resource: url.value,
        positives: 0,
        total: 80,
        scan_date: "2021-03-14 10:00:00",
        verbose_msg: "x",
      },
      url,
      { opinion: "no detections" },
    ],
  ])("%s", (_, body, about, expected) => {
    expect(savedReading(body, about)).toMatchObject({
      provider: "virustotal",
      state: "answered",
      ...expected,
    });
  });

  it.each<[string, unknown, Observable | null, string]>([
    [
      "v2, not in the dataset",
      { response_code: 0, resource: sample, verbose_msg: "not present" },
      null,
      "unknown",
    ],
    ["v2, queued", { response_code: -2, resource: sample, verbose_msg: "queued" }, null, "failed"],
    [
      "an error that names the file",
      { error: { code: "NotFoundError", message: `File "${sample}" not found` } },
      null,
      "unknown",
    ],
    ["quota", { error: { code: "QuotaExceededError", message: "Quota exceeded" } }, hash, "failed"],
    [
      "a relation that the key does not cover",
      { error: { code: "ForbiddenError", message: "You are not authorized" } },
      hash,
      "not permitted",
    ],
  ])("%s", (_, body, about, state) => {
    expect(savedReading(body, hash, about)).toMatchObject({ provider: "virustotal", state });
  });

  it("v2 reports on an address carry relations and no engines of their own", () => {
    const body = {
      response_code: 1,
      verbose_msg: "IP address in dataset",
      asn: 64500,
      as_owner: "Example Net",
      detected_urls: [{ url: url.value, positives: 3, total: 80, scan_date: "2021-01-01 00:00:00" }],
      detected_communicating_samples: [
        { sha256: sample, positives: 44, total: 63, date: "2021-03-14 00:00:00" },
      ],
      resolutions: [{ hostname: "c2.example", last_resolved: "2021-01-01 00:00:00" }],
    };
    expect(savedReading(body, address, address)).toMatchObject({
      opinion: "no detections",
      relations: [
        { kind: "communicating", detections: { positive: 44, total: 63 } },
        { kind: "hosted-url" },
        { kind: "resolution", target: domain },
      ],
    });
    expect(readSaved(body).answer!.detail).toContain("--about");
  });
});
