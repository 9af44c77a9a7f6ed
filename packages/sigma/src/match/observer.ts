import type { Condition } from "../condition/tree.ts";
import type { SlotOf } from "./compile.ts";
import { eachLiteral, type GuardLiteral } from "./guard.ts";
import type { Run, Slot } from "./slot.ts";

interface Count {
  readonly literal: GuardLiteral;
  events: number;
}

/** More would take longer to count than it saves. */
const literalsMax = 2000;

/** Counts in how many events the literals of some rules are. */
export class Observer {
  private readonly counts = new Map<Slot, Map<string, Count>>();
  events = 0;

  constructor(
    rules: readonly number[],
    conditions: readonly Condition[],
    slotsOf: readonly SlotOf[],
    isLeftOut: (slot: Slot) => boolean,
  ) {
    let literals = 0;
    for (const rule of rules) {
      eachLiteral(conditions[rule]!, (literal) => {
        const slot = slotsOf[rule]!(literal.field);
        if (literal.field === undefined || isLeftOut(slot) || ++literals > literalsMax) return;
        let counts = this.counts.get(slot);
        if (counts === undefined) {
          counts = new Map();
          this.counts.set(slot, counts);
        }
        counts.set(nameOf(literal), { literal, events: 0 });
      });
    }
  }

  observe(run: Run): void {
    this.events++;
    for (const [slot, counts] of this.counts) {
      for (const { folded } of slot.values(run)) {
        for (const count of counts.values()) if (isIn(count.literal, folded)) count.events++;
      }
    }
  }

  /** In how many of a hundred events the literal was seen; undefined when it was not looked for. */
  percent(slot: Slot, literal: GuardLiteral): number | undefined {
    const count = this.counts.get(slot)?.get(nameOf(literal));
    return count === undefined ? undefined : (100 * count.events) / this.events;
  }
}

function nameOf({ place, text }: GuardLiteral): string {
  return `${place} ${text}`;
}

function isIn({ place, text }: GuardLiteral, folded: string): boolean {
  switch (place) {
    case "whole":
      return folded === text;
    case "start":
      return folded.startsWith(text);
    case "end":
      return folded.endsWith(text);
    case "anywhere":
      return folded.includes(text);
  }
}
