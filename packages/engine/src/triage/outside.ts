import type { Ground } from "@firebreak/model/triage";

/** What kept intelligence says of one observable. The engine knows no provider: the command hands these in. */
export interface IntelCard {
  /** "malicious", "suspicious", "no detections", "known good", "unknown", "not asked": never "clean". */
  verdict: string;
  confidence: number;
  /** Reputation and capability, each with its source and date. */
  grounds: Ground[];
  /** What it is related to, e.g. an address that a sandbox saw the file contact. */
  relations: IntelRelation[];
}

export interface IntelRelation {
  type: "address" | "domain" | "url" | "hash";
  value: string;
  /** "contacted in a sandbox", "communicating file". */
  relation: string;
  source: string;
}

export interface IntelFacts {
  /** undefined where nothing was ever kept about it. */
  cardOf(type: "address" | "domain" | "url" | "hash", value: string): IntelCard | undefined;
}

export const noIntel: IntelFacts = { cardOf: () => undefined };

/** What static triage of the alert's own file says, where the file is in the evidence. */
export interface FileFacts {
  path: string;
  sha256: string;
  verdict: "malicious" | "suspicious" | "no sign found" | "unknown";
  grounds: Ground[];
}
