/** Incidents that nothing was tuned to by name, made at test time, through the real pipeline, held against their answer keys. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type InvestigateOptions, investigate } from "@firebreak/engine/case/investigate";
import type { Finding, Picture } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ExampleFile } from "../../tools/examples/files.ts";
import { cloudIncident } from "../../tools/incidents/cloud.ts";
import { falseAlarmIncident } from "../../tools/incidents/false-alarm.ts";
import { gatewayIncident } from "../../tools/incidents/gateway.ts";
import { officeIncident } from "../../tools/incidents/office.ts";
import { transferIncident } from "../../tools/incidents/transfer.ts";
import { webServerIncident } from "../../tools/incidents/web-server.ts";

/** As in the examples' answer keys; `most` bounds what may be claimed at all. */
interface AnswerKey {
  entities: { type: string; value: string; state: string[] }[];
  findings: {
    name: string;
    entities: string[];
    sources: string[];
    severity: string[];
    statement?: string[];
  }[];
  techniques: string[];
  statements?: string[][];
  never: string[][];
  most: {
    severity: "low" | "medium" | "high" | "critical";
    serious: number;
    suspected: number;
    confirmed: number;
  };
}

const incidents: [string, () => ExampleFile[]][] = [
  ["web-server", webServerIncident],
  ["office", officeIncident],
  ["transfer", transferIncident],
  ["cloud", cloudIncident],
  ["gateway", gatewayIncident],
  ["false-alarm", falseAlarmIncident],
];
const keys = fileURLToPath(new URL(".", import.meta.url));
const timeoutMs = 180_000;

function holdsAll(text: string, parts: readonly string[]): boolean {
  return parts.every((part) => text.includes(part));
}

function answersTo(finding: Finding, wanted: AnswerKey["findings"][number]): boolean {
  const named = finding.entities.map(({ value }) => value);
  return (
    wanted.entities.every((value) => named.includes(value)) &&
    wanted.sources.every((source) => finding.events.some(({ path }) => path.endsWith(source))) &&
    wanted.severity.includes(finding.severity) &&
    holdsAll(finding.statement, wanted.statement ?? [])
  );
}

/** Writes an incident below `dir` and gives the options that investigate it. */
function written(dir: string, files: readonly ExampleFile[]): InvestigateOptions & { org: string } {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  const alert = ["alert.json", "alert.yml"].map((file) => join(dir, file)).find((file) => existsSync(file));
  return {
    paths: [join(dir, "evidence")],
    case: join(dir, "case"),
    org: join(dir, "organisation.yml"),
    ...(alert !== undefined && { alert }),
    threads: 1,
    tool: "firebreak test",
    now: () => new Date().toISOString(),
  };
}

describe.each(incidents)("%s", (name, make) => {
  const dir = mkdtempSync(join(tmpdir(), `firebreak-${name}-`));
  const key = parse(readFileSync(join(keys, `${name}.yml`), "utf8")) as AnswerKey;
  let picture: Picture;

  beforeAll(async () => {
    picture = await investigate(written(dir, make()));
  }, timeoutMs);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each(key.entities)("$type $value is $state", ({ type, value, state }) => {
    const entity = picture.entities.find((one) => one.type === type && one.value === value);
    expect(state).toContain(entity?.state ?? "absent");
  });
  it.each(key.findings)("finding: $name", (wanted) => {
    expect(
      picture.findings.filter((finding) => answersTo(finding, wanted)).map(({ title }) => title),
    ).not.toEqual([]);
  });
  it.each(key.techniques.map((id) => [id]))("technique %s has its events", (id) => {
    const told = picture.findings
      .flatMap(({ techniques }) => techniques)
      .filter((technique) => technique.id === id || technique.id.startsWith(`${id}.`));
    expect(told.flatMap(({ events }) => events)).not.toEqual([]);
  });
  it("says what the alert's words and times allow to say", () => {
    for (const parts of key.statements ?? [])
      expect(picture.case.alert!.statements.filter((text) => holdsAll(text, parts))).not.toEqual([]);
  });
  it("claims no more than the evidence bears", () => {
    const serious = picture.findings.filter(
      ({ severity }) => severityRank(severity) >= severityRank("medium"),
    );
    const top = Math.max(...picture.findings.map(({ severity }) => severityRank(severity)));
    const machines = (state: string) =>
      picture.entities
        .filter((one) => one.state === state && ["host", "account", "address"].includes(one.type))
        .map(({ value }) => value);
    expect(top).toBeLessThanOrEqual(severityRank(key.most.severity));
    expect(serious.length, serious.map(({ title }) => title).join("\n")).toBeLessThanOrEqual(
      key.most.serious,
    );
    expect(machines("suspected").length, machines("suspected").join()).toBeLessThanOrEqual(
      key.most.suspected,
    );
    expect(machines("confirmed").length, machines("confirmed").join()).toBeLessThanOrEqual(
      key.most.confirmed,
    );
  });
  it("says none of what must not be said", () => {
    const texts = [
      ...picture.findings.map((finding) => `${finding.title} ${finding.statement}`),
      ...picture.case.summary,
      ...(picture.case.alert?.statements ?? []),
    ];
    for (const parts of key.never) expect(texts.filter((text) => holdsAll(text, parts))).toEqual([]);
  });
  it("gives each finding of medium or more another explanation", () => {
    expect(
      picture.findings
        .filter(({ severity, alternatives }) => severityRank(severity) >= 2 && alternatives.length === 0)
        .map(({ title }) => title),
    ).toEqual([]);
  });
});

describe("without an organisation profile", () => {
  const dirs: string[] = [];
  afterAll(() => {
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
  });
  async function investigated(make: () => ExampleFile[]): Promise<Picture> {
    const dir = mkdtempSync(join(tmpdir(), "firebreak-undeclared-"));
    dirs.push(dir);
    const { org: _, ...options } = written(dir, make());
    return investigate(options);
  }
  const states = (picture: Picture) => new Map(picture.entities.map(({ value, state }) => [value, state]));

  it(
    "the second hosts are volunteered by what hosts record of themselves",
    async () => {
      const known = states(await investigated(officeIncident));
      expect(known.get("10.50.1.31")).toBe("suspected");
      expect(known.get("SRV-FILE.kanzlei.example")).toMatch(/suspected|confirmed/);
      expect(known.get("10.50.1.10") ?? "absent").toMatch(/context|absent/);
    },
    timeoutMs,
  );
  it(
    "a public server's visitors and the noise that was refused are no suspects",
    async () => {
      const picture = await investigated(webServerIncident);
      const known = states(picture);
      expect(known.get("45.155.204.77")).toBe("confirmed");
      expect(picture.entities.filter(({ state }) => state === "suspected").length).toBeLessThanOrEqual(8);
    },
    timeoutMs,
  );
  it(
    "an ordinary day confirms nobody",
    async () => {
      const picture = await investigated(falseAlarmIncident);
      expect(picture.entities.filter(({ state }) => state === "confirmed")).toEqual([]);
      expect(states(picture).get("jsvoboda") ?? "absent").toMatch(/context|absent/);
    },
    timeoutMs,
  );
});
