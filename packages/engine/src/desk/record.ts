import { acquireLock, type JsonValue, openLedger } from "@firebreak/ledger";

/** Who acts, and when: handed in by the command, for nothing here reads a clock or the environment. */
export interface Actor {
  readonly name: string;
  now(): string;
}

/** Writes entries of the desk under the case's lock. They change no file of the case, so its seal stays good. */
export function recordDesk(
  dir: string,
  actor: Actor,
  entries: readonly { action: string; data: JsonValue }[],
): void {
  if (entries.length === 0) return;
  const lock = acquireLock(dir);
  try {
    const ledger = openLedger(dir);
    for (const { action, data } of entries)
      ledger.append({ at: actor.now(), actor: actor.name, action, data });
  } finally {
    lock.release();
  }
}
