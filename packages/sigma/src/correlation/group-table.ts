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

export function createGroupTable(rules: GroupRules, maxGroups: number): GroupTable {
  /** In order of their latest event, so that idle groups are at the front. */
  const groups = new Map<string, Group>();

  /** A monotone condition may be judged early; for the others the events still to come matter. */
  const evict = () => {
    const oldest = groups.values().next().value;
    if (oldest === undefined) return;
    groups.delete(oldest.key);
    rules.stats.evictedGroups++;
    rules.stats.evictedEvents += oldest.buffer.length - oldest.head;
    if (!rules.judge.isMonotone) {
      oldest.judgedNumber = Number.MAX_SAFE_INTEGER;
      rules.stats.unjudgedWindows++;
    }
    closeGroup(rules, oldest);
  };

  return {
    add(occurrence) {
      const known = groups.get(occurrence.key);
      if (known !== undefined) groups.delete(occurrence.key);
      else if (groups.size >= maxGroups) evict();
      const group = known ?? createGroup(occurrence.key, rules.judge);
      groups.set(occurrence.key, group);
      addToGroup(rules, group, occurrence);
    },
    closeIdle(limitMs) {
      for (const group of groups.values()) {
        if (latestOf(group).ms + rules.spanMs >= limitMs) return;
        groups.delete(group.key);
        closeGroup(rules, group);
      }
    },
    closeAll() {
      for (const group of groups.values()) closeGroup(rules, group);
      groups.clear();
    },
  };
}
