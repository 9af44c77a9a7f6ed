import { describe, expect, it } from "vitest";
import { interpret, type KeptRecord } from "../interpret.ts";
import type { Observable } from "../observable.ts";
import type { Provider } from "../provider.ts";
import { greynoise } from "../providers/greynoise.ts";
import { internetdb } from "../providers/internetdb.ts";
import { urlhaus } from "../providers/urlhaus.ts";
import { virustotal } from "../providers/virustotal/virustotal.ts";
import { warningLists } from "../providers/warning-lists.ts";
import { savedRecord } from "../testing/outside.ts";
import { cardOf } from "./card-of.ts";

const file = "a3f1".repeat(16);
const address: Observable = { type: "address", value: "198.51.100.7" };
const asOf = "2026-11-28T00:00:00Z";

function answer(json: unknown, given: Partial<KeptRecord> = {}, provider: Provider = virustotal) {
  return interpret(provider, savedRecord(provider.id, given), Buffer.from(JSON.stringify(json)));
}

const ipReport = (positive: number, at = 1_762_000_000) => ({
  data: {
    id: address.value,
    type: "ip_address",
    attributes: {
      reputation: -4,
      last_analysis_date: at,
      last_analysis_stats: { malicious: positive, suspicious: 0, undetected: 30, harmless: 62 - positive },
    },
  },
});
const communicating = (count: number, own = false) => ({
  data: Array.from({ length: count }, (_, i) => ({
    type: "file",
    id: own && i === 0 ? file : `${i}`.padStart(64, "b"),
    attributes: { last_analysis_stats: { malicious: 40, undetected: 20 } },
  })),
  links: {
    self: `https://www.virustotal.com/api/v3/ip_addresses/${address.value}/communicating_files?limit=40`,
  },
});

