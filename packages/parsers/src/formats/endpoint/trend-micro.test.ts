import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./trend-micro.ts";

describe("endpoint/trend-micro", () => {
  it.each([
    [
      "virus with epoch",
      "20240305<;>1014<;>Bad<;>2<;>1<;>0<;>C:\\t\\<;>a.exe<;><;>1709630042<;><;>",
      "in-record",
      { "rule.name": "Bad", "event.action": "deleted", "file.path": "C:\\t\\a.exe" },
    ],
    [
      "virus without epoch",
      "20240305<;>914<;>Bad<;>5<;>1<;>0<;>C:\\t<;>a.exe<;>",
      "assumed",
      { "event.action": "clean-failed", "file.path": "C:\\t\\a.exe" },
    ],
    [
      "web",
      "20240305<;>1014<;>1<;>http://a.example/x<;>4E<;>Cat<;>1<;>1<;>C:\\p.exe<;>49<;><;>0<;>1709630042<;>",
      "in-record",
      { "url.domain": "a.example", "process.name": "p.exe", "event.action": "blocked" },
    ],
  ])("%s", (_name, line, source, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(event.time?.zoneSource).toBe(source);
  });
  it.each([
    ["impossible date", "20241305<;>1014<;>Bad<;>2<;>1<;>0<;>C:<;>a<;>"],
    ["cut", "20240305<;>1014<;>Bad"],
  ])("rejects: %s", (_name, line) => {
    expect(collect(line, [format]).rejects).toHaveLength(1);
  });
});
