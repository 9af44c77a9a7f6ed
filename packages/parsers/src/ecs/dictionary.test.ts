import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { connectionVerdict } from "./connection.ts";
import { assign, dictionary, macOf } from "./dictionary.ts";
import { transportOf } from "./transport.ts";

const known = dictionary({
  src: "source.ip:ip",
  spt: "source.port:port",
  proto: "network.transport:transport",
  n: "network.bytes:integer",
  user: "user.name",
  nat: "source.nat.ip:ip",
  natport: "source.nat.port:port",
});

describe("assign", () => {
  it.each<[string, string, string, Fields]>([
    ["address", "src", "::ffff:192.0.2.1", { "source.ip": "192.0.2.1" }],
    ["no address", "src", "999.1.1.1", { "firebreak.raw.src": "999.1.1.1" }],
    ["port out of range", "spt", "70000", { "firebreak.raw.spt": "70000" }],
    ["protocol", "proto", "17", { "network.transport": "udp" }],
    ["big integer", "n", "9223372036854775807", { "network.bytes": "9223372036854775807" }],
    ["text", "user", "zoë", { "user.name": "zoë" }],
    ["absent", "user", "N/A", {}],
    ["translated", "nat", "192.0.2.7", { "source.nat.ip": "192.0.2.7" }],
    ["nothing translated", "nat", "0.0.0.0", {}],
    ["no translated port", "natport", "0", {}],
    ["a port of zero", "spt", "0", { "source.port": 0 }],
    ["unknown name", "__proto__", "x", { "firebreak.raw.__proto__": "x" }],
  ])("%s", (_, name, value, expected) => {
    const fields: Fields = {};
    assign(fields, known, name, value);
    expect(fields).toEqual(expected);
  });
});

describe("small readers", () => {
  it("reads hardware addresses", () => {
    expect(macOf("00:1a:2b:3c:4d:5e")).toBe("00-1A-2B-3C-4D-5E");
    expect(macOf("001a.2b3c.4d5e")).toBe("00-1A-2B-3C-4D-5E");
    expect(macOf("00:1a")).toBeUndefined();
  });
  it("reads protocols and verdicts", () => {
    expect(transportOf("58")).toBe("ipv6-icmp");
    expect(transportOf("a b")).toBeUndefined();
    expect(connectionVerdict("Accept")).toBe("allowed");
    expect(connectionVerdict("constructor")).toBeUndefined();
  });
});