describe("cardOf", () => {
  it("nothing kept: not asked, and every source that could be asked says so", () => {
    const card = cardOf(address, [], undefined, { asOf });
    expect(card).toMatchObject({ verdict: "not asked", confidence: 0, sightings: null });
    expect(card.sources.map(({ provider }) => provider)).toContain("virustotal");
    for (const { state, summary } of card.sources)
      expect([state, summary]).toEqual(["not asked", "not asked: off unless named with --provider"]);
  });

  it("zero detections reads with its date, and is never clean", () => {
    const card = cardOf(address, [answer(ipReport(0))], undefined, { asOf });
    expect(card.verdict).toBe("no detections");
    expect(card.sources[0]!.summary).toBe("no detections as of 2025-11-01 (0 of 92); community score -4");
    expect(JSON.stringify(card)).not.toMatch(/\bclean\b(?! bill)/);
  });

  it("a clean address with detected files is not clean, above all when the case's own file is among them", () => {
    const others = cardOf(address, [answer(ipReport(0)), answer(communicating(12))], undefined, { asOf });
    expect(others.verdict).toBe("suspicious");
    const own = cardOf(address, [answer(ipReport(0)), answer(communicating(12, true))], undefined, {
      asOf,
      own: [{ type: "hash", value: file }],
    });
    expect(own.verdict).toBe("malicious");
    expect(own.relations[0]).toMatchObject({ own: true, target: { value: file } });
    expect(own.reasons.some(({ text }) => text.startsWith("This case's own file"))).toBe(true);
  });

  it.each([
    [
      "404",
      { status: 404, about: address, askedAt: asOf },
      "unknown",
      "unknown to VirusTotal as of 2026-11-28",
    ],
    [
      "429",
      { status: 429, about: address, askedAt: asOf, retryAfter: "2026-11-28T00:01:00Z" },
      "not asked",
      "failed, retry after 2026-11-28T00:01:00Z: the provider's limit is reached (429): Quota exceeded",
    ],
    [
      "401",
      { status: 401, about: address, askedAt: asOf },
      "not asked",
      "failed: the key was refused (401): check FIREBREAK_VIRUSTOTAL_KEY: Quota exceeded",
    ],
    [
      "403",
      { status: 403, about: address, askedAt: asOf },
      "not asked",
      "not permitted with this key: the provider answered 403: Quota exceeded",
    ],
    ["refusal", { about: address, isRefusal: true, failure: "PAP:RED" }, "not asked", "not asked: PAP:RED"],
  ] as const)("%s is a state of the source, and no verdict", (_, given, verdict, summary) => {
    const body = { error: { code: "X", message: "Quota exceeded" } };
    const card = cardOf(address, [answer(body, given)], undefined, { asOf });
    expect(card.verdict).toBe(verdict);
    expect(card.sources[0]!.summary).toBe(summary);
    if (verdict === "not asked")
      expect(card.reasons.map(({ text }) => text)).toEqual([`VirusTotal says nothing: ${summary}.`]);
  });

  it("what is said of a URL counts for its host, and of the host for its URL; less on a host that many share", () => {
    const listed = answer(
      {
        query_status: "ok",
        urlhaus_reference: "x",
        url: "http://c2.example/a",
        url_status: "online",
        threat: "malware_download",
      },
      {},
      urlhaus,
    );
    const host = cardOf({ type: "domain", value: "c2.example" }, [listed], undefined, { asOf });
    expect(host).toMatchObject({ verdict: "suspicious", confidence: 45 });
    const pool = answer({ name: "Hosters", type: "hostname", list: ["c2.example"] }, {}, warningLists);
    const shared = cardOf({ type: "domain", value: "c2.example" }, [listed, pool], undefined, { asOf });
    expect(shared.reasons[0]).toMatchObject({
      weight: 14,
      text: expect.stringContaining("Many unrelated parties"),
    });
    const domainReport = answer({
      data: {
        type: "domain",
        id: "c2.example",
        attributes: { last_analysis_stats: { malicious: 12, harmless: 60 } },
      },
    });
    expect(
      cardOf({ type: "url", value: "http://c2.example/other" }, [domainReport], undefined, { asOf }),
    ).toMatchObject({ verdict: "suspicious", confidence: 45 });
  });

  it("only facts without an opinion: unknown; a service that vouches: no detections, never clean", () => {
    const only = (provider: Provider, json: unknown) =>
      cardOf(address, [answer(json, {}, provider)], undefined, { asOf });
    expect(
      only(internetdb, { ip: address.value, ports: [443], cpes: [], hostnames: [], tags: [], vulns: [] })
        .verdict,
    ).toBe("unknown");
    expect(
      only(greynoise, { ip: address.value, noise: false, riot: true, classification: "benign", name: "X" })
        .verdict,
    ).toBe("no detections");
  });

  it("two answers of different dates are both shown; the newest weighs", () => {
    const old = answer(ipReport(20, 1_700_000_000), { sha256: "1".repeat(64) });
    const card = cardOf(address, [old, answer(ipReport(0))], undefined, { asOf });
    expect(card.sources.filter(({ kept }) => kept !== null)).toHaveLength(2);
    expect(card.verdict).toBe("no detections");
    expect(card.notes.find((note) => note.includes("changed"))).toContain(
      "20 of 92 on 2023-11-14, 0 of 92 on 2025-11-01",
    );
  });

  it("answers after the date asked for are left out", () => {
    const later = [
      answer(ipReport(30), { askedAt: "2026-11-27T00:00:00Z" }),
      answer(ipReport(30, 1_795_000_000)),
      answer({}, { about: address, isRefusal: true, failure: "x" }),
    ];
    const card = cardOf(address, later, undefined, { asOf: "2026-11-15T00:00:00Z" });
    expect(card.verdict).toBe("not asked");
    expect(card.sources.filter(({ kept }) => kept !== null)).toEqual([]);
    // A saved answer of unknown date counts by its content's date.
    expect(cardOf(address, [answer(ipReport(30))], undefined, { asOf: "2026-11-15T00:00:00Z" }).verdict).toBe(
      "malicious",
    );
  });

  it("sandbox contact is capability, logs are observation", () => {
    const run = answer(
      {
        data: {
          ip_traffic: [
            { destination_ip: address.value, destination_port: 443, transport_layer_protocol: "TCP" },
          ],
        },
      },
      { about: { type: "hash", value: file }, part: "behaviour", status: 200 },
    );
    const card = cardOf(
      address,
      [run],
      {
        count: 0,
        undated: 0,
        first: null,
        last: null,
        events: [],
        eventsOmitted: 0,
        asSource: 0,
        asDestination: 0,
        hosts: [],
        coverage: "3 sources searched",
      },
      { asOf },
    );
    expect(card.capability[0]!.text).toContain(`the file ${file} contacted it (TCP 443)`);
    expect(card.reasons.at(-1)!.text).toBe("Our logs hold no record of it (3 sources searched).");
  });
});

