import { readAlerts } from "@firebreak/engine/alerts/read";
import { addAlerts } from "@firebreak/engine/desk/actions";
import type { OpenCase } from "@firebreak/engine/triage/open";
import { builtInPlaybooks, choosePlaybook } from "@firebreak/engine/triage/playbook";
import { triage } from "@firebreak/engine/triage/triage";
import type { TriageDocument } from "@firebreak/model/triage";

/** Puts an alert on the desk of a case and works it by the playbook of its kind. */
export async function workAlert(
  opened: OpenCase,
  alert: object,
  now: () => string,
  maxRows?: number,
): Promise<TriageDocument> {
  const alerts = readAlerts(JSON.stringify(alert), "alert.json", {});
  const [added] = addAlerts(opened.dir, { name: "test", now }, alerts);
  const playbook = choosePlaybook(builtInPlaybooks(), added!.alert.kind);
  return triage(opened, added!.id, playbook, maxRows === undefined ? {} : { maxRows });
}
