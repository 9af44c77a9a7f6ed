import type { Observable } from "./observable.ts";

/** What a source's statement comes to. "context" is a fact about the observable that is neither good nor bad. */
export type Opinion = "malicious" | "suspicious" | "no detections" | "known good" | "context" | "unknown";

/** Engines or reports: `positive` of `total`. For scores (AbuseIPDB) it is points of 100. */
export interface Detections {
  readonly positive: number;
  readonly total: number;
}

export const relationKinds = [
  /** Files seen talking to the address, name or URL. */
  "communicating",
  /** Files that hold it in their bytes. */
  "referrer",
  /** Files that were fetched from it. */
  "downloaded",
  /** What the file talked to in a sandbox. */
  "contacted",
  /** Files that it wrote in a sandbox. */
  "dropped",
  /** Files that ran or unpacked it. */
  "execution-parent",
  "bundled",
  /** Names of an address, addresses of a name. */
  "resolution",
  /** URLs on the address or name. */
  "hosted-url",
  /** An intrusion-detection rule that fired in the sandbox, on traffic with the target. */
  "ids-alert",
  "related",
] as const;
export type RelationKind = (typeof relationKinds)[number];

export interface Relation {
  readonly kind: RelationKind;
  readonly target: Observable;
  readonly detections?: Detections;
  /** When the source says the relation was seen. */
  readonly seenAt?: string;
  readonly detail?: string;
}

export interface Technique {
  readonly id: string;
  readonly why: string;
}

export const tlpLevels = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const;
export type Tlp = (typeof tlpLevels)[number];

/** One statement of one source about one observable. */
export interface Reading {
  readonly about: Observable;
  /** Other values of the same thing: the MD5 and SHA-1 of the file. */
  readonly aliases: readonly Observable[];
  readonly opinion: Opinion;
  /** 0-100: how strongly the statement alone speaks for malice. Small beside "no detections": people's votes against it. */
  readonly weight: number;
  /** One sentence in the source's own terms, without its date. */
  readonly summary: string;
  readonly detections?: Detections;
  /** The date that the source gives its statement: last analysis, last report. */
  readonly contentAt?: string;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  readonly link?: string;
  readonly relations: readonly Relation[];
  /** How many relations the source says there are, when it lists only some. */
  readonly relationsTotal?: number;
  readonly techniques: readonly Technique[];
  /** Families, tags, classifications. */
  readonly labels: readonly string[];
  /** Facts for the card: owner, hosting, votes. */
  readonly notes: readonly string[];
  /** Why many unrelated parties share the observable: a CDN, a public resolver, a big host. Annotates, never closes. */
  readonly shared?: string;
  readonly tlp?: Tlp;
  /** True when the statement is about things hosted on the observable: it weighs little on one that many share. */
  readonly isAboutTenants?: true;
  /** True when the statement is what a sandbox saw a sample do: capability, not observation. */
  readonly isCapability?: true;
}

/** What a statement comes to, and how strongly. */
export type Judgement = Pick<Reading, "opinion" | "weight">;

/** Members that a source may state or leave out. */
type Stated<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A reading; members that the provider does not state are empty, or missing where they are optional. */
export function reading(
  about: Observable,
  summary: string,
  rest: Stated<Omit<Reading, "about" | "summary">> = {},
): Reading {
  return {
    about,
    summary,
    aliases: [],
    opinion: "context",
    weight: 0,
    relations: [],
    techniques: [],
    labels: [],
    notes: [],
    ...stated(rest),
  };
}

/** A relation as a list of one, for `flatMap`; none when the source does not name a readable target. */
export function relation(
  kind: RelationKind,
  target: Observable | undefined,
  rest: Stated<Omit<Relation, "kind" | "target">> = {},
): Relation[] {
  return target === undefined ? [] : [{ kind, target, ...stated(rest) }];
}

/** A technique as a list of one, for `flatMap`; none without an id. */
export function technique(id: string | undefined, why = "seen in a sandbox"): Technique[] {
  return id === undefined ? [] : [{ id, why }];
}

/** Without what is undefined or an empty text: a source that says nothing states nothing. */
function stated<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const said = Object.entries(members).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(said) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** A source that was asked and does not know the observable. Never "clean". */
export function unknownTo(about: Observable, title: string): Reading {
  return reading(about, `unknown to ${title}`, { opinion: "unknown" });
}

/**
 * Weight of engines that detect something. One engine of many is often wrong, and twenty are not; a source that asked
 * few engines is weighed by their share.
 */
export function weighDetections({ positive, total }: Detections): Judgement {
  if (positive <= 0) return { opinion: "no detections", weight: 0 };
  const steps: [number, number][] = [
    [20, 92],
    [10, 80],
    [5, 65],
    [3, 45],
    [2, 30],
    [1, 20],
  ];
  const byCount = steps.find(([count]) => positive >= count)?.[1] ?? 20;
  const byShare = total > 0 && total < 20 ? Math.round((positive / total) * 90) : 0;
  const weight = Math.max(byCount, byShare);
  return { opinion: weight >= 60 ? "malicious" : "suspicious", weight };
}
