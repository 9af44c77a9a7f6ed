import type { Head } from "@firebreak/model/format";

/**
 * What a format found out from a file's head, kept from `sniff` to `open`: a line parser is opened with the file's name
 * only, right after the votes on its head. Another file's facts are never handed out, and without facts the parser learns
 * from the records themselves.
 */
export interface HeadMemory<Facts> {
  /** The facts of a head, found out once. */
  of(head: Head): Facts;
  recall(fileName: string): Facts | undefined;
}

export function createHeadMemory<Facts>(find: (head: Head) => Facts): HeadMemory<Facts> {
  let head: Head | undefined;
  let facts: Facts | undefined;
  return {
    of(asked) {
      if (asked !== head) {
        head = asked;
        facts = find(asked);
      }
      return facts as Facts;
    },
    recall(fileName) {
      return head?.fileName === fileName ? facts : undefined;
    },
  };
}
