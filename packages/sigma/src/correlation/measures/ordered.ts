import type { Measure } from "./measure.ts";

/**
 * temporal_ordered: the largest number of rules whose events come in the order of `rules`, leaving rules out if need
 * be. Each rule needs an event of its own: one event that two rules match cannot come before itself.
 *
 * `latest[length][step]` is the latest start (as event number) of an ordered series of that length which ends at
 * that step or an earlier one; a series lies in the window when its start does.
 */
export function longestSeries(ruleCount: number): Measure {
  const latest = new Float64Array((ruleCount + 1) * ruleCount).fill(-1);
  let next = 0;
  let oldest = 0;
  return {
    add({ inputs }) {
      const number = next++;
      // Descending, so that this event does not continue a series that it has just joined at an earlier step.
      for (let at = inputs.length - 1; at >= 0; at--) {
        const step = inputs[at]!;
        for (let length = step + 1; length >= 1; length--) {
          const start =
            length === 1 ? number : step === 0 ? -1 : latest[(length - 1) * ruleCount + step - 1]!;
          if (start < oldest) continue;
          for (let end = step; end < ruleCount; end++) {
            const index = length * ruleCount + end;
            if (latest[index]! >= start) break;
            latest[index] = start;
          }
        }
      }
    },
    remove: () => void oldest++,
    value() {
      for (let length = ruleCount; length > 0; length--) {
        if (latest[length * ruleCount + ruleCount - 1]! >= oldest) return length;
      }
      return 0;
    },
  };
}

/** Rule positions that must occur in ascending order, and positions that must not occur. */
export interface OrderedBranch {
  readonly steps: readonly number[];
  readonly absent: readonly number[];
}

/** temporal_ordered with a boolean condition: one branch's rules in order, and none of the rules it denies. */
export function orderedBranches(ruleCount: number, branches: readonly OrderedBranch[]): Measure {
  const uses = new Uint32Array(ruleCount);
  /** Per branch: latest start of a series of its first 1, 2, ... steps. */
  const latest = branches.map(({ steps }) => new Float64Array(steps.length).fill(-1));
  let next = 0;
  let oldest = 0;
  let present = 0;
  return {
    add({ inputs }) {
      const number = next++;
      for (const input of inputs) if (uses[input]!++ === 0) present++;
      for (const [index, { steps }] of branches.entries()) {
        const starts = latest[index]!;
        for (let step = steps.length - 1; step >= 0; step--) {
          if (inputs.includes(steps[step]!)) starts[step] = step === 0 ? number : starts[step - 1]!;
        }
      }
    },
    remove({ inputs }) {
      oldest++;
      for (const input of inputs) if (--uses[input]! === 0) present--;
    },
    value: () => present,
    holds: () =>
      branches.some(({ absent, steps }, index) => {
        const starts = latest[index]!;
        return starts[steps.length - 1]! >= oldest && absent.every((input) => uses[input] === 0);
      }),
  };
}
