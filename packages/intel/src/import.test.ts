import { describe, expect, it } from "vitest";
import { observableInName, readImport } from "./import.ts";
import { readObservable } from "./observable.ts";
import { address, sample, shapes } from "./testing/shapes.ts";

const bytesOf = (body: unknown) => Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
const take = (body: unknown, given: Partial<Parameters<typeof readImport>[0]> = {}) =>
  readImport({
    bytes: bytesOf(body),
    name: null,
    keptAt: "2026-11-28T00:00:00Z",
    sha256: "0".repeat(64),
    ...given,
  });

describe("readImport", () => {
  it.each(shapes.map((shape) => [shape.provider, shape] as const))(
    "finds out that it is %s",
    (id, { body }) => {
      const { imported, problems } = take(body);
      expect(problems).toEqual([]);
      expect(imported.map(({ provider }) => provider.id)).toEqual([id]);
    },
  );

  it("reads a file that holds several answers, each at its place, also as text inside a wrapper", () => {
    const [vt, abuse] = shapes;
    const { imported, problems } = take({
      note: "mine",
      answers: {
        a: vt!.body,
        b: { status: 200, body: JSON.stringify(abuse!.body) },
        c: { query_status: "no_results" },
      },
    });
    expect(imported.map(({ record }) => [record.provider, record.pointer, record.about?.value])).toEqual([
      ["virustotal", ["answers", "a"], sample],
      ["abuseipdb", ["answers", "b", "body"], "198.51.100.7"],
    ]);
    expect(problems).toEqual([expect.stringMatching(/^answers\.c: URLhaus: .*--about/)]);
  });

  it("a list of answers is read answer by answer, not as a list of bad things", () => {
    const row = (ip: string) => ({ ip, ports: [], cpes: [], hostnames: [], tags: [], vulns: [] });
    const { imported } = take([row("198.51.100.7"), row("198.51.100.8")]);
    expect(imported.map(({ provider, record }) => [provider.id, record.pointer])).toEqual([
      ["internetdb", ["0"]],
      ["internetdb", ["1"]],
    ]);
    expect(
      take({ inventory: { machines: [{ ip: "198.51.100.7" }, { ip: "198.51.100.8" }] } }).imported,
    ).toEqual([]);
  });

  it("a file crafted to hold very many parts is looked through in bounded time", () => {
    const grow = (depth: number): unknown =>
      depth === 0
        ? { x: 1 }
        : Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}`, grow(depth - 1)]));
    const many = Array.from({ length: 1100 }, () => shapes[1]!.body);
    const cut = take({ many });
    expect(cut.imported.length).toBeGreaterThan(990);
    expect(cut.problems).toEqual([expect.stringContaining("Split the file")]);
    expect(take(grow(4)).problems).toEqual(["JSON of no known provider: name it with --provider"]);
  });

  it("takes the observable from the file's name when the answer names none", () => {
    const { imported } = take(
      { detail: "No information available" },
      { name: "internetdb_198.51.100.7.json" },
    );
    expect(imported[0]!.record.about).toEqual(address);
    expect(imported[0]!.description).toBe("Shodan InternetDB, report on address 198.51.100.7");
  });

  it("reads UTF-16 and a byte order mark, as some tools save them", () => {
    const text = JSON.stringify(shapes[0]!.body);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    const marked = Buffer.from(`\ufeff${text}`, "utf8");
    for (const bytes of [utf16, marked]) expect(take("", { bytes }).imported).toHaveLength(1);
  });

  it.each<[string, unknown, RegExp]>([
    ["nothing", "", /no known provider/],
    ["an HTML page", "<!doctype html><html></html>", /HTML or XML/],
    ["cut JSON", '{"data": [', /cut off or damaged/],
    ["JSON of nobody", { hello: "world" }, /no known provider: name it/],
    ["JSON nested beyond reason", `${"[".repeat(5000)}${"]".repeat(5000)}`, /cut off or damaged/],
    [
      "a saved error",
      { errors: [{ detail: "Daily rate limit exceeded", status: 429 }] },
      /AbuseIPDB: Daily rate limit/,
    ],
    ["prose", "Please find the report attached.", /no known provider, and no line/],
  ])("%s is a problem in words, and nothing is kept", (_, body, problem) => {
    const { imported, problems } = take(body);
    expect(imported).toEqual([]);
    expect(problems.join()).toMatch(problem);
  });
});

describe("observableInName", () => {
  it.each<[string, string | undefined]>([
    ["177.53.143.89.json", "177.53.143.89"],
    ["/x/vt_8.8.8.8_report.json", "8.8.8.8"],
    ["vt-8_8_8_8.json", "8.8.8.8"],
    [`${sample}.behaviour.json`, sample],
    [`sample-${"0A".repeat(16)}-vt.json`, "0a".repeat(16)],
    ["c2.example.json", "c2.example"],
    ["otx_c2.example_general.json", "c2.example"],
    ["report.json", undefined],
    ["response.v2.json", undefined],
    ["", undefined],
  ])("%s", (name, value) => {
    expect(observableInName(name)?.value).toBe(value);
  });
});

describe("readObservable", () => {
  it.each<[string, string | undefined, string?]>([
    ["198.51.100[.]7", "198.51.100.7", "address"],
    ["::ffff:8.8.8.8", "8.8.8.8", "address"],
    ["2001:0DB8::0001", "2001:db8::1", "address"],
    ["[2001:db8::1]", "2001:db8::1", "address"],
    ["HXXPS://C2[.]Example/A", "https://c2.example/A", "url"],
    ["C2.Example.", "c2.example", "domain"],
    ["bücher.example", "xn--bcher-kva.example", "domain"],
    ["cve-2024-0001", "CVE-2024-0001", "vulnerability"],
    ["5EC0".repeat(16), sample, "hash"],
    ["1.2.3", undefined],
    ["1.2.3.456", undefined],
    ["localhost", undefined],
    ["a b.example", undefined],
    ["-bad.example", undefined],
    ["", undefined],
  ])("%s", (text, value, type) => {
    expect(readObservable(text)).toEqual(value === undefined ? undefined : { type, value });
  });
});
