/** All ten drills through the pipeline: the suggestions alone earn every point that can be earned without a person. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAlerts } from "@firebreak/engine/alerts/read";
import { investigate } from "@firebreak/engine/case/investigate";
import { addAlerts } from "@firebreak/engine/desk/actions";
import { type Drill, listDrills } from "@firebreak/engine/drill/drills";
import { scoreDrill } from "@firebreak/engine/drill/score";
import { readSubmission } from "@firebreak/engine/drill/submission";
import { importDocuments } from "@firebreak/engine/intel/import";
import { intelOf } from "@firebreak/engine/triage/intel";
import { openCase } from "@firebreak/engine/triage/open";
import { builtInPlaybooks, choosePlaybook } from "@firebreak/engine/triage/playbook";
import { triage } from "@firebreak/engine/triage/triage";
import { expect, it } from "vitest";

const drills = listDrills();
const now = () => "2026-11-28T00:00:00Z";

async function workAlone({ dir, alert }: Drill, caseDir: string) {
  await investigate({
    paths: [join(dir, "evidence")],
    case: caseDir,
    org: join(dir, "organisation.yml"),
    threads: 1,
    tool: "test",
    now,
  });
  const intel = readdirSync(dir).includes("intel") ? readdirSync(join(dir, "intel")) : [];
  importDocuments(
    caseDir,
    intel.map((name) => ({ name, bytes: readFileSync(join(dir, "intel", name)) })),
    { tool: "test", now },
  );
  const [added] = addAlerts(
    caseDir,
    { name: "test", now },
    readAlerts(readFileSync(alert, "utf8"), alert, {}),
  );
  const opened = await openCase(caseDir);
  try {
    const playbook = choosePlaybook(builtInPlaybooks(), added!.alert.kind);
    return await triage(opened, added!.id, playbook, { intel: intelOf(caseDir, added!.alert, now()) });
  } finally {
    opened.close();
  }
}

it("are ten, three of them traps, one for each playbook of an alert, each below 200 kB", () => {
  expect(drills.map(({ key }) => key.trap).filter(Boolean)).toHaveLength(3);
  expect(drills).toHaveLength(10);
  for (const { dir } of drills) {
    const files = readdirSync(dir, { recursive: true, encoding: "utf8" }).map((file) =>
      statSync(join(dir, file)),
    );
    expect(files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)).toBeLessThan(200_000);
  }
});

it.each(drills)("$name", async (drill) => {
  const caseDir = mkdtempSync(join(tmpdir(), "firebreak-drill-"));
  try {
    const document = await workAlone(drill, caseDir);
    const score = scoreDrill(drill.key, readSubmission(JSON.stringify(document), drill.name));
    expect(score.misses).toEqual([]);
    expect(score.points).toBe(score.of);
  } finally {
    rmSync(caseDir, { recursive: true, force: true });
  }
});
