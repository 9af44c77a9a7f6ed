import type { Spool, Spooled } from "../spool.ts";

export interface Member extends Spooled {
  name: string;
  modifiedMs?: number;
  notes: string[];
}

export interface MemberFault {
  name: string;
  reason: string;
  next: string;
}

/** What comes out of a container: faults are values, so that a broken member never hides its neighbours. */
export type Expanded = { member: Member } | { fault: MemberFault };

/** Files that are opened, and what the openers of all kinds need. */
export interface ExpandOptions {
  name: string;
  /** Size of the container. */
  bytes: number;
  passwords: readonly string[];
  spool: Spool;
}

/** A fault of one member, or of the container when `name` is empty. A full disk is the run's problem and thrown on. */
export function faultOf(name: string, error: unknown): Expanded {
  const message = error instanceof Error ? error.message : String(error);
  if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw error;
  return {
    fault: { name, reason: message, next: "check the archive with another tool; the other members are read" },
  };
}

/** What a name says that would write outside a folder; names are labels here and never paths. */
export function notesOfName(name: string): string[] {
  return /(^|\/)\.\.(\/|$)|^\/|^[A-Za-z]:/.test(name)
    ? ["the member's name points outside the archive; it is only a label here"]
    : [];
}
