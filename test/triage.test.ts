/** The alert example through the real command, on a fresh case, with and without kept intelligence. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { find } from "@firebreak/engine/desk/actions";
import { type GivenAnswer, recordAnswer } from "@firebreak/engine/triage/answer";
import { intelOf } from "@firebreak/engine/triage/intel";
import { openCase } from "@firebreak/engine/triage/open";
import { builtInPlaybooks, choosePlaybook } from "@firebreak/engine/triage/playbook";
import { triage } from "@firebreak/engine/triage/triage";
import type { TriageDocument } from "@firebreak/model/triage";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { commandIn } from "./support/command.ts";
import { scratchFolder } from "./support/scratch.ts";
import { holdsTriage, type TriageKey } from "./support/triage-key.ts";

const example = fileURLToPath(new URL("../examples/xls-alert/", import.meta.url));
const dir = scratchFolder("triage");
const firebreak = commandIn(dir);
const key = (parse(readFileSync(join(example, "answer-key.yml"), "utf8")) as { triage: TriageKey }).triage;

describe("triage of the alert example on a fresh case", () => {
  let run: ReturnType<typeof firebreak>;
  let document: TriageDocument;
  beforeAll(() => {
    run = firebreak("triage", join(example, "alert.json"), "--auto", "--json", "--case", "fresh");
    document = JSON.parse(run.stdout) as TriageDocument;
  });

  holdsTriage(key, () => document);

  it("says that it investigates first, what it takes along, and that something was found", () => {
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("fresh is fresh");
    expect(run.stderr).toContain("organisation.yml");
    expect(run.stderr).toContain("virustotal-file.json");
  });
  it("gives the same document again on the existing case, which still verifies", () => {
    const again = JSON.parse(
      firebreak("triage", document.alert.id, "--auto", "--json", "--case", "fresh").stdout,
    );
    expect(again).toEqual(document);
  });
  it("takes an analyst's answer with its history, refuses one that stands on nothing, and branches by it", async () => {
    const caseDir = join(dir, "fresh");
    const opened = await openCase(caseDir);
    const actor = { name: "j.doe", now: () => "2026-11-28T10:00:00Z" };
    const { id } = document.alert;
    const step = document.steps.find(({ kind }) => kind === "file-malicious")!;
    const answer = (given: GivenAnswer) => recordAnswer(opened, actor, id, step, given);
    const again = () =>
      triage(opened, id, choosePlaybook(builtInPlaybooks(), "malware"), {
        intel: intelOf(caseDir, find(caseDir, id).alert, "2100-01-01T00:00:00Z"),
      });
    await expect(answer({ answer: "non-malicious" })).rejects.toThrow("has no citation");
    await expect(answer({ answer: "harmless", reason: "x" })).rejects.toThrow("one of: malicious");
    await expect(answer({ answer: "non-malicious", citations: ["0123456789ab:1"] })).rejects.toThrow(
      "no such event",
    );
    await expect(answer({ answer: "non-malicious", citations: ["row 7"] })).rejects.toThrow(
      "no event reference",
    );
    await answer({ answer: "non-malicious", reason: "our own macro" });
    const judged = await again();
    expect(judged.steps.find(({ kind }) => kind === "file-malicious")).toMatchObject({
      answer: "non-malicious",
      by: "analyst",
      suggested: "malicious",
      judgement: "our own macro",
    });
    expect(judged.verdict.value).toBe("false positive");
    expect(judged.steps.map(({ kind }) => kind)).not.toContain("far-end-accessed");
    await answer({ answer: "malicious" });
    const revised = (await again()).steps.find(({ kind }) => kind === "file-malicious")!;
    expect(revised.history.map((one) => one.answer)).toEqual(["non-malicious", "malicious"]);
    opened.close();
    expect(firebreak("verify", "fresh").status).toBe(0);
  });
});

describe("triage of the same alert without kept intelligence", () => {
  it("says insufficient evidence about the file, and is inconclusive", () => {
    const evidence = join(example, "evidence");
    const given = [join(example, "alert.json"), evidence, "--org", join(example, "organisation.yml")];
    const { stdout, status } = firebreak("triage", ...given, "--auto", "--json", "--case", "bare");
    const document = JSON.parse(stdout) as TriageDocument;
    expect(document.steps.find(({ kind }) => kind === "file-malicious")?.answer).toBe(
      "insufficient evidence",
    );
    expect(document.verdict.value).toBe("inconclusive");
    expect(document.scope.map(({ value }) => value)).toContain("172.16.17.24");
    expect(status).toBe(0);
  });
});
