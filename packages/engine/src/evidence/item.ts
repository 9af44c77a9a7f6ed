/** One collected file, or one member of an archive spooled into the case. Never modified. */
export interface EvidenceItem {
  /** First 12 hex digits of `sha256`: the left half of every event reference. */
  id: string;
  /** As the user gave it, "archive.zip!/inner.log" for a member. */
  path: string;
  sha256: string;
  bytes: number;
  /** Where the bytes are read from: the file itself, or the spooled copy. */
  file: string;
  /** Last modification as the file system or the archive tells it; undefined where unknown. */
  modifiedMs?: number;
  notes: string[];
}

/** Something under the given paths that could not be read as evidence; it gets a receipt all the same. */
export interface EvidenceFault {
  path: string;
  reason: string;
  /** What the user can do. */
  next: string;
}

/** A container's own receipt: its members are items of their own. */
export interface EvidenceContainer extends EvidenceItem {
  kind: string;
  members: number;
}

export interface Collection {
  items: EvidenceItem[];
  containers: EvidenceContainer[];
  /** The same bytes under another path: parsed once, counted once. */
  duplicates: { item: EvidenceItem; of: EvidenceItem }[];
  faults: EvidenceFault[];
}

export function evidenceId(sha256: string): string {
  return sha256.slice(0, 12);
}
