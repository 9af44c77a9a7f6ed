import { compareText, countOf } from "@firebreak/model/collections";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import type { Collection, EvidenceItem } from "../evidence/item.ts";

const blank = {
  records: 0,
  rejected: 0,
  undated: 0,
  first: null,
  last: null,
  zone: null,
  rejects: [],
  formats: {},
};

function plain(item: EvidenceItem, format: string, fate: string, notes: string[]): EvidenceReceipt {
  return {
    ...blank,
    id: item.id,
    path: item.path,
    sha256: item.sha256,
    bytes: item.bytes,
    format,
    notes: [...item.notes, ...notes],
    accounted: { records: 0, rejected: 0, skipped: item.bytes > 0 ? { [fate]: item.bytes } : {} },
  };
}

/** Receipts of what no parser reads: containers, repeated files, faults. */
export function otherReceipts(collection: Collection): EvidenceReceipt[] {
  return [
    ...collection.containers.map((item) =>
      plain(item, `container/${item.kind}`, "container", [
        `${countOf(item.members, "member")}, each with a receipt of its own`,
      ]),
    ),
    ...collection.duplicates.map(({ item, of }) =>
      plain(item, "duplicate", "duplicate", [`the same bytes as ${of.path}: read and counted once, there`]),
    ),
    ...collection.faults.map(({ path, reason, next }) => ({
      ...blank,
      id: "",
      path,
      sha256: "",
      bytes: 0,
      format: "fault/unread",
      notes: [reason, next],
      accounted: { records: 0, rejected: 0, skipped: {} },
    })),
  ];
}

export function sortReceipts(receipts: readonly EvidenceReceipt[]): EvidenceReceipt[] {
  return [...receipts].sort((a, b) => compareText(a.path, b.path) || compareText(a.format, b.format));
}
