import { existsSync } from "node:fs";
import { join } from "node:path";
import { type JsonValue, readLedger } from "@firebreak/ledger";
import { type Playbook, readPlaybook } from "../triage/playbook.ts";
import { type Actor, recordDesk } from "./record.ts";

const importAction = "playbook.import";

/** Playbooks that were brought into a case, the last of each id. */
export function casePlaybooks(dir: string | undefined): Playbook[] {
  if (dir === undefined || !existsSync(join(dir, "ledger.jsonl"))) return [];
  const byId = new Map<string, Playbook>();
  for (const { action, data } of readLedger(dir).entries) {
    if (action !== importAction) continue;
    const { text, file } = data as { text: string; file: string };
    const playbook = readPlaybook(text, file);
    byId.set(playbook.id, playbook);
  }
  return [...byId.values()];
}

/** Checks a CACAO playbook and keeps it in the case's ledger, byte for byte. */
export function importPlaybook(dir: string, actor: Actor, text: string, file: string): Playbook {
  const playbook = readPlaybook(text, file);
  recordDesk(dir, actor, [{ action: importAction, data: { file, text } satisfies JsonValue }]);
  return playbook;
}
