import * as fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "./canonical.ts";
import { writeDurably } from "./files.ts";
import { LedgerError } from "./problem.ts";

export const lockName = "case.lock";

export interface CaseLock {
  /** Set when the lock of a process that no longer runs was taken over. */
  readonly note?: string;
  /** Removes the lock if it is still ours; safe to call twice. */
  release(): void;
}

/** Who holds the case. `start` tells a process from a later one with the same number; null where it cannot be read. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly start: string | null;
}

/**
 * Takes the case folder for this process. Throws `LedgerError` "case-locked" while another process has it or may have
 * it (a process on another host cannot be looked up), "lock-unreadable" when the lock file is not one.
 */
export function acquireLock(dir: string): CaseLock {
  fs.mkdirSync(dir, { recursive: true });
  const path = join(dir, lockName);
  const mine: Holder = { pid: process.pid, host: hostname(), start: startOf(process.pid) };
  if (create(path, mine)) return lock(path, mine);
  const holder = readHolder(path);
  if (holder && isRunning(holder)) throw locked(dir, holder);
  takeOver(path, mine);
  const before = holder ? `process ${holder.pid} of ${holder.host}, which no longer runs` : "another process";
  return lock(path, mine, `took over the lock of ${before}`);
}

function lock(path: string, mine: Holder, note?: string): CaseLock {
  const release = () => {
    if (fs.existsSync(path) && fs.readFileSync(path, "utf8") === text(mine)) fs.unlinkSync(path);
  };
  return note === undefined ? { release } : { note, release };
}

/** Two processes may find the same dead lock: whoever creates the guard file replaces it, the other is refused. */
function takeOver(path: string, mine: Holder): void {
  const guard = `${path}.takeover`;
  if (!create(guard, mine)) {
    const message = `another process is taking over ${path}; if none is, delete ${guard} and try again`;
    throw new LedgerError("case-locked", message);
  }
  try {
    const holder = readHolder(path);
    if (holder && isRunning(holder)) throw locked(path, holder);
    fs.rmSync(path, { force: true });
    if (!create(path, mine)) throw new LedgerError("case-locked", `${path} was taken by another process`);
  } finally {
    fs.rmSync(guard, { force: true });
  }
}

function create(path: string, holder: Holder): boolean {
  try {
    writeDurably(path, Buffer.from(text(holder), "utf8"), "wx");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  if (!fs.existsSync(path)) return undefined;
  const content = fs.readFileSync(path, "utf8");
  try {
    const holder = JSON.parse(content) as Holder;
    if (Number.isSafeInteger(holder.pid) && holder.pid > 0 && text(holder) === content) return holder;
  } catch {
    // Not JSON: falls through to the same answer as JSON of another shape.
  }
  const message = `${path} is not a lock; if no other process uses the case, delete it and try again`;
  throw new LedgerError("lock-unreadable", message);
}

function isRunning(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const start = startOf(holder.pid);
  return holder.start === null || start === null || holder.start === start;
}

/** Start time of a process in clock ticks since boot: proc(5), /proc/PID/stat, field 22. Null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name (field 2) may hold spaces and brackets; the fields after it do not.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function text(holder: Holder): string {
  return `${canonicalJson({ pid: holder.pid, host: holder.host, start: holder.start })}\n`;
}

function locked(where: string, holder: Holder): LedgerError {
  const message = `${where} is in use by process ${holder.pid} of ${holder.host}; wait for it to end`;
  return new LedgerError("case-locked", message);
}
