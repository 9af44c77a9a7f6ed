import { getOrMake } from "@firebreak/model/collections";
import type { Alert } from "../alerts/alert.ts";
import type { DeskAlert } from "./queue.ts";

const windowMs = 3_600_000;

/** What an alert is about, first of all: its machine, its account, its far end. */
function subjectOf({ observables }: Alert): string | undefined {
  for (const type of ["host", "account", "mailbox", "address", "hash", "url", "domain"]) {
    const one = observables.find((item) => item.type === type && item.role !== "mentioned");
    if (one) return `${type} ${one.value.toLowerCase()}`;
  }
  return undefined;
}

/** Open alerts of one rule about one thing, each within an hour of the one before. */
export function groupsIn(queue: readonly DeskAlert[]): { group: string; alerts: string[] }[] {
  const alike = new Map<string, DeskAlert[]>();
  for (const one of queue) {
    const subject = subjectOf(one.alert);
    if (one.status === "closed" || one.group !== null || subject === undefined || !one.alert.time) continue;
    getOrMake(alike, `${one.alert.title}\0${subject}`, () => []).push(one);
  }
  const groups: { group: string; alerts: string[] }[] = [];
  for (const alerts of alike.values()) {
    const ordered = [...alerts].sort((a, b) => a.alert.time!.ms - b.alert.time!.ms);
    let run: DeskAlert[] = [];
    const flush = () => {
      if (run.length > 1) groups.push({ group: `G-${run[0]!.id.slice(2)}`, alerts: run.map(({ id }) => id) });
      run = [];
    };
    for (const one of ordered) {
      const last = run.at(-1);
      if (last && one.alert.time!.ms - last.alert.time!.ms > windowMs) flush();
      run.push(one);
    }
    flush();
  }
  return groups;
}
