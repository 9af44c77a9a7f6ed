import type { Finding } from "@firebreak/model/picture";
import { describe, expect, it } from "vitest";
import { weighFarFromAlert } from "./far-from-alert.ts";

const alertMs = Date.parse("2024-03-13T17:20:58Z");
const finding = (start: string | null, end: string | null, kind: Finding["kind"] = "detection"): Finding => ({
  id: "F-1",
  kind,
  title: "t",
  statement: "Something.",
  severity: "high",
  confidence: 70,
  start,
  end,
  entities: [],
  techniques: [],
  events: [],
  eventsOmitted: 0,
  alternatives: [],
});

describe("weighFarFromAlert", () => {
  it.each<[string, number | undefined, Finding, [string, number]]>([
    ["months before", alertMs, finding("2023-10-19T20:15:02Z", "2023-10-19T20:15:02Z"), ["medium", 35]],
    ["months after, without an end", alertMs, finding("2024-06-01T00:00:00Z", null), ["medium", 35]],
    ["a week before", alertMs, finding("2024-03-06T00:00:00Z", "2024-03-06T00:00:00Z"), ["high", 70]],
    [
      "long, and over the alert",
      alertMs,
      finding("2023-01-01T00:00:00Z", "2024-12-01T00:00:00Z"),
      ["high", 70],
    ],
    ["undated", alertMs, finding(null, null), ["high", 70]],
    ["of the alert itself", alertMs, finding("2020-01-01T00:00:00Z", null, "alert"), ["high", 70]],
    ["in a case without an alert", undefined, finding("2020-01-01T00:00:00Z", null), ["high", 70]],
  ])("weighs what is %s", (_, at, given, expected) => {
    const { severity, confidence } = weighFarFromAlert(at, given);
    expect([severity, confidence]).toEqual(expected);
  });

  it("goes by the records of a finding that states no end", () => {
    const events = [{ ref: "a:1", path: "a", offset: 1, length: 1, time: "2024-03-13T18:00:00Z" }];
    const { severity } = weighFarFromAlert(alertMs, { ...finding("2023-10-19T20:15:02Z", null), events });
    expect(severity).toBe("high");
  });

  it("says how far", () => {
    expect(weighFarFromAlert(alertMs, finding("2023-10-19T20:15:02Z", null)).statement).toContain(
      "145 days before the alert: context",
    );
  });
});
