import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./json-lines.ts";

const read = (line: string) => collect(line, [format]);
const fieldsOf = (line: string) => read(line).events[0]?.fields ?? {};

describe("generic/json-lines", () => {
  it.each([
    ["empty object", "{}", 1, 0],
    ["trailing comma of an export", '{"a":1},', 1, 0],
    ["compose prefix", 'web-1  | {"a":1}', 1, 0],
    ["truncated", '{"a":"b', 0, 1],
    ["no JSON", "[error] {x}", 0, 1],
    ["records in an envelope", '{"records":[{"a":1},{"a":2}]}', 2, 0],
  ])("%s", (_name, line, events, rejects) => {
    const got = read(line);
    expect([got.events.length, got.rejects.length]).toEqual([events, rejects]);
  });

  it.each([
    ["source with port", '{"client_ip":"192.0.2.1:443"}', { "source.ip": "192.0.2.1", "source.port": 443 }],
    ["no address is no source.ip", '{"client_ip":"999.1.1.1"}', { "firebreak.raw.client_ip": "999.1.1.1" }],
    ["nested pair", '{"client":{"ip":"2001:DB8::1"}}', { "source.ip": "2001:db8::1" }],
    ["hash by length", `{"hash":"${"a".repeat(40)}"}`, { "file.hash.sha1": "a".repeat(40) }],
    ["status is a result or an HTTP status", '{"status":404}', { "http.response.status_code": 404 }],
    ["verdict", '{"action":"DENY"}', { "event.action": "denied" }],
    ["domain user", '{"user":"EX\\\\bob"}', { "user.name": "bob", "user.domain": "EX" }],
    [
      "big integers stay text",
      '{"n":12345678901234567890,"m":[9007199254740993]}',
      { "firebreak.raw.n": "12345678901234567890" },
    ],
    [
      "digits in a text stay",
      '{"s":"[ 12345678901234567890 ]","n":1}',
      { "firebreak.raw.s": "[ 12345678901234567890 ]" },
    ],
    ["prototype keys are data", '{"__proto__":{"x":1}}', { "firebreak.raw.__proto__.x": 1 }],
  ])("%s", (_name, line, expected) => {
    expect(fieldsOf(line)).toMatchObject(expected);
    if (_name.startsWith("no address")) expect(fieldsOf(line)).not.toHaveProperty(["source.ip"]);
  });

  it.each([
    ["seconds", '{"ts":1700000000}', "2023-11-14T22:13:20.000Z"],
    ["fraction", '{"ts":1700000000.5}', "2023-11-14T22:13:20.500Z"],
    ["milliseconds", '{"time":1700000000123}', "2023-11-14T22:13:20.123Z"],
    ["microseconds", '{"time":"1700000000123456"}', "2023-11-14T22:13:20.123Z"],
    ["nanoseconds", '{"time":1700000000123456789}', "2023-11-14T22:13:20.123Z"],
    ["ISO", '{"@timestamp":"2024-03-05T10:00:00+01:00"}', "2024-03-05T09:00:00.000Z"],
    ["Date()", '{"TimeCreated":"/Date(1700000000123)/"}', "2023-11-14T22:13:20.123Z"],
    ["day first by its number", '{"date":"25/03/2024 10:00:00"}', "2024-03-25T10:00:00.000Z"],
    ["month first with a 12-hour clock", '{"date":"3/5/2024 10:00:00 PM"}', "2024-03-05T22:00:00.000Z"],
  ])("time: %s", (_name, line, expected) => {
    expect(new Date(read(line).events[0]?.time?.ms ?? Number.NaN).toISOString()).toBe(expected);
  });

  it("says how sure it is of an inferred field", () => {
    const fields = fieldsOf('{"src_ip":"192.0.2.1","ip":"192.0.2.2"}');
    expect(fields["source.ip"]).toBe("192.0.2.1");
    expect(fields["firebreak.inference.source.ip"]).toBeGreaterThan(0.9);
  });

  it("bounds depth and number of fields", () => {
    const deep = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;
    expect(fieldsOf(deep)["firebreak.truncated"]).toBe(true);
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])));
    const fields = fieldsOf(wide);
    expect(fields["firebreak.truncated"]).toBe(true);
    expect(Object.keys(fields).length).toBeLessThan(1100);
  });

  it("votes lower than a format that knows the product", () => {
    expect(format.sniff('{"EventID":4624}')).toBeLessThanOrEqual(0.4);
    expect(format.sniff("{not json")).toBe(0);
  });
});
