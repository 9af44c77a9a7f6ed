import type { Finding } from "@firebreak/model/picture";
import { describe, expect, it } from "vitest";
import { weighLoneTools } from "./lone-tool.ts";

const finding = (
  severity: Finding["severity"],
  host: string,
  techniques: string[],
  kind: Finding["kind"] = "detection",
) =>
  ({
    kind,
    severity,
    confidence: 50,
    statement: "Found.",
    alternatives: [],
    entities: [{ type: "host", value: host, role: "host" }],
    techniques: techniques.map((id) => ({ id, name: id, events: [] })),
  }) as unknown as Finding;
const tool = finding("medium", "APP1", ["T1569.002", "T1021.002"]);

describe("weighLoneTools", () => {
  it.each<[string, Finding[], Finding["severity"]]>([
    ["alone", [], "low"],
    ["beside another tool", [finding("medium", "app1", ["T1219.002"])], "low"],
    ["beside the alert about it", [finding("high", "APP1", [], "alert")], "low"],
    ["beside something of another machine", [finding("medium", "PC7", ["T1110"])], "low"],
    ["beside something of its machine", [finding("medium", "app1", ["T1110"])], "medium"],
    ["where something serious happened anywhere", [finding("high", "PC7", ["T1003"])], "medium"],
  ])("a tool %s", (_, others, severity) => {
    expect(weighLoneTools([tool, ...others])[0]!.severity).toBe(severity);
  });
});
