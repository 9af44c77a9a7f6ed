import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freshQuota, type QuotaStore, readQuota } from "@firebreak/intel/outbound/quota";
import { acquireLock, type CaseLock, LedgerError } from "@firebreak/ledger";

const lockTries = 400;
const lockPauseMs = 25;

/**
 * Quotas as files, one folder a provider, in a folder of the user: they outlive the process and the case, and are
 * shared by all processes of the user. A damaged file counts as an empty one: the provider itself still says 429.
 */
export function quotaFiles(dir: string, sleep: (ms: number) => Promise<void>): QuotaStore {
  const folderOf = (provider: string) => join(dir, provider.replace(/[^a-z0-9-]/g, "_"));
  const read = (provider: string) => {
    const file = join(folderOf(provider), "quota.json");
    return existsSync(file) ? (readQuota(readFileSync(file, "utf8")) ?? freshQuota) : freshQuota;
  };
  return {
    read,
    async change(provider, step) {
      const folder = folderOf(provider);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const lock = await waitForLock(folder, sleep);
      try {
        const { state, result } = step(read(provider));
        const file = join(folder, "quota.json");
        writeFileSync(`${file}.new`, JSON.stringify(state));
        renameSync(`${file}.new`, file);
        return result;
      } finally {
        lock.release();
      }
    },
  };
}

/** Another process holds the lock for moments only; one that died is recognised by the lock itself. */
async function waitForLock(folder: string, sleep: (ms: number) => Promise<void>): Promise<CaseLock> {
  for (let tries = 0; ; tries++) {
    try {
      return acquireLock(folder);
    } catch (error) {
      if (!(error instanceof LedgerError) || error.code !== "case-locked" || tries >= lockTries) throw error;
      await sleep(lockPauseMs);
    }
  }
}
