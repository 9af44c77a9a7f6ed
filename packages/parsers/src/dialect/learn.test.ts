import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collect, overlappingBytes, unaccountedBytes } from "../testing/collect.ts";
import type { Dialect } from "./dialect.ts";
import { dialectFormat } from "./format.ts";
import { learnDialect } from "./learn.ts";
import { guessByTokens } from "./tokens.ts";

const rows = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
const learn = (lines: readonly string[]): Dialect => learnDialect(lines, "acme")!.dialect;
const meaningsOf = (dialect: Dialect) =>
  Object.fromEntries(dialect.columns.flatMap(({ name, field }) => (field ? [[name, field]] : [])));

const pairs = rows(
  8,
  (i) =>
    `<134>Mar  3 10:22:3${i} gw1 acme: ts=2024-03-03T10:22:3${i}Z fw_src_addr=192.0.2.${i} fw_src_port=5012${i} fw_dst_addr=203.0.113.5 fw_dst_port=443 l4proto=6 verdict=ACCEPT login=user${i} note="a b ${i}"`,
);
const unnamed = rows(
  8,
  (i) => `03.04.2024|10:22:3${i}|192.0.2.${i}|203.0.113.5|5012${i}|443|tcp|deny|${i}00`,
);
const web = rows(
  8,
  (i) =>
    `192.0.2.${i} - - [03/Mar/2024:10:22:3${i} +0100] "GET /a${i}?x HTTP/1.1" 200 ${i}12 "https://www.example.org/" "Mozilla/5.0 (X${i})"`,
);
const spanish = [
  "Fecha,Hora,IP origen,srcIpNat,Destination Address,Usuario,Action",
  ...rows(8, (i) => `2024-03-03,10:22:3${i},192.0.2.${i},198.51.100.${i},203.0.113.5,ACME\\user${i},blocked`),
];

describe("learnDialect", () => {
  it.each<[string, string[], string, Record<string, string>]>([
    [
      "pairs behind syslog",
      pairs,
      "syslog",
      {
        ts: "time",
        fw_src_addr: "source.ip",
        fw_src_port: "source.port",
        fw_dst_addr: "destination.ip",
        fw_dst_port: "destination.port",
        l4proto: "network.transport",
        verdict: "event.action",
        login: "user.name",
        note: "message",
      },
    ],
    [
      "a table without names, by its values",
      unnamed,
      "none",
      {
        column1: "time",
        column2: "time",
        column3: "source.ip",
        column4: "destination.ip",
        column5: "source.port",
        column6: "destination.port",
        column7: "network.transport",
        column8: "event.action",
      },
    ],
    [
      "words with a request",
      web,
      "none",
      {
        column1: "source.ip",
        column4: "time",
        column5: "request-line",
        column6: "http.response.status_code",
        column8: "http.request.referrer",
        column9: "user_agent.original",
      },
    ],
    [
      "names in part foreign",
      spanish,
      "none",
      {
        Fecha: "time",
        Hora: "time",
        "IP origen": "source.ip",
        srcIpNat: "source.nat.ip",
        "Destination Address": "destination.ip",
        Usuario: "user.name",
        Action: "event.action",
      },
    ],
  ])("%s", (_, lines, envelope, wanted) => {
    const dialect = learn(lines);
    expect([dialect.envelope, meaningsOf(dialect)]).toEqual([envelope, wanted]);
  });

  it("says with what confidence, and why", () => {
    const { columns } = learn(unnamed);
    expect(columns).not.toEqual([]);
    for (const { confidence, why, field } of columns) {
      expect(why).not.toBe("");
      expect(confidence > 0).toBe(field !== undefined);
      expect(confidence).toBeLessThan(1);
    }
  });

  it.each([
    ["nothing", []],
    ["one word", ["x"]],
    [
      "prose behind syslog",
      rows(6, (i) => `Mar  3 10:22:3${i} h sshd[1]: Failed password for u${i} from 192.0.2.1 port 1 ssh2`),
    ],
  ])("finds no columns in %s", (_, lines) => expect(learnDialect(lines, "x")).toBeUndefined());
});

describe("dialectFormat", () => {
  const read = (lines: readonly string[], dialect = learn(lines)) =>
    collect(lines.join("\n"), [dialectFormat(dialect)]);

  it("reads what it was learned from", () => {
    const { events, rejects, format } = read(pairs);
    expect([format, events.length, rejects]).toEqual(["dialect/acme", 8, []]);
    expect(events[1]).toMatchObject({
      dataset: "dialect/acme",
      time: { ms: Date.UTC(2024, 2, 3, 10, 22, 31), zoneSource: "in-record" },
      fields: {
        "source.ip": "192.0.2.1",
        "source.port": 50_121,
        "network.transport": "tcp",
        "event.action": "allowed",
        "user.name": "user1",
        "host.name": "gw1",
        "firebreak.raw.note": "a b 1",
      },
    });
  });

  it("reads dates in the order and zone that the dialect states", () => {
    const dialect: Dialect = { ...learn(unnamed), order: "month-first", zone: "-04:00" };
    expect(read(unnamed, dialect).events[0]!.time).toMatchObject({
      ms: Date.UTC(2024, 2, 4, 14, 22, 30),
      zone: "-04:00",
      zoneSource: "format-default",
    });
    expect(read(unnamed).events[0]!.time).toMatchObject({ ms: Date.UTC(2024, 3, 3, 10, 22, 30) });
  });

  it("splits a request line", () => {
    expect(read(web).events[2]!.fields).toMatchObject({
      "http.request.method": "GET",
      "url.original": "/a2?x",
      "http.response.status_code": 200,
    });
  });

  it("leaves lines of other logs to others", () => {
    const format = dialectFormat(learn(unnamed));
    const head = { bytes: new Uint8Array(), text: "", lines: [], fileName: "x" };
    expect(format.sniff(unnamed[0]!, head)).toBeGreaterThan(0.9);
    for (const line of ["", "x", "a|b|c|d|e|f|g|h|i", ...pairs, ...web])
      expect(format.sniff(line, head)).toBe(0);
  });

  it("accounts for every byte of anything", () => {
    const formats = [pairs, unnamed, web, spanish].map((lines) => dialectFormat(learn(lines)));
    const pieces = fc.constantFrom(
      ...[...pairs, ...unnamed, ...web, ...spanish].flatMap((line) => line.split(/(?<=[ |,"=])/)),
      "\n",
      '"',
      "\0",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.constantFrom(...formats), (parts, format) => {
        const bytes = new TextEncoder().encode(parts.join(""));
        const out = collect(bytes, [format]);
        return unaccountedBytes(out, bytes.length) === 0 && overlappingBytes(out) === 0;
      }),
      { numRuns: 300 },
    );
  });
});

it.each([
  ["fw_src_addr_v4", "source"],
  ["DstPort", "destination.port"],
  ["translated-client-ip", "source.nat.ip"],
  ["serverBytes", "destination.bytes"],
  ["target_user", "user.target.name"],
  ["policy", undefined],
  ["address", undefined],
])("guessByTokens(%s)", (name, field) => expect(guessByTokens(name)?.field).toBe(field));
