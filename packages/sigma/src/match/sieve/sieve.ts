import type { Scalar } from "../../event.ts";
import { putString } from "../text-bytes.ts";
import { eventCells, type PutValue, renewTables, search, wordAt } from "./memory.ts";
import type { SieveProgram } from "./program.ts";

/** A recorded event whose bytes are in the frame, and whose values are told by the cells. */
export interface SievedEvent {
  /** Its bytes in the frame. */
  readonly from: number;
  readonly end: number;
  /** Are all of its texts UTF-16? */
  readonly isWide: boolean;
  /** The value of a cell that is no UTF-16 text; undefined when it is not one scalar. */
  valueAt(cell: number): Scalar | undefined;
}

const nobody: SievedEvent = { from: 0, end: 0, isWide: false, valueAt: () => undefined };

/** Tells quickly of recorded events which rules may be true of them: for nearly all events none. */
export class Sieve {
  readonly cells = eventCells;
  private event = nobody;
  private program: SieveProgram | undefined;

  /** How many rules may be true of the event; -1: match it in full. */
  search(program: SieveProgram, event: SievedEvent): number {
    if (program.address === 0 || (program.hasKeywords && !event.isWide) || renewTables()) return -1;
    this.event = event;
    this.program = program;
    return search(program.address, event.from, event.end, this.put);
  }

  private readonly put: PutValue = (step, cell, out) => {
    const value = this.event.valueAt(cell);
    if (value === undefined) return -1;
    const scanner = this.program!.scanners[wordAt(step + 4 * 7)]!;
    return scanner.mayHold(value) ? putString(String(value), out) : 0;
  };
}
