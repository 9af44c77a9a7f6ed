import { compareText } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { Scene } from "../scene.ts";
import { weighDeclaredRole } from "./declared-roles.ts";
import { weighFarFromAlert } from "./far-from-alert.ts";
import { weighLoneTools } from "./lone-tool.ts";
import { weighRefused } from "./refused-attacks.ts";
import { weighUsualAdministrator } from "./usual-administrator.ts";

/** What the profile, the answers and the usual say of the findings, each in turn; the most serious first. */
export async function weighAll(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const declared = findings.map((finding) =>
    weighFarFromAlert(scene.alert?.time?.ms, weighDeclaredRole(scene.profile, finding)),
  );
  const answered = await weighRefused(scene, declared);
  return weighLoneTools(await weighUsualAdministrator(scene, answered)).sort(compareFindings);
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    b.confidence - a.confidence ||
    compareText(a.start ?? "~", b.start ?? "~") ||
    compareText(a.id, b.id)
  );
}
