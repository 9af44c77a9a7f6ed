import { addToGroup, closeGroup, createGroup, type Group, type GroupRules, latestOf } from "./group.ts";
import type { Occurrence } from "./occurrence.ts";

/** The groups of one correlation that may still grow. */
export interface GroupTable {
  /** Occurrences come in order of time. */
  add(occurrence: Occurrence): void;
  /** Closes groups that nothing at or after `limitMs` can join. */
  closeIdle(limitMs: number): void;
  closeAll(): void;
}

/** A group in a ring that is in order of the groups' latest events. */
interface Entry {
  readonly group: Group;
  previous: Entry;
  next: Entry;
}

export function createGroupTable(rules: GroupRules, maxGroups: number): GroupTable {
  const entries = new Map<string, Entry>();
  // Not the map's own order: finding the first key of a map that shrinks at the front takes longer and longer.
  const ring = createEntry(createGroup("", rules.judge));

  const close = (entry: Entry) => {
    unlink(entry);
    entries.delete(entry.group.key);
    closeGroup(rules, entry.group);
  };

  /** A monotone condition may be judged early; for the others the events still to come matter. */
  const evict = () => {
    const entry = ring.next;
    const { group } = entry;
    rules.stats.evictedGroups++;
    rules.stats.evictedEvents += group.buffer.length - group.head;
    if (!rules.judge.isMonotone) {
      group.judgedNumber = Number.MAX_SAFE_INTEGER;
      rules.stats.unjudgedWindows++;
    }
    close(entry);
  };

  return {
    add(occurrence) {
      let entry = entries.get(occurrence.key);
      if (entry === undefined) {
        if (entries.size >= maxGroups) evict();
        entry = createEntry(createGroup(occurrence.key, rules.judge));
        entries.set(occurrence.key, entry);
      } else unlink(entry);
      linkBefore(ring, entry);
      addToGroup(rules, entry.group, occurrence);
    },
    closeIdle(limitMs) {
      while (ring.next !== ring && latestOf(ring.next.group).ms + rules.spanMs < limitMs) close(ring.next);
    },
    closeAll() {
      while (ring.next !== ring) close(ring.next);
    },
  };
}

function createEntry(group: Group): Entry {
  const entry = { group } as { group: Group; previous: Entry; next: Entry };
  entry.previous = entry;
  entry.next = entry;
  return entry;
}

function unlink(entry: Entry): void {
  entry.previous.next = entry.next;
  entry.next.previous = entry.previous;
}

function linkBefore(place: Entry, entry: Entry): void {
  entry.previous = place.previous;
  entry.next = place;
  place.previous.next = entry;
  place.previous = entry;
}
