import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { contentFiles } from "./testing/files.ts";

const tables = new Map(contentFiles("knowledge", ".json").map((file) => [file.path, JSON.parse(file.text)]));
const lists = new Map(contentFiles("knowledge").map((file) => [file.path, parse(file.text)]));
const attack = tables.get("knowledge/attack-enterprise.json");

describe("knowledge", () => {
  it.each([...tables.keys()])("%s states its licence", (path) => {
    expect(tables.get(path).licence).toMatch(/\w{3}/);
  });

  it("has one record a line, so that an update reads as a diff", () => {
    const { text } = contentFiles("knowledge", ".json").find(({ path }) =>
      path.endsWith("attack-enterprise.json"),
    )!;
    const lines = text.split("\n").filter((line) => line.startsWith('{"id":"T1'));
    expect(lines).toHaveLength(attack.techniques.length + attack.retired.length);
  });

  it("leads each retired technique with a replacement to an active one", () => {
    const active = new Set(attack.techniques.map(({ id }: { id: string }) => id));
    const replaced = attack.retired.filter(
      (item: { replacedBy: string | null }) => typeof item.replacedBy === "string",
    );
    const lost = replaced.filter(
      (item: { replacedBy: string; finalReplacement?: string }) =>
        !active.has(item.finalReplacement ?? item.replacedBy),
    );
    expect(replaced.length).toBeGreaterThan(100);
    expect(lost).toEqual([]);
  });

  it("reads every event id once, each reading with its provider", () => {
    const entries: { eventId: number; readings: { provider: string; kind: string; reading: string }[] }[] =
      lists.get("knowledge/event-readings.yml");
    expect(new Set(entries.map(({ eventId }) => eventId)).size).toBe(entries.length);
    for (const { readings } of entries) {
      const providers = readings.map(({ provider }) => provider);
      expect(new Set(providers).size).toBe(providers.length);
      for (const { kind, reading } of readings) {
        expect(kind).toMatch(/^[a-z][a-z0-9-]+$/);
        expect(reading.length).toBeGreaterThan(10);
      }
    }
  });

  it("tells the two meanings of 2004 apart", () => {
    const entry = lists
      .get("knowledge/event-readings.yml")
      .find(({ eventId }: { eventId: number }) => eventId === 2004);
    expect(entry.readings.map(({ kind }: { kind: string }) => kind)).toEqual([
      "memory-exhausted",
      "firewall-rule-added",
    ]);
  });

  it("lists ports once per transport", () => {
    const ports: { port: number; transport: string; roles: string[] }[] = lists.get("knowledge/ports.yml");
    expect(new Set(ports.map(({ port, transport }) => `${transport}/${port}`)).size).toBe(ports.length);
    for (const { port, roles } of ports) {
      expect(port).toBeGreaterThan(0);
      expect(port).toBeLessThan(65_536);
      expect(roles.length).toBeGreaterThan(0);
    }
  });

  it("names remote tools by lower-case programs", () => {
    const tools: { name: string; programs: string[] }[] = lists.get("knowledge/remote-tools.yml");
    expect(tools).not.toEqual([]);
    for (const { programs } of tools)
      expect(programs).toEqual(programs.map((program) => program.toLowerCase()));
  });
});
