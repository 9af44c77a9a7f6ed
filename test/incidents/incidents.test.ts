/** Incidents that nothing was tuned to by name, made at test time, through the real pipeline, held against their answer keys. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type InvestigateOptions, investigate } from "@firebreak/engine/case/investigate";
import type { Picture } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ExampleFile } from "../../tools/examples/files.ts";
import { accountingIncident } from "../../tools/incidents/accounting.ts";
import { cloudIncident } from "../../tools/incidents/cloud.ts";
import { cloudKeyIncident } from "../../tools/incidents/cloud-key.ts";
import { edgeIncident } from "../../tools/incidents/edge.ts";
import { falseAlarmIncident } from "../../tools/incidents/false-alarm.ts";
import { gatewayIncident } from "../../tools/incidents/gateway.ts";
import { helpDeskIncident } from "../../tools/incidents/help-desk.ts";
import { hypervisorIncident } from "../../tools/incidents/hypervisor.ts";
import { insiderIncident } from "../../tools/incidents/insider.ts";
import { leasesIncident } from "../../tools/incidents/leases.ts";
import { mailboxIncident } from "../../tools/incidents/mailbox.ts";
import { mistypedIncident } from "../../tools/incidents/mistyped.ts";
import { officeIncident } from "../../tools/incidents/office.ts";
import { portalIncident } from "../../tools/incidents/portal.ts";
import { printerIncident } from "../../tools/incidents/printer.ts";
import { quietDayIncident } from "../../tools/incidents/quiet-day.ts";
import { ransomwareIncident } from "../../tools/incidents/ransomware.ts";
import { schoolIncident } from "../../tools/incidents/school.ts";
import { serversIncident } from "../../tools/incidents/servers.ts";
import { spreadIncident } from "../../tools/incidents/spread.ts";
import { transferIncident } from "../../tools/incidents/transfer.ts";
import { updaterIncident } from "../../tools/incidents/updater.ts";
import { webServerIncident } from "../../tools/incidents/web-server.ts";
import { holdsAll, holdsPicture, type PictureKey } from "../support/picture-key.ts";
import { scratchFolder } from "../support/scratch.ts";

/** As in the examples' answer keys; `most` bounds what may be claimed at all. */
interface AnswerKey extends PictureKey {
  statements?: string[][];
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
  ["cloud-key", cloudKeyIncident],
  ["insider", insiderIncident],
  ["leases", leasesIncident],
  ["mailbox", mailboxIncident],
  ["mistyped", mistypedIncident],
  ["portal", portalIncident],
  ["ransomware", ransomwareIncident],
  ["school", schoolIncident],
  ["printer", printerIncident],
  ["spread", spreadIncident],
  ["servers", serversIncident],
  ["updater", updaterIncident],
  ["quiet-day", quietDayIncident],
  ["hypervisor", hypervisorIncident],
  ["help-desk", helpDeskIncident],
  ["edge", edgeIncident],
  ["accounting", accountingIncident],
];
const keys = fileURLToPath(new URL(".", import.meta.url));
const timeoutMs = 180_000;

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
  const dir = scratchFolder(name);
  const key = parse(readFileSync(join(keys, `${name}.yml`), "utf8")) as AnswerKey;
  let picture: Picture;

  beforeAll(async () => {
    picture = await investigate(written(dir, make()));
  }, timeoutMs);

  holdsPicture(key, () => picture);
  it.each(key.statements ?? [])("says of the alert %j", (...parts) => {
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
  it("gives each finding of medium or more another explanation", () => {
    expect(
      picture.findings
        .filter(({ severity, alternatives }) => severityRank(severity) >= 2 && alternatives.length === 0)
        .map(({ title }) => title),
    ).toEqual([]);
  });
});

describe("without an organisation profile", () => {
  const root = scratchFolder("undeclared");
  async function investigated(make: () => ExampleFile[]): Promise<Picture> {
    const { org: _, ...options } = written(join(root, make.name), make());
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
    "what leaves every night at the same hour is no suspect, what left once is",
    async () => {
      const known = states(await investigated(insiderIncident));
      expect(known.get("10.44.2.8") ?? "absent").toMatch(/context|absent/);
      expect(known.get("mlew")).toMatch(/suspected|confirmed/);
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