describe("an address without a detection, contacted by the case's own file (the alert of a macro sheet)", () => {
  const own: Observable = { type: "hash", value: "0a".repeat(16) };
  const fileReport = answer({
    data: {
      id: file,
      type: "file",
      attributes: {
        sha256: file,
        md5: own.value,
        last_analysis_date: 1_700_000_000,
        last_analysis_stats: { malicious: 44, undetected: 19 },
        crowdsourced_ids_results: [
          {
            rule_msg: "Potentially bad traffic",
            alert_severity: "medium",
            alert_context: [{ dest_ip: address.value, dest_port: 443 }],
          },
        ],
      },
    },
  });
  const sandbox = answer({
    data: [
      {
        type: "file_behaviour",
        id: `${file}_A`,
        attributes: {
          verdicts: ["MALWARE"],
          ip_traffic: [{ destination_ip: address.value, destination_port: 443 }],
        },
      },
    ],
  });
  const zero = answer(ipReport(0));
  const card = (...answers: ReturnType<typeof answer>[]) =>
    cardOf(address, answers, undefined, { asOf, own: [own] });

  it("is malicious by its relations alone, and every step is said", () => {
    const found = card(zero, answer(communicating(30, true)), fileReport, sandbox);
    expect(found.verdict).toBe("malicious");
    expect(
      found.sources.find(({ part, provider }) => provider === "virustotal" && part === "report")!.summary,
    ).toMatch(/^no detections as of/);
    const text = found.reasons.map((one) => one.text).join("\n");
    expect(text).toContain("This case's own file");
    expect(text).toContain("29 detected files seen talking to it");
    expect(text).toContain("Potentially bad traffic");
    expect(text).toContain("That is capability");
    expect(text).toContain("community score -4");
  });

  it("stays no detections for an address that nothing ties to anything", () => {
    expect(card(zero).verdict).toBe("no detections");
  });

  it("a shared address is annotated: others' files weigh little, the own file weighs in full", () => {
    const lists = interpret(
      warningLists,
      savedRecord("warning-lists"),
      Buffer.from(
        JSON.stringify({ name: "CDN", type: "cidr", description: "a CDN", list: ["198.51.100.0/24"] }),
      ),
    );
    const others = cardOf(address, [zero, answer(communicating(30)), lists], undefined, { asOf });
    expect(others.verdict).toBe("suspicious");
    expect(others.confidence).toBeLessThan(30);
    expect(others.notes[0]).toContain("Shared by many unrelated parties");
    expect(card(zero, answer(communicating(30, true)), fileReport, sandbox, lists).verdict).toBe("malicious");
  });

  it("the file's own card tells its contact as capability, and knows the file by its MD5", () => {
    const found = cardOf(own, [fileReport, sandbox], undefined, { asOf });
    expect(found).toMatchObject({ verdict: "malicious", observable: own });
    expect(
      cardOf({ type: "hash", value: file }, [sandbox], undefined, { asOf }).capability[0]!.text,
    ).toContain("contacted 198.51.100.7");
  });
});
