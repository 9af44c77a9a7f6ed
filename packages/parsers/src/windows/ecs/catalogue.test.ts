import { describe, expect, it } from "vitest";
import { ecsProblems } from "../../testing/ecs.ts";
import { providers, resolveReading } from "./catalogue.ts";

describe("the tables", () => {
  const rows = providers.flatMap((one) =>
    [...one.events].map(([id, reading]) => [`${one.provider} ${id}`, reading] as const),
  );
  it.each(rows)("%s uses ECS's values", (_, reading) => {
    expect(ecsProblems({ "event.category": reading.category, "event.type": reading.type })).toEqual([]);
    // A word of ours, or the task that the provider's manifest names.
    expect(reading.action).toMatch(
      /^(?:[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z][A-Za-z]*(?: [A-Za-z]+)*(?: \(rule: [A-Za-z]+\))?)$/,
    );
    expect(reading.title).not.toMatch(/\.$/);
  });
});

const action = (provider?: string, channel?: string, id = 0, message?: string) =>
  resolveReading(provider, channel, id, message).reading?.action;

describe("resolveReading", () => {
  it.each([
    ["Microsoft-Windows-Resource-Exhaustion-Detector", "low-memory-diagnosed"],
    ["Resource-Exhaustion-Detector", "low-memory-diagnosed"],
    ["Microsoft-Windows-Windows Firewall With Advanced Security", "firewall-rule-added"],
    ["Windows Firewall With Advanced Security", "firewall-rule-added"],
    ["Some-Other-Provider", undefined],
  ])("2004 of %s", (provider, expected) => {
    expect(action(provider, "System", 2004)).toBe(expected);
  });

  it("lists both readings of 2004 without a provider and asserts none", () => {
    for (const channel of [undefined, "System"]) {
      const found = resolveReading(undefined, channel, 2004, "text");
      expect(found.reading).toBeUndefined();
      expect(found.readings).toHaveLength(2);
      expect(found.readings!.join()).toMatch(/Resource-Exhaustion-Detector: .*Firewall/);
    }
  });

  it("takes the channel or the message for a missing provider", () => {
    expect(action(undefined, "Security", 4625)).toBe("logon-failed");
    expect(action(undefined, undefined, 4625, "An account failed to log on.\n\nSubject:")).toBe(
      "logon-failed",
    );
    expect(
      action(
        undefined,
        undefined,
        4625,
        "The EventSystem sub system is suppressing duplicate event log entries",
      ),
    ).toBe("duplicates-suppressed");
    expect(action(undefined, undefined, 4625)).toBeUndefined();
  });

  it.each([
    ["Security", 529, "logon-failed"],
    ["Microsoft-Windows-Security-Auditing", 529, "logon-failed"],
    ["Microsoft Windows security auditing.", 4719, "changed-audit-config"],
    ["MSSQL$SQLEXPRESS", 823, "database-io-failed"],
    ["PowerShell", 400, "Engine Lifecycle"],
    ["Eventlog", 1102, "audit-log-cleared"],
    ["EventLog", 6008, "system-crashed"],
  ])("%s %i", (provider, id, expected) => {
    expect(action(provider, undefined, id)).toBe(expected);
  });
});

it.each([
  ["Microsoft-Windows-Eventlog", 1102, "Security"],
  ["Microsoft-Windows-Eventlog", 104, "System"],
  ["Microsoft-Windows-Sysmon", 1, "Microsoft-Windows-Sysmon/Operational"],
  ["Unknown", 1, undefined],
])("the channel of %s %i", (provider, id, channel) => {
  expect(resolveReading(provider, undefined, id, undefined).provider?.channels[0]).toBe(channel);
});
