/** Both reference cases, from raw evidence through the real pipeline, held against their answer keys. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readAlerts } from "@firebreak/engine/alerts/read";
import { type InvestigateOptions, investigate } from "@firebreak/engine/case/investigate";
import { verifyCase } from "@firebreak/engine/case/verify";
import { addAlerts } from "@firebreak/engine/desk/actions";
import { openCase } from "@firebreak/engine/triage/open";
import { builtInPlaybooks, choosePlaybook } from "@firebreak/engine/triage/playbook";
import { triage } from "@firebreak/engine/triage/triage";
import type { Picture } from "@firebreak/model/picture";
import type { TriageDocument } from "@firebreak/model/triage";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { holdsAll, holdsPicture, type PictureKey } from "./support/picture-key.ts";
import { scratchFolder } from "./support/scratch.ts";
import { holdsTriage, type TriageKey } from "./support/triage-key.ts";

interface AnswerKey extends PictureKey {
  alert?: { time: string; statements: string[][] };
  research: { contains: string[] }[];
  triage: TriageKey;
  clocks: { source: string; zone?: string; zoneSource?: string; offsetSeconds?: number }[];
}

const examples = fileURLToPath(new URL("../examples/", import.meta.url));

for (const { name, alert } of [
  { name: "clinic", alert: undefined },
  { name: "xls-alert", alert: "alert.json" },
]) {
  describe(name, () => {
    const dir = join(examples, name);
    const key = parse(readFileSync(join(dir, "answer-key.yml"), "utf8")) as AnswerKey;
    const caseDir = scratchFolder(name);
    const options: InvestigateOptions = {
      paths: [join(dir, "evidence")],
      case: caseDir,
      org: join(dir, "organisation.yml"),
      ...(alert && { alert: join(dir, alert) }),
      threads: 2,
      tool: "firebreak test",
      now: () => new Date().toISOString(),
    };
    let picture: Picture;

    beforeAll(async () => {
      picture = await investigate(options);
    });

    holdsPicture(key, () => picture);
    it.each(key.research)("question: $contains", ({ contains }) => {
      const texts = picture.research.map((one) =>
        [one.question, one.why, one.query, one.wouldChange].join(" "),
      );
      expect(texts.filter((text) => holdsAll(text, contains))).not.toEqual([]);
    });
    it.each(key.clocks)("clock of $source", ({ source, ...wanted }) => {
      expect(picture.clocks.filter((clock) => clock.source.endsWith(source))).toContainEqual(
        expect.objectContaining(wanted),
      );
    });
    it("reads the alert's time and words", () => {
      expect(picture.case.alert?.time).toBe(key.alert?.time);
      for (const parts of key.alert?.statements ?? []) {
        expect(picture.case.alert!.statements.filter((text) => holdsAll(text, parts))).not.toEqual([]);
      }
    });
    it("accounts for every file, with nothing rejected", () => {
      expect(
        picture.evidence
          .filter(({ format, rejected }) => format === "unrecognised" || rejected > 0)
          .map(({ path }) => path),
      ).toEqual([]);
    });
    it("gives the same picture and report again", async () => {
      const report = readFileSync(join(caseDir, "reports/report.html"));
      expect(JSON.stringify(await investigate({ ...options, threads: 1 }))).toBe(JSON.stringify(picture));
      expect(readFileSync(join(caseDir, "reports/report.html")).equals(report)).toBe(true);
    });
    if (name === "clinic")
      describe("its sprint", () => {
        let document: TriageDocument;
        beforeAll(async () => {
          const file = join(dir, "alert.json");
          const actor = { name: "test", now: options.now };
          const [added] = addAlerts(caseDir, actor, readAlerts(readFileSync(file, "utf8"), file, {}));
          const opened = await openCase(caseDir);
          const playbook = choosePlaybook(builtInPlaybooks(), added!.alert.kind);
          document = await triage(opened, added!.id, playbook).finally(() => opened.close());
        });
        holdsTriage(key.triage, () => document);
      });
    it("verifies", async () => {
      expect((await verifyCase(caseDir)).flatMap(({ problems }) => problems)).toEqual([]);
    });
  });
}
