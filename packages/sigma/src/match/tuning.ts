import type { Condition } from "../condition/tree.ts";
import type { SlotOf } from "./compile.ts";
import { Observer } from "./observer.ts";
import { type Placed, Placing } from "./placing.ts";
import type { Run } from "./slot.ts";

/** After so many events of a source its guards are looked at again. */
const reviews = [4000, 40_000, 400_000];
const observedEvents = 200;
/** Tried in vain on fewer events than one in so many, a rule is well enough guarded. */
const vainOneIn = 40;

/**
 * Guards that suit the events. How common a literal is can only be guessed from the rules; where the guess was wrong, a rule is
 * tried on many events that it is not true of. Its literals are then counted in some events, and its guards chosen by that; so are
 * the characters by which literals are looked up. What is true of an event never depends on it.
 */
export class Tuning {
  private readonly conditions: readonly Condition[];
  private readonly slotsOf: readonly SlotOf[];
  private readonly vainTries: Uint32Array;
  private placing: Placing | undefined;
  private placed: Placed | undefined;
  private events = 0;
  private review = 0;
  private suspects: readonly number[] = [];
  private observer: Observer | undefined;

  constructor(conditions: readonly Condition[], slotsOf: readonly SlotOf[]) {
    this.conditions = conditions;
    this.slotsOf = slotsOf;
    this.vainTries = new Uint32Array(conditions.length);
  }

  /** A rule was tried and is not true of the event. */
  vain(rule: number): void {
    this.vainTries[rule]!++;
  }

  /** The guards by which events are searched; undefined while none are chosen, or they are under review. */
  get current(): Placed | undefined {
    return this.observer === undefined ? this.placed : undefined;
  }

  /** Counts an event that is searched by these guards. False: they are no longer the ones. */
  tick(placed: Placed): boolean {
    if (this.current !== placed) return false;
    if (++this.events === reviews[this.review]) this.startReview(this.placing!);
    return true;
  }

  /** The guards for the event, which may be the first one. */
  placedFor(run: Run): Placed {
    this.placing ??= new Placing(this.conditions, this.slotsOf, run.event);
    this.placed ??= this.placing.place();
    if (this.observer !== undefined) this.observe(run, this.observer, this.placing);
    else if (++this.events === reviews[this.review]) this.startReview(this.placing);
    return this.placed;
  }

  private startReview(placing: Placing): void {
    const most = this.events / vainOneIn;
    const suspects: number[] = [];
    const unguarded = new Set(this.placed!.always);
    this.vainTries.forEach((tries, rule) => {
      if (tries > most && !unguarded.has(rule)) suspects.push(rule);
    });
    this.vainTries.fill(0);
    this.events = 0;
    const isFirst = this.review++ === 0;
    if (suspects.length === 0 && !isFirst) return;
    this.suspects = suspects;
    this.observer = new Observer(suspects, this.conditions, this.slotsOf, (slot) => placing.isDear(slot));
  }

  private observe(run: Run, observer: Observer, placing: Placing): void {
    observer.observe(run);
    for (const slot of this.placed!.guarded) slot.sample(run);
    if (observer.events < observedEvents) return;
    this.observer = undefined;
    placing.chooseAgain(this.suspects, (slot, literal) => observer.percent(slot, literal));
    for (const slot of this.placed!.guarded) slot.clearScanner();
    this.placed = placing.place();
  }
}
