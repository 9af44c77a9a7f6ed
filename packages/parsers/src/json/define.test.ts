import { describe, expect, it } from "vitest";
import { jsonProducts } from "../json-products/all.ts";
import { createTimeReader } from "../time/reader.ts";
import { holds, product, splitInstant } from "./define.ts";

const context = { fileName: "a.json", time: createTimeReader() };
const sample = product({
  name: "a/b",
  title: "B",
  recognises: holds("who.name", "at"),
  time: ["at", "when"],
  fixed: { "event.category": ["iam"] },
  map: [
    ["text", "user.name", "who.name"],
    ["program", "process", "image"],
    ["file", "file", "path"],
    ["hash", "file.hash", "digest"],
    ["outcome", "event.outcome", "result"],
    ["host", "host.name", "machine"],
    ["mac", "source.mac", "mac"],
  ],
});

function read(record: Record<string, string | object>) {
  const draft = {
    dataset: "a/b",
    fields: {} as Record<string, unknown>,
    time: undefined as { ms: number } | undefined,
  };
  sample.read(record as never, draft as never, context);
  return draft;
}

describe("product", () => {
  it("knows its records by the paths that must hold a value", () => {
    expect(sample.recognises({ who: { name: "a" }, at: "x" })).toBe(true);
    expect(sample.recognises({ who: {}, at: "x" })).toBe(false);
    expect(sample.recognises({})).toBe(false);
  });
  it.each([
    [
      "a program with its path",
      { image: "C:\\a\\b.exe" },
      { "process.executable": "C:\\a\\b.exe", "process.name": "b.exe" },
    ],
    ["a bare program", { image: "b.exe" }, { "process.name": "b.exe" }],
    [
      "a file",
      { path: "/srv/a/plan.pdf" },
      { "file.path": "/srv/a/plan.pdf", "file.directory": "/srv/a", "file.extension": "pdf" },
    ],
    ["a hash by its length", { digest: "AB".repeat(32) }, { "file.hash.sha256": "ab".repeat(32) }],
    ["a success", { result: "Succeeded" }, { "event.outcome": "success" }],
    ["a failure", { result: "DENIED" }, { "event.outcome": "failure" }],
    ["a machine in its domain", { machine: "CORP\\WS1" }, { "host.name": "WS1", "host.domain": "CORP" }],
    ["a machine's address", { machine: "192.0.2.1" }, { "host.ip": ["192.0.2.1"] }],
    ["a MAC address", { mac: "00:00:5e:00:53:01" }, { "source.mac": "00-00-5E-00-53-01" }],
  ])("maps %s", (_, record, expected) => expect(read(record).fields).toMatchObject(expected));
  it("leaves out what does not fit", () => {
    const { fields } = read({ digest: "xyz", result: "perhaps", mac: "none" });
    expect(Object.keys(fields)).toEqual(["event.category"]);
  });
  it.each([
    ["ISO", "2024-03-05T10:00:00Z"],
    ["epoch milliseconds", "1709632800000"],
    ["a named month", "05-Mar-2024 10:00:00"],
    ["Go's zone twice", "2024-03-05 10:00:00 +0000 UTC"],
    ["an instant", { epochSecond: 1709632800, nano: 0 }],
  ])("reads %s as time", (_, at) => expect(read({ at }).time?.ms).toBe(Date.UTC(2024, 2, 5, 10)));
});

describe("splitInstant", () => {
  it.each([
    ["nanoseconds out of range", { epochSecond: 1, nano: 1e9 }],
    ["no number", { epochSecond: "1" }],
    ["beyond a date", { epochSecond: 1e15 }],
  ])("refuses %s", (_, value) => expect(splitInstant(value, context.time)).toBeUndefined());
});

describe("all products", () => {
  it("have names of their own and do not take empty or foreign objects", () => {
    expect(new Set(jsonProducts.map(({ name }) => name)).size).toBeGreaterThan(80);
    for (const record of [
      {},
      { message: "x" },
      { a: 1, timestamp: "2024-03-05T10:00:00Z", level: "info", msg: "hello" },
    ])
      for (const { name, recognises } of jsonProducts)
        expect([name, recognises(record)]).toEqual([name, false]);
  });
});
